"""The same kind of film as users of MoviePy write it; run with its own environment's Python, not with ours.

`python moviepy_peer.py TARGET PHOTO...`: two seconds a photo, zooming in, crossfades of half a second, no music.
"""

import sys

SLOT, FADE = 2.0, 0.5
PER_SECOND = 0.03


def main(target: str, photos: list[str]) -> None:
    """Render at MoviePy's own defaults."""
    from moviepy import CompositeVideoClip, ImageClip, vfx  # is not there where only the figures above are wanted

    clips = []
    for number, photo in enumerate(photos):
        clip = ImageClip(photo).resized(width=1920).with_duration(SLOT + (FADE if number + 1 < len(photos) else 0))
        clip = clip.resized(lambda t: 1 + PER_SECOND * t).with_position("center").with_start(number * SLOT)
        clips.append(clip.with_effects([vfx.CrossFadeIn(FADE)]) if number else clip)
    film = CompositeVideoClip(clips, size=(1920, 1080)).with_duration(SLOT * len(photos))
    film.write_videofile(target, fps=30, logger=None)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
