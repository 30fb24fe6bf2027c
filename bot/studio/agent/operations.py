"""What a message can ask for. Positions count from 1, negative ones from the end; 0 is what was spoken of last."""

from dataclasses import dataclass
from typing import Literal

from bot.studio.agent.clip_operations import (
    ChangeCount,
    EachAbout,
    KeepWords,
    More,
    Replace,
    Retime,
    SetLook,
    SetSpeed,
    SetTaste,
    Steer,
    Trim,
)
from bot.studio.agent.recipe import ClipSound, Order, Pace, Reason, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Make a film from everything that is there; `fresh` forgets what was asked before."""

    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """Take in what is not in the film; `all` also what was dropped or left out, `reasons` what was left out so."""

    all: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidy:
    """Look once more for what is better left out, for these reasons."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLength:
    """A length in milliseconds, of the film or of each picture."""

    ms: int
    each: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLength:
    """A factor, or a difference in milliseconds."""

    factor: float = 1.0
    by_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetShape:
    """The canvas."""

    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTitle:
    """Opening words; None removes them."""

    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCredits:
    """Closing words; None removes them."""

    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCaption:
    """Words under one picture, or under all when there are no `positions`; None removes them."""

    text: str | None
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCaptions:
    """A caption from each file's own name, where that is words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTitle:
    """The days of the pictures in the title, or not."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCaptions:
    """The day of each picture under it, or not."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMusic:
    """A mood; `own` is the user's uploaded track, `none` no music, `some` music if there is none yet.

    `other` asks for something else than there is: another tune of the mood, or another mood when it is `some`.
    """

    mood: str
    other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetClipSound:
    """What becomes of the clips' own sound."""

    sound: ClipSound


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVolume:
    """How loud the music is, from 0 to 1: a value, or a step from the present one."""

    value: float | None = None
    step: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTransition:
    """One style, `mix`, or `some`: transitions if there are only cuts."""

    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPace:
    """The temper of transitions and motion."""

    pace: Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Take pictures out."""

    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOnly:
    """Take all the others out."""

    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thin:
    """Keep this many pictures, evenly spread; of moments so many at most, or `exactly` as many."""

    count: int
    exactly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Take one picture to another place."""

    position: int
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Let two pictures change places."""

    first: int
    second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """Another order of all pictures."""

    by: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class UseVersion:
    """An earlier version as a new one; negative numbers count from the latest."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Say which versions there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShots:
    """Say what is in the film, one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The same, made differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """One version back, or several."""

    steps: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """One version forward; where there is none, the same as `Again`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The message wants something but does not say it all: ask back."""

    about: Literal["title", "caption", "credits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Say what is not in the film and why; `question` is how it was asked, for the names in it."""

    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """What the rules cannot do; names a sentence."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Say what can be asked for."""


Operation = (
    Build
    | Include
    | Tidy
    | SetLength
    | ChangeLength
    | SetShape
    | SetTitle
    | SetCredits
    | SetCaption
    | NameCaptions
    | DateTitle
    | DateCaptions
    | SetMusic
    | SetClipSound
    | SetVolume
    | SetTransition
    | SetPace
    | Drop
    | KeepOnly
    | Thin
    | Move
    | Swap
    | Sort
    | Trim
    | Retime
    | Replace
    | More
    | ChangeCount
    | SetSpeed
    | SetLook
    | Steer
    | SetTaste
    | KeepWords
    | EachAbout
    | UseVersion
    | Versions
    | ListShots
    | Again
    | Undo
    | Redo
    | Ask
    | Explain
    | Refuse
    | Help
)
