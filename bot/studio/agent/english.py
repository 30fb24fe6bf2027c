"""The agent's English."""

from collections.abc import Sequence

from bot.studio.agent.facts import Change, Facts
from bot.studio.agent.reasons import Row

JOINT = " "

NAMES = {
    "mix": "mixed transitions",
    "crossfade": "crossfades",
    "slide": "slides",
    "wipe": "wipes",
    "zoom": "zooms",
    "dip": "dips to black",
    "push": "pushes",
    "iris": "iris transitions",
    "defocus": "blurred dissolves",
    "glow": "flashes of warm light",
    "whip": "whip pans",
    "parallax": "parallax pushes",
    "diagonal": "diagonal wipes",
    "cut": "hard cuts",
    "none": "none",
    "drive": "driving",
    "lofi": "lo-fi",
    "sound-auto": "heard where somebody speaks",
    "sound-keep": "heard under the music",
    "sound-duck": "heard, with the music lower beneath it",
    "sound-drop": "off",
    "normal": "medium",
}

_LEFT = {
    "duplicate": ("near duplicate", "near duplicates"),
    "blurred": ("blurred", "blurred"),
    "black": ("black", "black"),
    "screenshot": ("screenshot", "screenshots"),
}
_WHY = {
    "duplicate": "near duplicates",
    "blurred": "blurred",
    "black": "black",
    "screenshot": "screenshots",
    "waiting": "no room in this length",
    "dropped": "taken out by you",
}
_MOST_NAMES = 8

SENTENCES = {
    "nothing": (
        "I did not find anything in that which I can change. I can change the length, the format (16:9, 9:16, 1:1), "
        "title, captions, end credits, music, transitions, and which photos are in and in what order."
    ),
    "help": (
        "I make a film from your photos and clips and change it as you say: length, format (16:9, 9:16, 1:1), title, "
        "captions, end credits, music mood and volume, transitions, which photos and their order, calmer or faster, "
        "undo. "
        "I follow written rules and do not know what a picture shows; I only see what is blurred, black, a screenshot "
        "or there twice."
    ),
    "send-media": "Send me photos or clips, and I will make the film from them.",
    "ask-title": "What should the title say? For example: title “Lisbon 2024”.",
    "ask-caption": "Which words should stand under which photo? For example: caption photo 3 “Alfama”.",
    "ask-credits": "What should the end credits say? For example: end credits “Ana & Bo, May 2024”.",
    "no-position": "There is no number {places}: the film has {count} pictures.",
    "all-shown": "Nothing is left out: all {count} pictures are in the film.",
    "nothing-left": "That would leave no picture at all, so I left them as they are.",
    "nothing-to-undo": "There is nothing to undo.",
    "no-clips": "There is no clip in the film whose sound could be heard.",
    "no-track": "There is no music of yours here: send me an MP3, M4A or WAV file first.",
    "captions-unnamed": (
        "Captions come from the files' names, and not all of these are words; tell me the others, "
        "for example: caption photo 3 “Alfama”."
    ),
    "mood-nearest": "I have no {mood} music; {nearest} comes nearest.",
    "length-limit": "With {count} pictures the film can be {seconds} s, so that is what I made.",
    "no-dates": "None of the pictures says when it was taken.",
    "none-duplicate": "I find no near duplicates in the film.",
    "none-blurred": "I find nothing in the film that is blurred as a whole.",
    "none-screenshot": "I find nothing in the film that looks like a screenshot.",
    "none-black": "I find no black pictures in the film.",
    "glyphs": "My fonts do not have {characters}; that is left out of the picture.",
    "no-shape": "I make 16:9, 9:16 and 1:1 only; tell me which one comes nearest.",
    "no-trim": "I cannot cut stretches out of a film by time; I can make it shorter or drop pictures by number.",
    "no-speech": "I cannot hear speech, so I make no subtitles; I can put captions that you write under the pictures.",
    "no-voice": "I have no voice; I can put your words into a title, captions or end credits.",
    "no-filters": (
        "I only bring the light of neighbouring photos a little together; I have no filters. "
        "I can change music, transitions and pace."
    ),
    "no-objects": "I cannot remove or replace things inside a picture; I can drop the whole picture by its number.",
    "no-motion": "I cannot change the speed inside a clip; I can make the whole film faster or slower.",
    "no-stickers": "I have no stickers, effects or frames; I have titles, captions and thirteen transitions.",
    "no-type": "I cannot change the lettering; I can change what it says.",
    "no-quality": "I make Full HD at 30 frames per second, nothing higher.",
    "no-songs": "I have no known songs; send me a music file of your own or choose a mood.",
    "no-invent": "I cannot invent pictures; I work with those that you send.",
    "no-best": (
        "I cannot tell which moments are the best, so I take pictures in order and long clips at even distances; "
        "tell me by number which to drop or keep."
    ),
    "no-recognise": (
        "I can't recognise what is in a picture; tell me by number which to drop or keep, such as “drop 3 and 7”."
    ),
}

_CLAUSES = {
    "moments": "changed the number of pictures from {before} to {after}",
    "order": "changed the order: it now begins with {first} and ends with {last}",
    "length": "changed the length from {before} s to {after} s",
    "shape": "changed the format from {before} to {after}",
    "music": "changed the music from {before} to {after}",
    "tune": "chose another piece of the same kind",
    "clip-sound": "changed the clips' own sound from “{before}” to “{after}”",
    "volume": "changed the volume from {before} to {after}",
    "transitions": "changed the transitions from {before} to {after}",
    "pace": "changed the pace from {before} to {after}",
    "title": "changed the title from “{before}” to “{after}”",
    "title-on": "added the title “{after}”",
    "title-off": "removed the title “{before}”",
    "under": "changed the line under the title from “{before}” to “{after}”",
    "under-on": "put “{after}” under the title",
    "under-off": "took “{before}” away from under the title",
    "dates": "put its date under each picture",
    "dates-off": "took the dates away from under the pictures",
    "credits": "changed the end credits from “{before}” to “{after}”",
    "credits-on": "added the end credits “{after}”",
    "credits-off": "removed the end credits “{before}”",
    "captions": "changed the captions: there is now one on {count} of the pictures",
    "captions-off": "removed the captions",
    "again": "made a new version of it, with other motion, other transitions and another tune",
}


def clause(change: Change) -> str:
    """One change, as what “I …” did."""
    params = {key: NAMES.get(value, value) for key, value in change.params.items()}
    if change.key in {"in", "out"}:
        what = params["names"] or f"{params['count']} pictures"
        return f"{'took in' if change.key == 'in' else 'took out'} {what} ({params['total']} in the film now)"
    return _CLAUSES[change.key].format(**params)


def changed(clauses: Sequence[str]) -> str:
    """All changes in one sentence."""
    listed = clauses[0] if len(clauses) == 1 else ", ".join(clauses[:-1]) + " and " + clauses[-1]
    return f"I {listed}."


def ready(film: Facts) -> str:
    """The first film."""
    order = ", in the order in which they were taken" if film.by_time and film.timed else ""
    music = "without music"
    if film.music != "none":
        music = f"to your track {film.music}" if film.own else f"to {_name(film.music)} music"
        music += " with the cuts on its beat" if film.on_beat else ""
    style = "mostly crossfades" if film.transition == "mix" else NAMES[film.transition]
    words = [f"the title “{film.title}”"] if film.title else []
    if captions := sum(caption is not None for caption in film.captions):
        words.append(f"{captions} captions" if captions > 1 else "one caption")
    words += [f"the end credits “{film.credits}”"] if film.credits else []
    extra = f" It has {' and '.join(words)}." if words else ""
    return (
        f"Your film is ready: {_pictures(film)} in {film.seconds:g} s at {film.ratio}{order}, {music}, {style}.{extra}"
    )


def left(film: Facts) -> str:
    """What was left out by itself."""
    counts = [(film.left.count(reason), words) for reason, words in _LEFT.items()]
    listed = ", ".join(f"{count} {words[count > 1]}" for count, words in counts if count)
    if film.waiting:
        return f"I also left out {listed}. Ask me which, or say “use all photos”."
    total = film.photos + len(film.left)
    return f"I used {film.photos} of {total} photos: {listed}. Ask me which, or say “use all photos”."


def why(rows: Sequence[Row]) -> str:
    """What is not in the film, by reason."""
    parts = [f"{row.name} is in the film, as number {row.other}" for row in rows if row.reason == "shown"]
    for reason, words in _WHY.items():
        names = [f"{row.name} (like {row.other})" if row.other else row.name for row in rows if row.reason == reason]
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        parts += [f"{words}: {', '.join(names[:_MOST_NAMES])}{more}"] if names else []
    ending = "" if all(row.reason == "shown" for row in rows) else " Say “use all photos” to have them in."
    return f"Not in the film – {'; '.join(parts)}.{ending}" if ending else f"{'; '.join(parts)}."


def _name(value: str) -> str:
    return NAMES.get(value, value)


def waiting(film: Facts) -> str:
    """What did not fit, and by which rule."""
    total = film.moments + film.waiting
    return (
        f"{film.moments} of {total} pictures fit into {film.seconds:g} s at {film.seconds / film.moments:.1f} s each; "
        "I took them at even distances, the first and the last included. Say “use all photos” for a longer film."
    )


def _pictures(film: Facts) -> str:
    photos = film.moments - film.clips
    parts = [f"{photos} photo{'s' * (photos != 1)}"] if photos else []
    parts += [f"{film.clips} moment{'s' * (film.clips != 1)} from clips"] if film.clips else []
    return " and ".join(parts)
