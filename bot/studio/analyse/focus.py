"""How sharp the sharpest part of a photo is.

What a second blurring takes away from an edge tells how blurred it was before (after Crete and others, 2007). Only the
sharpest tiles count: behind a sharp face everything may be out of focus. A shake blurs along one direction alone.
"""

from itertools import pairwise
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.codec.planes import Array

_TILES = (6, 6)
_TAPS = 9
_LEAST_EDGE = 1.0  # rms step between neighbours, in luma levels, below which a tile has no edges to judge by
_QUARTER = 0.3186  # a quarter of normally distributed values lie nearer to 0 than this many deviations
_GRAIN_LOST = 0.9
_LEAST_OVER_GRAIN = 0.5
_LEAST_TILES = 3
_BEST = 0.85  # quantile over the tiles


def sharpness(luma: Array) -> float | None:
    """0 to 1: what the sharpest tiles lose by another blurring, in the worse direction; None without edges."""
    plane = cv2.GaussianBlur(luma.astype(np.float32), (0, 0), 0.6)  # sensor grain would pass for sharpness
    ways = [_losses(cast("Any", plane), turned=turned) for turned in (False, True)]
    best = [float(np.quantile(way, _BEST)) for way in ways if len(way) >= _LEAST_TILES]
    return min(best, default=None)


def _losses(plane: NDArray[np.float32], *, turned: bool) -> list[float]:
    """Per tile, along one direction: the share of edge energy that a box filter takes away."""
    taps = (1, _TAPS) if turned else (_TAPS, 1)
    axis = 0 if turned else 1
    step = np.abs(np.diff(plane, axis=axis))
    blurred = np.abs(np.diff(cast("Any", cv2.blur(plane, taps)), axis=axis))
    lost = np.maximum(step - blurred, 0) * step
    energy = step * step
    grain = (float(np.quantile(step, 0.25)) / _QUARTER) ** 2
    shares = [
        _share(energy[rows, columns], lost[rows, columns], grain)
        for rows in _parts(energy.shape[0], _TILES[1])
        for columns in _parts(energy.shape[1], _TILES[0])
    ]
    return [share for share in shares if share is not None]


def _share(energy: NDArray[np.float32], lost: NDArray[np.float32], grain: float) -> float | None:
    """Apart from the energy that sensor grain has everywhere, nearly all of which a filter takes away."""
    edges = float(energy.mean()) - grain if energy.size else 0.0
    if edges < max(_LEAST_EDGE**2, _LEAST_OVER_GRAIN * grain):
        return None
    return min(1.0, max(0.0, (float(lost.mean()) - _GRAIN_LOST * grain) / edges))


def _parts(length: int, count: int) -> list[slice]:
    edges = [length * index // count for index in range(count + 1)]
    return [slice(start, stop) for start, stop in pairwise(edges)]
