"""What a film is made from: the agent's own memory. A draft is computed from a recipe, never read back.

Pure data. Times are milliseconds unless a name says otherwise.
"""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, cast

from bot.studio.agent.dates import Language
from bot.studio.analyse.measures import Measures
from bot.studio.film.grid import Grid
from bot.studio.recording.model import Recording

Shape = Literal["landscape", "portrait", "square"]
Pace = Literal["calm", "normal", "quick"]
ClipSound = Literal["auto", "keep", "duck", "drop"]
Order = Literal["time", "upload", "manual", "reverse", "random"]
Reason = Literal["black", "duplicate", "screenshot", "blurred"]

CANVAS: dict[Shape, tuple[int, int]] = {"landscape": (1920, 1080), "portrait": (1080, 1920), "square": (1080, 1080)}
RATIO: dict[Shape, str] = {"landscape": "16:9", "portrait": "9:16", "square": "1:1"}

MIXED = "mix"
_PAST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """An uploaded file as far as the agent knows it; `taken_at` in seconds since 1970.

    `measures` is None for what is no photo, too small to judge, or was never looked at; `grid` has a sound's beats,
    `recording` what happens in a long clip.
    """

    id: str
    name: str
    kind: str
    width: int = 0
    height: int = 0
    duration_ms: int = 0
    taken_at: float | None = None
    measures: Measures | None = None
    grid: Grid | None = None
    recording: Recording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture of the film. `at` is where in a clip its middle lies, from 0 to 1."""

    asset: str
    at: float = 0.5
    caption: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A photo that the agent left out by itself; `instead` is the one that a duplicate is a duplicate of."""

    asset: str
    reason: Reason
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One version of a film. `length` None is the natural one; `shape` None is the majority's.

    `mood` None is no synthesised music; `tune` counts the pieces that were asked for in it; `song` is the asset of the
    user's own track and goes before the mood.
    `dropped` are assets that the user does not want to see, `left` those that the agent left out; with `everything` it
    leaves out nothing. `dated` puts the days of the pictures into the title, `caption_dates` under each, in a language.
    """

    shots: tuple[Shot, ...] = ()
    dropped: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    everything: bool = False
    order: Order = "time"
    length: int | None = None
    shape: Shape | None = None
    mood: str | None = "warm"
    tune: int = 0
    song: str | None = None
    clip_sound: ClipSound = "auto"
    volume: float = 1.0
    transition: str = MIXED
    pace: Pace = "normal"
    title: str | None = None
    dated: Language | None = None
    caption_dates: Language | None = None
    credits: str | None = None
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A recipe with its past and future; `known` are the assets that the agent has considered."""

    present: Recipe = field(default_factory=Recipe)
    past: tuple[Recipe, ...] = ()
    future: tuple[Recipe, ...] = ()
    known: tuple[str, ...] = ()

    def changed(self, recipe: Recipe) -> "Project":
        """The project with a new version on top; the same one when nothing is different."""
        if recipe == self.present:
            return self
        return replace(self, present=recipe, past=(*self.past, self.present)[-_PAST:], future=())

    def undone(self) -> "Project":
        """One version back; the same one at the beginning."""
        if not self.past:
            return self
        return replace(self, present=self.past[-1], past=self.past[:-1], future=(self.present, *self.future))

    def redone(self) -> "Project":
        """One version forward again; the same one at the end."""
        if not self.future:
            return self
        return replace(self, present=self.future[0], past=(*self.past, self.present), future=self.future[1:])


def to_json(project: Project) -> dict[str, Any]:
    """For the disk."""
    return asdict(project)


def from_json(stored: dict[str, Any] | None) -> Project:
    """From the disk; a new project when there is none."""
    if stored is None:
        return Project()
    return Project(
        present=_recipe(stored["present"]),
        past=tuple(_recipe(one) for one in stored["past"]),
        future=tuple(_recipe(one) for one in stored["future"]),
        known=tuple(stored["known"]),
    )


def _recipe(stored: dict[str, Any]) -> Recipe:
    shots = tuple(Shot(**shot) for shot in stored["shots"])
    left = tuple(Left(**one) for one in stored.get("left", ()))
    return Recipe(**cast("Any", stored | {"shots": shots, "left": left, "dropped": tuple(stored["dropped"])}))
