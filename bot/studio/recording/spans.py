"""Sets of instants as ascending, disjoint stretches `(start, stop)` in milliseconds."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same instants in order, what overlaps or touches put together, what is empty left out."""
    found: list[Span] = []
    for start, stop in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return found


def minus(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """What of `spans` is in none of `holes`."""
    left = merged(spans)
    for hole_start, hole_stop in merged(holes):
        left = [
            piece
            for start, stop in left
            for piece in ((start, min(stop, hole_start)), (max(start, hole_stop), stop))
            if piece[0] < piece[1]
        ]
    return left


def common(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What is in both."""
    others = merged(others)
    pairs = ((max(a, c), min(b, d)) for a, b in merged(spans) for c, d in others)
    return [pair for pair in pairs if pair[0] < pair[1]]


def holds(spans: Sequence[Span], at: int) -> bool:
    """Whether an instant is in one of the stretches, which ascend and are disjoint."""
    place = bisect_right(spans, at, key=lambda span: span[0])
    return place > 0 and at < spans[place - 1][1]
