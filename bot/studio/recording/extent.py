"""From when to when something lasts that is heard or seen at one instant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.studio.recording.model import STEP

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BEFORE = 5_000  # people react to what they saw: it began so long before the noise
_RISE = 6_000  # how far ahead of its peak a reaction may begin
_LASTS = 10_000  # how far behind its peak it may end
_GAP = 2  # steps that may be quieter within
_AFTER = 500
_SHARE = 0.6  # of a window at most lies before the reaction, for that has to be heard too
_HALF, _THIRD = 0.5, 0.35
_LEAST, _MOST = 0.6, 1.8  # times the usual length
TELLING = 0.12
"""A peak below it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A window of `length` ms from `start`, which may lie before the recording; `telling` where something happens."""

    start: int
    length: int
    telling: bool


def extent(value: NDArray[np.float64], step: int, usual: int, most: int) -> Extent:
    """The window around a peak of the interest: what led to it, and as much of it as lasts.

    Between 0.6 and 1.8 times `usual` ms, never more than `most`; `usual` where nothing happens.
    """
    peak = float(value[step])
    if peak < TELLING:
        length = min(usual, most)
        return Extent(start=step * STEP - length // 2, length=length, telling=False)
    first = step
    while first > 0 and (step - first) * STEP < _RISE and value[first - 1] >= _HALF * peak:
        first -= 1
    last = step
    while (last - step) * STEP < _LASTS and (value[last + 1 : last + 1 + _GAP] >= _THIRD * peak).any():
        last += 1
    natural = _BEFORE + (last + 1 - first) * STEP + _AFTER
    length = min(most, round(max(_LEAST * usual, min(natural, _MOST * usual))))
    return Extent(start=first * STEP - min(_BEFORE, round(length * _SHARE)), length=length, telling=True)
