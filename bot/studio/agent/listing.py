"""What is in a film, picture by picture, and which versions of it there are: for whoever wants to name one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.studio.agent import compose, fitting
from bot.studio.agent.durations import clock
from bot.studio.agent.recipe import Media, Project, Recipe
from bot.studio.recording.model import Why

MOST_LINES = 12
"""So many lines are told one by one; of more, all but the last of these lines, and what is left is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One picture: of a file, from `start` to `stop` of it in ms where it is a clip, and what spoke for it.

    `name` is "" where all clips are from the same recording.
    """

    name: str
    start: int | None = None
    stop: int | None = None
    why: Why | None = None

    @property
    def times(self) -> str:
        """As they stand on a player: `12:04–12:16`."""
        if self.start is None or self.stop is None:
            return ""
        return f"{clock(self.start)}–{clock(self.stop)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of the film; `seconds` is how long it is."""

    number: int
    pictures: int
    seconds: float
    ratio: str
    music: str
    current: bool


def numbered(pictures: Sequence[Line], heard: Mapping[Why, str], *, more: str) -> str:
    """Picture by picture, each on a line of its own. `heard` names what spoke for it, `more` the rest by `{count}`."""
    told = pictures if len(pictures) <= MOST_LINES else pictures[: MOST_LINES - 1]
    rows = []
    for number, one in enumerate(told, 1):
        said = (one.name, one.times, heard[one.why] if one.why else "")
        rows.append(f"{number}. {' '.join(filter(None, said))}")
    if len(pictures) > len(told):
        rows.append(more.format(count=len(pictures) - len(told)))
    return "\n".join(rows)


def lines(recipe: Recipe, media: Mapping[str, Media]) -> tuple[Line, ...]:
    """Every picture that is shown."""
    fitted = fitting.plan(recipe, media)
    moments = {shot.asset for shot in fitted.shots if shot.why is not None}
    found = []
    for shot, slot in zip(fitted.shots, fitted.slots, strict=True):
        one = media[shot.asset]
        name = "" if shot.asset in moments and len(moments) == 1 else one.name
        if one.kind == "photo":
            found.append(Line(name=name))
        else:
            start = compose.begin(shot, slot, one)
            stop = min(one.duration_ms, start + round(slot * shot.speed))
            found.append(Line(name=name, start=start, stop=stop, why=shot.why))
    return tuple(found)


def versions(project: Project, media: Mapping[str, Media]) -> tuple[Version, ...]:
    """Every version that can be gone back to; the last ones where there are many."""
    found = []
    current = project.forgotten + sum(bool(one.shots) for one in project.past) + 1
    for number, recipe in list(enumerate(project.versions, project.forgotten + 1))[-MOST_LINES:]:
        fitted = fitting.plan(recipe, media)
        song = media[recipe.song].name if recipe.song else None
        found.append(
            Version(
                number=number,
                pictures=len(fitted.shots),
                seconds=round(fitted.length / 1000, 1),
                ratio=fitting.ratio(fitted.canvas),
                music=song or recipe.mood or "none",
                current=number == current and bool(project.present.shots),
            )
        )
    return tuple(found)
