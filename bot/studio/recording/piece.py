"""A moment while it is being made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.studio.recording.model import Why
    from bot.studio.recording.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """From `start` to `stop` of a recording; it may spread within `room` and has to keep `core`, if it has one."""

    asset: str
    start: int
    stop: int
    room: Span
    why: Why
    score: float
    core: Span | None = None

    @property
    def length(self) -> int:
        """In milliseconds."""
        return self.stop - self.start
