"""Transitions in which both pictures stay where they are: they dissolve, through black, through light, out of focus."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from bot.codec.planes import AREA, LINEAR, resize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.codec.planes import Array, Planes

_BLACK = (16, 128, 128)
_WARM = (222, 104, 148)  # the light of a low sun, in Y'CbCr
_SOFTEST = 1 / 55  # standard deviation of the strongest blur, of the picture's shorter side


def fade_to_black(picture: Planes, light: float) -> None:
    """Darken in place; `light` 1 leaves it, 0 is black."""
    for plane, black in zip(picture.all, _BLACK, strict=True):
        cv2.addWeighted(plane, light, plane, 0, black * (1 - light), dst=plane)


def crossfade(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """One over the other."""
    for a, b, target in zip(old.all, new.all, out.all, strict=True):
        cv2.addWeighted(a, 1 - share, b, share, 0, dst=target)


def cut(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """At once, in the middle."""
    for source, target in zip((new if share >= 0.5 else old).all, out.all, strict=True):
        target[:] = source


def dip(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """Through black."""
    cut(old, new, share, out)
    fade_to_black(out, abs(2 * share - 1))


def defocus(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """Both go out of focus while one becomes the other."""
    crossfade(old, new, share, out)
    amount = math.sin(math.pi * share) * _SOFTEST * min(out.size)
    for plane, by in zip(out.all, (1, 2, 2), strict=True):
        _soften(plane, amount / by)


def glow(old: Planes, new: Planes, share: float, out: Planes) -> None:
    """A warm light falls in from above, and when it goes the other picture is there."""
    crossfade(old, new, min(1.0, max(0.0, 2 * share - 0.4)), out)  # all of it while the light is strong
    strength = math.sin(math.pi * share) ** 2
    for plane, warm in zip(out.all, _WARM, strict=True):
        height, width = plane.shape
        weight = np.minimum(_leak(width, height) * np.float32(strength), 1)
        lit = np.full_like(plane, warm)
        cv2.blendLinear(lit, plane, weight, 1 - weight, dst=plane)


def _soften(plane: Array, amount: float) -> None:
    """Blur in place with a standard deviation of `amount` pixels; strong ones on a smaller picture."""
    if amount < 0.3:
        return
    shrunk = 1 if amount < 2 else 2 if amount < 5 else 4
    height, width = plane.shape
    small = resize(plane, (max(1, width // shrunk), max(1, height // shrunk)), AREA) if shrunk > 1 else plane
    soft = cast("Array", cv2.GaussianBlur(small, (0, 0), amount / shrunk, borderType=cv2.BORDER_REPLICATE))
    resize(soft, (width, height), LINEAR, plane)


@lru_cache(maxsize=8)
def _leak(width: int, height: int) -> NDArray[np.float32]:
    """How much of the light falls where: most in the upper right corner, little in the opposite one."""
    x = np.linspace(1, 0, width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    away = np.hypot(x, 0.8 * y) / np.float32(math.hypot(1, 0.8))
    light: NDArray[np.float32] = 0.92 - np.float32(0.62) * away * away * (3 - 2 * away)
    return light
