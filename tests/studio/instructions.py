"""Lists of instructions and what each has to do to a film: projects to say them in, predicates on before and after.

A row of `instructions_*.toml` names a project (`PROJECTS`), what is said `after` it was made, the sentence, and what it
`want`s: every key is a function below, every value what it has to find. Numbers of pictures count from 1 in the film
before, unless a predicate says otherwise; negative ones from the end. Seconds everywhere.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.studio.agent import Media, converse
from bot.studio.film.model import parse
from bot.studio.recording.model import Recording, Signals

CHINESE = range(0x4E00, 0xA000)


def recording(minutes: int, events: list[int]) -> Recording:
    """A recording in which it gets loud at some minutes, for as long as people cheer."""
    steps = minutes * 120
    loud, crowd = [64] * steps, [20] * steps
    for number, minute in enumerate(events):
        for step in range(minute * 120, minute * 120 + 10):
            loud[step], crowd[step] = 200 + number % 7 * 6, 180
    signals = Signals(loud=tuple(loud), crowd=tuple(crowd), motion=(64,) * steps, speech=(0,) * steps)
    return Recording(duration=minutes * 60_000, signals=signals, keys=tuple(range(0, minutes * 60_000, 2000)))


def _clip(name: str, minutes: int, events: list[int]) -> Media:
    return Media(
        id=name,
        name=f"{name}.mp4",
        kind="video",
        width=1920,
        height=1080,
        duration_ms=minutes * 60_000,
        recording=recording(minutes, events),
    )


def _photo(number: int) -> Media:
    return Media(id=f"p{number}", name=f"IMG_{number}.jpg", kind="photo", width=4000, height=3000)


def _short(name: str) -> Media:
    return Media(id=name, name=f"{name}.mp4", kind="video", width=1920, height=1080, duration_ms=5000)


_MATCH = _clip("match", 45, [2, 5, 9, 12, 17, 19, 22, 26, 29, 30, 34, 38, 41, 43])
_REEL = "pull the best moments into a one minute reel"
PROJECTS: dict[str, tuple[list[Media], list[str]]] = {
    # Ten photos in a film of 30 s to warm music.
    "photos": ([_photo(number) for number in range(1, 11)], ["make a video"]),
    # Six photos and two short clips, which are the fourth and the last picture.
    "album": (
        [
            *(_photo(number) for number in (1, 2, 3)),
            _short("c1"),
            *(_photo(number) for number in (4, 5, 6)),
            _short("c2"),
        ],
        ["make a video"],
    ),
    # A recording of 45 minutes of which nothing was made yet, and a reel of a minute from it.
    "raw": ([_MATCH], []),
    "match": ([_MATCH], [_REEL]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One instruction; `after` is what was said before it, the making of the film included."""

    said: str
    on: str
    after: tuple[str, ...]
    want: dict[str, Any]

    @property
    def chinese(self) -> bool:
        return any(ord(char) in CHINESE for char in self.said)


def rows(name: str) -> list[Row]:
    """The rows of one list."""
    text = (Path(__file__).parent / f"instructions_{name}.toml").read_text(encoding="utf-8")
    return [
        Row(
            said=row["said"],
            on=row["on"],
            after=(*PROJECTS[row["on"]][1], *row.get("after", ())),
            want=row["want"],
        )
        for row in tomllib.loads(text)["rows"]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What can be seen of one version."""

    draft: dict[str, Any] | None
    recipe: dict[str, Any]

    @property
    def shots(self) -> list[dict[str, Any]]:
        return [] if self.draft is None else self.draft["t"][0]["sg"]

    def stretch(self, index: int) -> tuple[str, float, float]:
        shot = self.shots[index]
        start = shot["m"].get("in", 0)
        return shot["m"]["asset"], start / 1000, (start + shot["d"] * shot["m"].get("speed", 1)) / 1000

    def texts(self, style: str) -> list[str]:
        tracks = [] if self.draft is None else self.draft["t"]
        return [
            one["m"]["title"]
            for track in tracks
            if track["tt"] == 7
            for one in track["sg"]
            if one["m"]["style"] == style
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A film before and after an instruction, the operations that were read, the reply, and the versions before."""

    before: Film
    after: Film
    operations: list[dict[str, Any]]
    text: str
    versions: list[dict[str, Any] | None]


def tell(row: Row) -> Told:
    """Say everything of a row."""
    media = PROJECTS[row.on][0]
    project, versions, films = None, [], []
    for said in (*row.after, row.said):
        films.append(Film(draft=versions[-1] if versions else None, recipe=project["present"] if project else {}))
        reply = converse(project, said, media, "en")
        project = reply.project
        versions.append(reply.draft)
        if reply.draft is not None:
            parse(reply.draft)
    return Told(
        before=films[-1],
        after=Film(draft=versions[-1], recipe=project["present"]),
        operations=reply.operations,
        text=reply.text,
        versions=versions[:-1],
    )


def failures(row: Row) -> list[str]:
    """The wants of a row that are not met."""
    told = tell(row)
    return [f"{key}={wanted}" for key, wanted in row.want.items() if not _PREDICATES[key](told, wanted)]


def _same(one: tuple[str, float, float], other: tuple[str, float, float]) -> bool:
    """The same photo, or mostly the same stretch of a clip."""
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and 2 * shared >= min(one[2] - one[1], other[2] - other[1])


def _places(told: Told) -> list[int | None]:
    """For each picture of the film after: its place in the film before, from 1; None for a new one."""
    before = [told.before.stretch(index) for index in range(len(told.before.shots))]
    found = []
    for index in range(len(told.after.shots)):
        one = told.after.stretch(index)
        found.append(next((place for place, other in enumerate(before, 1) if _same(one, other)), None))
    return found


def _index(place: int, shots: list[Any]) -> int:
    return place - 1 if place > 0 else len(shots) + place


def _gone(told: Told, places: list[int]) -> bool:
    stay = [place for place in range(1, len(told.before.shots) + 1) if place not in places]
    return sorted(place or 0 for place in _places(told)) == stay


def _slot(told: Told, film: Film, place: int) -> float:
    shots = film.shots
    return shots[_index(place, shots)]["d"] / 1000


def _edge(told: Told, place: int, edge: int) -> float:
    """By how much an edge of a picture moved that was at this place before."""
    index = _index(place, told.before.shots)
    places = _places(told)
    if index + 1 not in places:
        return float("inf")
    now = places.index(index + 1)
    return told.after.stretch(now)[edge] - told.before.stretch(index)[edge]


def _all_between(told: Told, low: float, high: float) -> bool:
    stretches = [told.after.stretch(index) for index in range(len(told.after.shots))]
    return bool(stretches) and all(low - 0.01 <= start and stop <= high + 0.01 for _, start, stop in stretches)


def _covered(told: Told, low: float, high: float) -> bool:
    return any(
        start <= low + 0.1 and stop >= high - 0.1
        for _, start, stop in (told.after.stretch(index) for index in range(len(told.after.shots)))
    )


def _length(film: Film) -> float:
    return 0 if film.draft is None else film.draft["d"] / 1000


def _within(value: float, wanted: Any) -> bool:
    low, high = wanted if isinstance(wanted, list) else (wanted, wanted)
    return bool(low <= value <= high)


def _step(told: Told, sign: int) -> bool:
    """Whether the volume went up or down; what is at its loudest gets no louder."""
    steps = [one for one in told.operations if one["operation"] == "SetVolume" and one["step"] * sign > 0]
    change = sign * (told.after.recipe["volume"] - told.before.recipe["volume"])
    return bool(steps) and (change > 0 or (sign > 0 and told.before.recipe["volume"] == 1))


def _refuses(told: Told) -> bool:
    return any(one["operation"] == "Refuse" for one in told.operations) and told.after.draft == told.before.draft


def _look(film: Film, index: int) -> str:
    return film.shots[index]["m"].get("look", "plain")


def _captions(told: Told) -> dict[int, str]:
    shots = told.after.shots
    return {place: shot["m"]["caption"] for place, shot in enumerate(shots, 1) if "caption" in shot["m"]}


def _numbered(wanted: dict[str, Any]) -> list[tuple[int, Any]]:
    return [(int(place), value) for place, value in wanted.items()]


_PREDICATES: dict[str, Any] = {
    # Pictures: places of the film before.
    "shots": lambda told, wanted: _within(len(told.after.shots), wanted),
    "gone": lambda told, wanted: _gone(told, wanted),
    "order": lambda told, wanted: _places(told) == wanted,
    "first": lambda told, wanted: _places(told)[0] == _index(wanted, told.before.shots) + 1,
    "replaced": lambda told, wanted: (
        [place for place, was in enumerate(_places(told), 1) if was != place] == wanted
        and len(told.after.shots) == len(told.before.shots)
    ),
    # Time: of the film after, or how much an edge of what was at a place before has moved.
    "length": lambda told, wanted: _within(_length(told.after), wanted),
    "longer": lambda told, wanted: (_length(told.after) > _length(told.before)) is wanted,
    "shorter": lambda told, wanted: (_length(told.after) < _length(told.before)) is wanted,
    "slot": lambda told, wanted: all(
        _within(_slot(told, told.after, place), value) for place, value in _numbered(wanted)
    ),
    "slot_longer": lambda told, wanted: all(
        _slot(told, told.after, place) > _slot(told, told.before, place) for place in wanted
    ),
    "start_moved": lambda told, wanted: all(
        abs(_edge(told, place, 1) - value) < 0.05 for place, value in _numbered(wanted)
    ),
    "started_earlier": lambda told, wanted: all(
        abs(_edge(told, place, 1) + value) < 0.05 for place, value in _numbered(wanted)
    ),
    "end_moved": lambda told, wanted: all(
        abs(_edge(told, place, 2) - value) < 0.05 for place, value in _numbered(wanted)
    ),
    "end_later": lambda told, wanted: all(_edge(told, place, 2) - _edge(told, place, 1) > 0.5 for place in wanted),
    # Moments of a recording: all inside a stretch, none in it, one over it, one at an instant.
    "within": lambda told, wanted: _all_between(told, *wanted),
    "outside": lambda told, wanted: all(
        stop <= wanted[0] + 0.01 or start >= wanted[1] - 0.01
        for _, start, stop in (told.after.stretch(index) for index in range(len(told.after.shots)))
    ),
    "covers": lambda told, wanted: _covered(told, *wanted),
    "near": lambda told, wanted: _covered(told, wanted, wanted),
    "taste": lambda told, wanted: told.after.recipe["wanted"]["taste"] == wanted,
    "words": lambda told, wanted: told.after.recipe["wanted"]["words"] is wanted,
    # How it looks and sounds.
    "mood": lambda told, wanted: (told.after.recipe["mood"] or "none") == wanted,
    "sound": lambda told, wanted: told.after.recipe["clip_sound"] == wanted,
    "volume": lambda told, wanted: _within(told.after.recipe["volume"], wanted),
    "louder": lambda told, wanted: _step(told, 1) is wanted,
    "quieter": lambda told, wanted: _step(told, -1) is wanted,
    "look": lambda told, wanted: (
        {_look(told.after, index) for index in range(len(told.after.shots))}
        == {"plain" if wanted == "none" else wanted}
    ),
    "look_of": lambda told, wanted: (
        {
            str(place): _look(told.after, place - 1)
            for place in range(1, len(told.after.shots) + 1)
            if _look(told.after, place - 1) != "plain"
        }
        == wanted
    ),
    "speed": lambda told, wanted: all(
        _within(told.after.shots[_index(place, told.after.shots)]["m"].get("speed", 1), value)
        for place, value in _numbered(wanted)
    ),
    "shape": lambda told, wanted: told.after.recipe["shape"] == wanted,
    "transition": lambda told, wanted: told.after.recipe["transition"] == wanted,
    "pace": lambda told, wanted: told.after.recipe["pace"] == wanted,
    "title": lambda told, wanted: told.after.texts("title") == [wanted],
    "credits": lambda told, wanted: told.after.texts("credits") == [wanted],
    "caption": lambda told, wanted: _captions(told) == {int(place): words for place, words in wanted.items()},
    # What it says.
    "asks": lambda told, wanted: any(mark in told.text for mark in "?？") is wanted,
    "refuses": lambda told, wanted: _refuses(told) is wanted,
    "unchanged": lambda told, wanted: (told.after.draft == told.before.draft) is wanted,
    "lists": lambda told, wanted: (len(told.text.split("\n")) > 1) is wanted,
    "version": lambda told, wanted: told.after.draft == told.versions[wanted - 1],
}
