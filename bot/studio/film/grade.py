"""Light and tint of one photo, moved a little towards its neighbours'. Black stays black, and white white."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from bot.codec.planes import Array, Planes

if TYPE_CHECKING:
    from bot.studio.film.model import Grade

_BLACK, _WHITE = 16, 235


def graded(picture: Planes, grade: Grade) -> Planes:
    """The picture with its middle tones lighter by the first number of luma levels, and Cb and Cr shifted."""
    light, blue, red = grade
    if not any(grade):
        return picture
    levels = np.arange(256, dtype=np.float64)
    tone = np.clip((levels - _BLACK) / (_WHITE - _BLACK), 0, 1)
    curve = np.clip(levels + light * 4 * tone * (1 - tone), 0, 255).round().astype(np.uint8)
    shifts = (np.clip(levels + by, 0, 255).astype(np.uint8) for by in (blue, red))
    tables = (curve, *shifts)
    y, u, v = (cast("Array", cv2.LUT(plane, table)) for plane, table in zip(picture.all, tables, strict=True))
    return Planes(y=y, u=u, v=v)
