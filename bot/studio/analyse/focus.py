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
_LEAST_EDGE = 1.5  # rms step between neighbours, in luma levels, below which a tile has no edges to judge by
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
    shares = [
        _share(energy[rows, columns], lost[rows, columns])
        for rows in _parts(energy.shape[0], _TILES[1])
        for columns in _parts(energy.shape[1], _TILES[0])
    ]
    return [share for share in shares if share is not None]


def _share(energy: NDArray[np.float32], lost: NDArray[np.float32]) -> float | None:
    if energy.size == 0 or float(energy.mean()) < _LEAST_EDGE**2:
        return None
    return float(lost.sum() / energy.sum())


def _parts(length: int, count: int) -> list[slice]:
    edges = [length * index // count for index in range(count + 1)]
    return [slice(start, stop) for start, stop in pairwise(edges)]
