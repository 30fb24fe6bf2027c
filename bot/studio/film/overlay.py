"""Lay something grey and partly transparent over the film, for a while: fade in, stay, fade out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from bot.codec.planes import AREA
from bot.studio.film.blends import fade_to_black

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.codec.planes import Array, Planes

_BLACK, _WHITE = 16.0, 235.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """Black over everything, evenly: `cover` of 0..1."""

    cover: float

    def draw(self, out: Planes, strength: float) -> None:
        """Darken `out` at `strength` (0..1)."""
        fade_to_black(out, 1 - self.cover * strength)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A rectangle at even `x`, `y`: how much it covers (0..1) and its luma; chroma is neutral."""

    x: int
    y: int
    cover: NDArray[np.float32]
    luma: Array

    def draw(self, out: Planes, strength: float, lower: float = 0.0) -> None:
        """Lay it over `out` at `strength` (0..1), shifted down by `lower` pixels, fractions included."""
        cover, luma = self.cover, self.luma
        if lower:
            shift = np.array([[1, 0, 0], [0, 1, lower]], dtype=np.float64)
            box = (cover.shape[1], cover.shape[0])
            cover = np.asarray(cv2.warpAffine(cover, shift, box), dtype=np.float32)
            luma = np.asarray(cv2.warpAffine(luma, shift, box, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8)
        if strength < 1:
            cover = cover * np.float32(strength)
        _blend(out.y[self.y : self.y + cover.shape[0], self.x : self.x + cover.shape[1]], luma, cover)
        box = (cover.shape[1] // 2, cover.shape[0] // 2)
        half = np.asarray(cv2.resize(cover, box, interpolation=AREA), dtype=np.float32)
        grey = np.full(half.shape, 128, np.uint8)
        for plane in (out.u, out.v):
            x, y = self.x // 2, self.y // 2
            _blend(plane[y : y + half.shape[0], x : x + half.shape[1]], grey, half)


def _blend(place: Array, over: Array, cover: NDArray[np.float32]) -> None:
    cv2.blendLinear(over, place, cover, 1 - cover, dst=place)


def scrim(x: int, y: int, cover: NDArray[np.float32]) -> Layer:
    """A shade of black."""
    height, width = cover.shape[0] & ~1, cover.shape[1] & ~1
    return Layer(x=x & ~1, y=y & ~1, cover=cover[:height, :width], luma=np.full((height, width), int(_BLACK), np.uint8))


def ink(x: int, y: int, letters: NDArray[np.float32], shadow: float, blur: float) -> Layer:
    """White letters on their own soft shadow of black, made a little larger than `letters` for it."""
    margin = 2 * round(blur * 1.5)
    wide = np.pad(letters, margin)
    wide = wide[: wide.shape[0] & ~1, : wide.shape[1] & ~1]
    dark = np.clip(np.asarray(cv2.GaussianBlur(wide, (0, 0), blur)) * 1.6, 0, 1) * np.float32(shadow)
    cover = wide + dark * (1 - wide)
    luma = np.where(cover > 0, (_WHITE * wide + _BLACK * dark * (1 - wide)) / np.maximum(cover, 1e-4), _BLACK)
    place = ((x - margin) & ~1, (y - margin) & ~1)
    return Layer(x=place[0], y=place[1], cover=cover.astype(np.float32), luma=luma.round().astype(np.uint8))


def clipped(layer: Layer, size: tuple[int, int]) -> Layer:
    """The part of a layer that lies on the canvas."""
    left, top = max(0, -layer.x), max(0, -layer.y)
    right = min(layer.cover.shape[1], size[0] - layer.x)
    bottom = min(layer.cover.shape[0], size[1] - layer.y)
    part = np.s_[top:bottom, left:right]
    return Layer(
        x=layer.x + left,
        y=layer.y + top,
        cover=np.ascontiguousarray(layer.cover[part]),
        luma=np.ascontiguousarray(layer.luma[part]),
    )
