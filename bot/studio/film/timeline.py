"""Milliseconds become frames: when each shot is seen, how it comes in, and how the work is divided."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from bot.studio.film.model import FPS

if TYPE_CHECKING:
    from bot.studio.film.model import Film, Shot

FADE_IN = FPS * 300 // 1000
FADE_OUT = FPS * 600 // 1000
"""Frames in which the whole film rises from black and falls back to it."""

_LONGEST_CHUNK = 4 * FPS
_LONGEST_LAST = FPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When a shot is seen, in film frames.

    It is drawn in `first <= frame < last`, comes in during `first <= frame < settled` (over its predecessor), and its
    slot begins at `cut`. `last` includes the frames in which its successor comes in.
    """

    shot: Shot
    first: int
    cut: int
    settled: int
    last: int

    @property
    def length(self) -> int:
        """Frames in which the shot is seen."""
        return self.last - self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Frames `start <= frame < stop` that one worker draws and encodes: part of one span's time, its entry included."""

    span: int
    start: int
    stop: int


def frame_at(ms: int) -> int:
    """The film frame shown at a time in milliseconds."""
    return round(ms * FPS / 1000)


def lay_out(film: Film) -> tuple[Span, ...]:
    """Place every shot. Transitions are centred on the cut and take at most half of the shorter neighbour."""
    cuts = [frame_at(ms) for ms in accumulate((shot.duration for shot in film.shots), initial=0)]
    slots = [after - before for before, after in pairwise(cuts)]
    overlaps = [0]
    for index, shot in enumerate(film.shots[1:], start=1):
        wanted = 0 if shot.transition == "cut" else frame_at(shot.overlap)
        overlaps.append(min(wanted, min(slots[index - 1], slots[index]) // 2))
    overlaps.append(0)
    return tuple(
        Span(
            shot=shot,
            first=cuts[index] - overlaps[index] // 2,
            cut=cuts[index],
            settled=cuts[index] - overlaps[index] // 2 + overlaps[index],
            last=cuts[index + 1] - overlaps[index + 1] // 2 + overlaps[index + 1],
        )
        for index, shot in enumerate(film.shots)
    )


def divide(spans: tuple[Span, ...]) -> tuple[Chunk, ...]:
    """Cut the film into chunks at the beginnings of transitions, and long ones evenly into pieces.

    Those of the last shot are small, so that all workers end at nearly the same time.
    """
    chunks: list[Chunk] = []
    ends = [span.first for span in spans[1:]] + [spans[-1].last]
    for index, (span, end) in enumerate(zip(spans, ends, strict=True)):
        longest = _LONGEST_CHUNK if index + 1 < len(spans) else _LONGEST_LAST
        pieces = max(1, -(-(end - span.first) // longest))
        edges = [span.first + (end - span.first) * piece // pieces for piece in range(pieces + 1)]
        chunks += [Chunk(span=index, start=a, stop=b) for a, b in pairwise(edges) if b > a]
    return tuple(chunks)
