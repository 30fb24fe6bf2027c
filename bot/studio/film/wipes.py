"""Transitions in which an edge runs over the screen and uncovers the new picture."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.codec.planes import Planes

_SOFT = 0.22  # of the way that the diagonal edge goes


def wipe(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """A soft edge runs from left to right."""
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        height, width = target.shape
        ramp = _ramp(width, height)
        soft = ramp.shape[1] - 2 * width
        start = round((1 - share) * (width + soft))
        weight = ramp[:, start : start + width]
        cv2.blendLinear(b, a, weight, 1 - weight, dst=target)


@lru_cache(maxsize=8)
def _ramp(width: int, height: int) -> NDArray[np.float32]:
    """Ones, a soft fall, zeros: a window of it is the weight of the new picture."""
    soft = width // 6
    fall = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, soft))
    row = np.concatenate([np.ones(width), fall, np.zeros(width)]).astype(np.float32)
    return np.tile(row, (height, 1))


def diagonal(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """A soft edge runs from the upper left to the lower right corner."""
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        height, width = target.shape
        weight = np.clip((share * (1 + _SOFT) - _along(width, height)) * np.float32(1 / _SOFT), 0, 1)
        cv2.blendLinear(b, a, weight, 1 - weight, dst=target)


@lru_cache(maxsize=8)
def _along(width: int, height: int) -> NDArray[np.float32]:
    """How far along the diagonal, 0 to 1."""
    x = (np.arange(width, dtype=np.float32) + 0.5) / (2 * width)
    y = (np.arange(height, dtype=np.float32) + 0.5) / (2 * height)
    return (x[None, :] + y[:, None]).astype(np.float32)


def iris(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """A circle with a soft rim opens from the middle."""
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        height, width = target.shape
        away = _distance(width, height)
        weight = np.clip((share * 1.12 - away) * 12, 0, 1)
        cv2.blendLinear(b, a, weight, 1 - weight, dst=target)


@lru_cache(maxsize=8)
def _distance(width: int, height: int) -> NDArray[np.float32]:
    """Distance from the middle, 1 in the corners."""
    x = np.arange(width, dtype=np.float32) + 0.5 - width / 2
    y = np.arange(height, dtype=np.float32) + 0.5 - height / 2
    away: NDArray[np.float32] = np.hypot(x[None, :], y[:, None])
    return away / np.float32(np.hypot(width, height) / 2)
