"""The agent's English."""

from collections.abc import Sequence

from bot.studio.agent.differences import Change
from bot.studio.agent.facts import Facts
from bot.studio.agent.listing import Line, Version, numbered
from bot.studio.agent.reasons import Row
from bot.studio.recording.model import Why

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
    "plain": "plain",
    "mono": "black and white",
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
        "title, captions, end credits, music, transitions, looks, the speed of clips, "
        "and which photos and moments are in, for how long and in what order."
    ),
    "help": (
        "I make a film from your photos and clips and change it as you say: length, format (16:9, 9:16, 1:1), title, "
        "captions, end credits, music mood and volume, transitions, looks, which photos and their order, calmer or "
        "faster, undo and versions. From long recordings I choose moments by what is heard and how much moves. "
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
    "ask-which": "Which one do you mean? There are {count}; say its number, such as “the third”.",
    "ask-slot": "How long should it be? For example: the third one 5 s.",
    "too-short": "Nothing to see would be left of that one, so it stays as it is.",
    "speed-photos": "Only clips have a speed, and there is none among those.",
    "speed-limit": "Clips run at a quarter of their speed to four times as fast; I took what comes nearest.",
    "replace-photos": "I can put another moment of a recording in the place of one; send me other photos for photos.",
    "no-other-moments": "I find no other moment that fits what you said.",
    "no-moments": "By what you said nothing is left to choose from; say it differently, or “start over”.",
    "same-moments": "The moments that I would choose by that are those that are in the film already.",
    "film-limit": "A film is 2 s to 10 minutes long, so I went for {seconds} s.",
    "moments-length": "The moments that fit what you said come to {seconds} s.",
    "no-recording": "There is no recording here that times could be looked up in; it takes a clip of a minute or more.",
    "no-such-recording": "There are {count} recordings here.",
    "no-such-time": "The recording ends at {end}.",
    "no-version": "I have the versions {first} to {last}.",
    "same-version": "That is version {number}, which you see.",
    "full-volume": "The music is as loud as it gets.",
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
    "no-speech": "I cannot hear speech, so I make no subtitles; I can put captions that you write under the pictures.",
    "no-voice": "I have no voice; I can put your words into a title, captions or end credits.",
    "no-filters": (
        "I have six looks: black and white, sepia, warm, cool, vivid and faded. "
        "Light, contrast and faces of single pictures I cannot change."
    ),
    "no-objects": "I cannot remove or replace things inside a picture; I can drop the whole picture by its number.",
    "no-motion": "I cannot play clips backwards or change their speed on the way; I can play one slower or faster.",
    "no-translate": "I cannot translate; I can put words that you write under the pictures.",
    "no-stickers": "I have no stickers, effects or frames; I have titles, captions and thirteen transitions.",
    "no-type": "I cannot change the lettering; I can change what it says.",
    "no-quality": "I make Full HD at 30 frames per second, nothing higher.",
    "no-songs": "I have no known songs; send me a music file of your own or choose a mood.",
    "no-invent": "I cannot invent pictures; I work with those that you send.",
    "no-best": (
        "I cannot tell which photos are the best, so I take them in order; tell me by number which to drop or keep."
    ),
    "no-recognise": (
        "I do not know what a dog, a face or a place looks like: I can't recognise what is in a picture. "
        "Tell me by number which to drop or keep, such as “drop 3 and 7”."
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
    "retimed": "changed {before} to {after}",
    "retimed-many": "changed where {count} moments begin or end",
    "shown-for": "gave {names} {after} s",
    "speed": "set the speed of {names} to {after}×",
    "look": "changed the look from {before} to {after}",
    "look-one": "gave {names} the look “{after}”",
    "again": "made a new version of it, with other motion, other transitions and another tune",
}


def clause(change: Change) -> str:
    """One change, as what “I …” did."""
    params = {key: NAMES.get(value, value) for key, value in change.params.items()}
    if "names" in params and not params["names"]:
        params["names"] = f"{params['count']} pictures"
    if change.key in {"in", "out"}:
        total = f" ({params['total']} in the film now)" if params["total"] else ""
        return f"{'took in' if change.key == 'in' else 'took out'} {params['names']}{total}"
    return _CLAUSES[change.key].format(**params)


def changed(clauses: Sequence[str]) -> str:
    """All changes in one sentence."""
    listed = clauses[0] if len(clauses) == 1 else ", ".join(clauses[:-1]) + " and " + clauses[-1]
    return f"I {listed}."


def ready(film: Facts) -> str:
    """The first film."""
    order = ", in the order in which they were taken" if film.by_time and film.timed else ""
    music = "with their own sound" if film.chosen and film.clip_sound != "drop" else "without music"
    if film.music != "none":
        music = f"to your track {film.music}" if film.own else f"to {_name(film.music)} music"
        music += " with the cuts on its beat" if film.on_beat else ""
    style = "mostly crossfades" if film.transition == "mix" else NAMES[film.transition]
    words = [f"the title “{film.title}”"] if film.title else []
    if captions := sum(one.caption is not None for one in film.shown):
        words.append(f"{captions} captions" if captions > 1 else "one caption")
    words += [f"the end credits “{film.credits}”"] if film.credits else []
    extra = f" It has {' and '.join(words)}." if words else ""
    return (
        f"Your film is ready: {_pictures(film)} in {film.seconds:g} s at {film.ratio}{order}, {music}, {style}.{extra}"
    )


def usual_length(film: Facts) -> str:
    """How long moments come to together when nobody says it."""
    return f"You named no length, so I chose about {film.aim:g} s; say another one, such as “two minutes”."


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
    whence = "" if film.chosen else " from clips"
    parts += [f"{film.clips} moment{'s' * (film.clips != 1)}{whence}"] if film.clips else []
    return " and ".join(parts)


_HEARD: dict[Why, str] = {
    "loud": "loud",
    "crowd": "crowd",
    "motion": "movement",
    "quiet": "quiet",
    "asked": "asked for",
    "spread": "",
}


def listing(pictures: Sequence[Line]) -> str:
    """Picture by picture, each on a line of its own."""
    return numbered(pictures, _HEARD, more="… and {count} more")


def versions(found: Sequence[Version]) -> str:
    """Every version on a line of its own."""
    rows = [
        f"Version {one.number}: {one.pictures} pictures, {one.seconds:g} s, {one.ratio}, music {_name(one.music)}"
        f"{' (this one)' if one.current else ''}"
        for one in found
    ]
    return "\n".join(rows)
