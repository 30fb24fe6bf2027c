"""What a message can ask for about single pictures' time and colours, and about the moments of recordings."""

from dataclasses import dataclass
from typing import Literal

from bot.studio.film.model import Look
from bot.studio.recording.model import Taste


@dataclass(frozen=True, slots=True, kw_only=True)
class Trim:
    """Let clips begin and end later, or earlier by negative milliseconds."""

    positions: tuple[int, ...]
    start_by: int = 0
    end_by: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retime:
    """How long pictures are on screen: milliseconds, else a factor and a difference."""

    positions: tuple[int, ...]
    ms: int | None = None
    factor: float = 1.0
    by_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """Other moments of the recordings instead of these."""

    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """So many moments beside those that there are."""

    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCount:
    """More or fewer moments in a film of the same length, so that each is shorter or longer."""

    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSpeed:
    """How fast clips run, all of them when there are no `positions`: 1 is as recorded."""

    factor: float
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLook:
    """A treatment of the colours, of the film when there are no `positions`; `plain` is none."""

    look: Look
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a recording: milliseconds, or `share`s from 0 to 1 of its length.

    Negative milliseconds count from the end; `stop` None is the end.
    """

    start: float
    stop: float | None
    share: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Steer:
    """Where moments are to come from: only there, there in any case, or never from there.

    `recording` is its number, None for all of them.
    """

    how: Literal["within", "must", "never"]
    spans: tuple[Span, ...]
    recording: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTaste:
    """Which kind of moments."""

    taste: Taste


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepWords:
    """Whether moments keep whole sentences, and speech counts as one."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EachAbout:
    """About how long each moment of a recording should be, in milliseconds, the film staying as long as it is."""

    ms: int
