"""The same kind of film by ffmpeg's zoompan, as well as it can be done and as it is usually done."""

from collections.abc import Sequence
from pathlib import Path

from bot.codec.encode import X264_OPTIONS

FRAMES, FADE, RATE = 90, 15, 30
ZOOM = 0.1
_MOVE = f"z='1+{ZOOM}*on/{FRAMES - 1}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2'"
_SIZE = "s=1920x1080"


def best(ffmpeg: str, photos: Sequence[Path], target: Path) -> list[str]:
    """One picture as input of each zoompan, no enlargement before it, the encoder's settings as ours."""
    inputs = [part for photo in photos for part in ("-i", str(photo))]
    moving = f"crop=iw:iw*9/16,zoompan={_MOVE}:d={FRAMES}:{_SIZE}:fps={RATE},setsar=1,format=yuv420p"
    settings = [part for key, value in X264_OPTIONS.items() for part in (f"-{key}", value.replace(":threads=1", ""))]
    return [ffmpeg, "-y", *inputs, *_joined([moving] * len(photos)), *settings, str(target)]


def usual(ffmpeg: str, photos: Sequence[Path], target: Path) -> list[str]:
    """What tutorials say: the picture looped as a film, scaled to 8000 pixels against the trembling; superfast."""
    looped = ("-framerate", str(RATE), "-loop", "1", "-t", str(FRAMES / RATE), "-i")
    inputs = [part for photo in photos for part in (*looped, str(photo))]
    moving = f"scale=8000:-1,crop=iw:iw*9/16,zoompan={_MOVE}:d=1:{_SIZE}:fps={RATE},setsar=1,format=yuv420p"
    return [ffmpeg, "-y", *inputs, *_joined([moving] * len(photos)), "-preset", "superfast", str(target)]


def frames(photos: int) -> int:
    """Frames in a film of so many photos."""
    return photos * FRAMES - (photos - 1) * FADE


def _joined(chains: Sequence[str]) -> list[str]:
    parts = [f"[{number}]{chain}[m{number}]" for number, chain in enumerate(chains)]
    last = "m0"
    for number in range(1, len(chains)):
        offset = number * (FRAMES - FADE) / RATE
        parts.append(f"[{last}][m{number}]xfade=duration={FADE / RATE}:offset={offset}[x{number}]")
        last = f"x{number}"
    return ["-filter_complex", ";".join(parts), "-map", f"[{last}]", "-c:v", "libx264"]
