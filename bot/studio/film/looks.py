"""Looks: a treatment of colours as one table for luma and one for each chroma plane, so that it is nearly free."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.codec.planes import Array, Planes

if TYPE_CHECKING:
    from bot.studio.film.model import Look

Levels = NDArray[np.float64]
Tables = tuple[Levels, Levels, Levels]
"""What becomes of each of the 256 levels of Y, Cb and Cr."""

LEVELS = np.arange(256, dtype=np.float64)
_BLACK, _WHITE, _NEUTRAL = 16, 235, 128
_STRONGEST = 112  # chroma at the end of its range


def looked(picture: Planes, look: Look) -> Planes:
    """The picture with a look; the very same one where it is plain."""
    return picture if look == "plain" else through(picture, tables(look))


def through(picture: Planes, of: Tables) -> Planes:
    """The picture with each plane looked up in its table."""
    whole = (np.clip(table, 0, 255).round().astype(np.uint8) for table in of)
    y, u, v = (cast("Array", cv2.LUT(plane, table)) for plane, table in zip(picture.all, whole, strict=True))
    return Planes(y=y, u=u, v=v)


@cache
def tables(look: Look) -> Tables:
    """A look in numbers: contrast, what black and white become, how strong colours are, and a tint in Cb and Cr."""
    match look:
        case "mono":
            return _made(contrast=0.12, colour=0)
        case "sepia":
            return _made(contrast=0.06, black=24, white=232, colour=0, tint=(-15, 12))
        case "warm":
            return _made(contrast=0.03, colour=1.05, tint=(-8, 5))
        case "cool":
            return _made(contrast=0.05, colour=0.95, tint=(7, -5))
        case "vivid":
            return _made(contrast=0.14, colour=1.32)
        case "faded":
            return _made(contrast=-0.05, black=38, white=222, colour=0.7, tint=(-2, 1))
        case "plain":
            return LEVELS, LEVELS, LEVELS


def _made(
    *, contrast: float, black: int = _BLACK, white: int = _WHITE, colour: float, tint: tuple[int, int] = (0, 0)
) -> Tables:
    tone = np.clip((LEVELS - _BLACK) / (_WHITE - _BLACK), 0, 1)
    bent = tone + contrast * 4 * tone * (1 - tone) * (2 * tone - 1)
    luma = black + (white - black) * bent
    return luma, _chroma(colour, tint[0]), _chroma(colour, tint[1])


def _chroma(colour: float, tint: int) -> Levels:
    """Stronger or weaker; what is strong already gains less, so that nothing clips and hues hardly turn."""
    away = (LEVELS - _NEUTRAL) / _STRONGEST
    gained = away * (1 + (colour - 1) * np.clip(1 - np.abs(away), 0, 1)) if colour > 1 else away * colour
    return np.asarray(np.clip(_NEUTRAL + tint + _STRONGEST * gained, _BLACK, 240), dtype=np.float64)
