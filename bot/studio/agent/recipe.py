"""What a film is made from: the agent's own memory. A draft is computed from a recipe, never read back.

Pure data. Times are milliseconds unless a name says otherwise.
"""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, cast

from bot.studio.agent.dates import Language
from bot.studio.analyse.measures import Measures
from bot.studio.film.grid import Grid
from bot.studio.film.model import Look
from bot.studio.recording.model import Recording, Stretch, Taste, Why

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
    """One picture of the film. `start` is where in a clip it begins, in ms; without it `at` says where its middle lies.

    `length` is how long it is on screen, None for its share of the film; at `speed` 2 it shows twice as much of a clip.
    `why` is what spoke for a moment that was chosen from a recording, None where nothing was chosen.
    """

    asset: str
    at: float = 0.5
    caption: str | None = None
    start: int | None = None
    length: int | None = None
    speed: float = 1.0
    look: Look | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A photo that the agent left out by itself; `instead` is the one that a duplicate is a duplicate of."""

    asset: str
    reason: Reason
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user said about the moments of recordings; `each` is about how long one is, in ms."""

    within: tuple[Stretch, ...] = ()
    must: tuple[Stretch, ...] = ()
    never: tuple[Stretch, ...] = ()
    most: int | None = None
    fewest: int | None = None
    each: int | None = None
    taste: Taste = "lively"
    words: bool = False


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
    look: Look | None = None
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A recipe with its past and future; `known` are the assets that the agent has considered.

    Versions count from the first one with pictures in it; `forgotten` of them are too long ago to be kept. `last` is
    the number of the picture that was spoken of last, 0 when there is none.
    """

    present: Recipe = field(default_factory=Recipe)
    past: tuple[Recipe, ...] = ()
    future: tuple[Recipe, ...] = ()
    known: tuple[str, ...] = ()
    forgotten: int = 0
    last: int = 0

    @property
    def versions(self) -> tuple[Recipe, ...]:
        """All versions that can be gone back to, the first one first; those that were undone come last."""
        return tuple(one for one in (*self.past, self.present, *self.future) if one.shots)

    def changed(self, recipe: Recipe) -> "Project":
        """The project with a new version on top; the same one when nothing is different."""
        if recipe == self.present:
            return self
        past = (*self.past, self.present)
        lost = sum(bool(one.shots) for one in past[:-_PAST])
        return replace(self, present=recipe, past=past[-_PAST:], future=(), forgotten=self.forgotten + lost)

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
        forgotten=stored.get("forgotten", 0),
        last=stored.get("last", 0),
    )


def _recipe(stored: dict[str, Any]) -> Recipe:
    parts: dict[str, Any] = {
        "shots": tuple(Shot(**shot) for shot in stored["shots"]),
        "left": tuple(Left(**one) for one in stored.get("left", ())),
        "dropped": tuple(stored["dropped"]),
        "wanted": _wanted(stored.get("wanted", {})),
    }
    return Recipe(**cast("Any", stored | parts))


def _wanted(stored: dict[str, Any]) -> Wanted:
    stretches = {key: tuple(Stretch(**one) for one in stored.get(key, ())) for key in ("within", "must", "never")}
    return Wanted(**cast("Any", stored | stretches))
