"""Light and tint of one photo, moved a little towards its neighbours'. Black stays black, and white white."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.studio.film.looks import LEVELS, tables, through

if TYPE_CHECKING:
    from bot.codec.planes import Planes
    from bot.studio.film.looks import Tables
    from bot.studio.film.model import Grade, Look

_BLACK, _WHITE = 16, 235


def graded(picture: Planes, grade: Grade, look: Look = "plain") -> Planes:
    """The picture with its middle tones lighter by the first number of luma levels, Cb and Cr shifted, and a look."""
    if not any(grade) and look == "plain":
        return picture
    before, after = _tables(grade), tables(look)
    y, u, v = (np.interp(first, LEVELS, then) for first, then in zip(before, after, strict=True))
    return through(picture, (y, u, v))


def _tables(grade: Grade) -> Tables:
    light, blue, red = grade
    tone = np.clip((LEVELS - _BLACK) / (_WHITE - _BLACK), 0, 1)
    return LEVELS + light * 4 * tone * (1 - tone), LEVELS + blue, LEVELS + red
