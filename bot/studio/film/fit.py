"""A track fitted to the length of a film at its bars: which stretches are played, and where the beats then lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.studio.film.grid import BAR

if TYPE_CHECKING:
    from bot.studio.film.grid import Grid

_OWN_ENDING = 8  # bars that may be left out at the beginning so that the track's own ending is heard
_LEAST_BARS = 4
_FADE_LEAST, _FADE_MOST = 1000, 5000
_MOST_TURNS = 150
_SAME = 60
_ODD = (0.0, 6.0, 2.0, 6.0)
"""Phrases have four bars, so a jump over any other number is heard: by how many bars too much it is outweighed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What of a track is played, in ms of the track, one piece after the other; the film ends with the last.

    `beats` are ms of the film; `downbeat` is the index of the first that begins a bar. The last `fade` ms fall to
    silence, from the beginning of a bar unless the track itself ends there.
    """

    pieces: tuple[tuple[int, int], ...]
    beats: tuple[int, ...]
    downbeat: int
    fade: int


@lru_cache(maxsize=64)
def fit(grid: Grid, total: int) -> Fit | None:
    """Fit a track into `total` ms; None when it has too few bars to be cut at them."""
    bars = grid.bars
    if len(bars) < _LEAST_BARS:
        return None
    if grid.end - grid.start >= total:
        return _trimmed(grid, total)
    pieces = _looped(grid, total)
    beats, downbeat = _placed(grid, pieces)
    return Fit(pieces=pieces, beats=beats, downbeat=downbeat, fade=_FADE_LEAST)


def _trimmed(grid: Grid, total: int) -> Fit:
    bar = (grid.bars[-1] - grid.bars[0]) / (len(grid.bars) - 1)
    if grid.end - grid.start - total <= _OWN_ENDING * bar:
        pieces = ((grid.end - total, grid.end),)
        fade = _FADE_LEAST
    else:
        # From a bar where one is near; a longer introduction is not cut into.
        start = grid.bars[0] if grid.bars[0] - grid.start <= bar else grid.start
        start = min(start, grid.end - total)
        pieces = ((start, start + total),)
        ends = [start + total - at for at in grid.bars if _FADE_LEAST <= start + total - at <= _FADE_MOST]
        fade = ends[-1] if ends else 2 * _FADE_LEAST
    beats, downbeat = _placed(grid, pieces)
    return Fit(pieces=pieces, beats=beats, downbeat=downbeat, fade=fade)


def _looped(grid: Grid, total: int) -> tuple[tuple[int, int], ...]:
    """From the beginning, back from one bar to another as often as needed, and on to the track's own ending.

    What is then too long, less than a bar where that can be, is left out at the beginning.
    """
    bars = grid.bars
    longest = bars[-1] - bars[0]
    bar = longest / (len(bars) - 1)
    missing = total - (grid.end - grid.start)
    turns = min(_MOST_TURNS, -(-missing // longest))
    best: tuple[float, int, int] | None = None
    for first, back in enumerate(bars):
        for number in range(first + 1, len(bars)):
            over = turns * (bars[number] - back) - missing
            if over < 0:
                continue
            price = over / bar + _ODD[(number - first) % len(_ODD)] - 0.01 * number
            if best is None or price < best[0]:
                best = (price, back, bars[number])
    if best is None:  # the film is longer than anybody's patience with this track
        back, on = bars[0], bars[-1]
    else:
        _, back, on = best
    over = max(0, min(turns * (on - back) - missing, on - grid.start - 1))
    return ((grid.start + over, on), *((back, on) for _ in range(turns - 1)), (back, grid.end))


def _placed(grid: Grid, pieces: tuple[tuple[int, int], ...]) -> tuple[tuple[int, ...], int]:
    placed: list[int] = []
    downbeat: int | None = None
    offset = 0
    for start, end in pieces:
        for index, at in enumerate(grid.beats):
            moment = offset + at - start
            if moment >= 0 and start - _SAME <= at < end - _SAME and (not placed or moment - placed[-1] > _SAME):
                if downbeat is None and (index - grid.downbeat) % BAR == 0:
                    downbeat = len(placed)
                placed.append(moment)
        offset += end - start
    return tuple(placed), downbeat or 0
