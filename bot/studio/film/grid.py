"""The beats of a recorded track: plain data, as it is stored and as cuts are planned on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

BAR = 4  # beats; nothing else is assumed of any track


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Where a track has its beats, in ms from its beginning, growing.

    `downbeat` is the index of the first beat that begins a bar, 0 to 3. The track is heard from `start` to `end` (ms):
    silence at its edges lies outside. `beats` is empty for a track without a beat that could be followed.
    """

    beats: tuple[int, ...]
    downbeat: int
    start: int
    end: int

    @property
    def bars(self) -> tuple[int, ...]:
        """Where bars begin, in ms."""
        return self.beats[self.downbeat :: BAR]


def to_json(grid: Grid) -> dict[str, Any]:
    """For the disk."""
    return {"beats": list(grid.beats), "downbeat": grid.downbeat, "start": grid.start, "end": grid.end}


def from_json(stored: dict[str, Any]) -> Grid:
    """From the disk."""
    return Grid(**stored | {"beats": tuple(stored["beats"])})
