"""How a photo or clip meets the canvas: cropped to fill it, or whole in front of its own blurred, darkened self."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from bot.codec.planes import AREA, CUBIC, Array, Planes, even, resize
from bot.studio.film.crop import Rect, crop_rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROOM = 1.08  # the card picture is this much larger than the canvas, so that a gentle zoom into it stays sharp


def cut(planes: Planes, rect: Rect) -> Planes:
    """The region as views."""
    x, y, w, h = rect
    return Planes(
        y=planes.y[y : y + h, x : x + w],
        u=planes.u[y // 2 : (y + h) // 2, x // 2 : (x + w) // 2],
        v=planes.v[y // 2 : (y + h) // 2, x // 2 : (x + w) // 2],
    )


def scaled(planes: Planes, size: tuple[int, int]) -> Planes:
    """The picture at an even size."""
    half = (size[0] // 2, size[1] // 2)
    return Planes(y=resize(planes.y, size), u=resize(planes.u, half), v=resize(planes.v, half))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The place of a whole picture on its ground: where it lies, its soft edge and its shadow, for any frame."""

    size: tuple[int, int]
    rect: Rect
    masks: tuple[NDArray[np.float32], NDArray[np.float32]]
    light: NDArray[np.float32]

    def compose(self, picture: Planes) -> Planes:
        """Lay the picture on its blurred, darkened fill."""
        ground = self._ground(picture)
        x, y, w, h = self.rect
        sharp = scaled(picture, (w, h))
        for below, above, mask, by in zip(
            ground.all, sharp.all, (self.masks[0], self.masks[1], self.masks[1]), (1, 2, 2), strict=True
        ):
            place = below[y // by : (y + h) // by, x // by : (x + w) // by]
            place[:] = cv2.blendLinear(above, place.copy(), mask, 1 - mask)
        return ground

    def _ground(self, picture: Planes) -> Planes:
        small = (even(self.size[0] / 16), even(self.size[1] / 16))
        tiny = scaled(cut(picture, crop_rect(picture.size, self.size)), small)
        y, u, v = (
            resize(
                cast("Array", cv2.GaussianBlur(plane, (0, 0), small[0] / (18 * by))),
                (self.size[0] // by, self.size[1] // by),
                CUBIC,
            )
            for plane, by in zip(tiny.all, (1, 2, 2), strict=True)
        )
        lit = (y.astype(np.float32) - 16) * self.light
        return Planes(y=(lit + 16.5).clip(16, 235).astype(np.uint8), u=u, v=v)


def card(picture: tuple[int, int], canvas: tuple[int, int], scale: float, *, room: float = _ROOM) -> Card:
    """Plan the card for a picture of this size, shown at `scale`."""
    size = (even(canvas[0] * room), even(canvas[1] * room))
    width, height = (even(side * scale * room) for side in picture)
    x, y = ((size[0] - width) // 2) & ~1, ((size[1] - height) // 2) & ~1
    radius = max(2, min(canvas) // 90)
    mask = _rounded((width, height), radius)
    shadow = np.zeros((size[1], size[0]), np.float32)
    drop = min(canvas) // 60
    shadow[y + drop : y + drop + height, x : x + width] = mask[: max(0, size[1] - y - drop)]
    quarter = resize((shadow * 255).astype(np.uint8), (size[0] // 4, size[1] // 4), AREA)
    soft = cv2.GaussianBlur(quarter, (0, 0), min(canvas) / 110)
    covered = resize(cast("Array", soft), size, CUBIC).astype(np.float32) / 255
    light = (0.52 * (1 - 0.62 * covered)).astype(np.float32)
    half = cast("NDArray[np.float32]", cv2.resize(mask, (width // 2, height // 2), interpolation=AREA))
    return Card(size=size, rect=(x, y, width, height), masks=(mask, half), light=light)


def _rounded(size: tuple[int, int], radius: int) -> NDArray[np.float32]:
    """Coverage of a rectangle with round corners, anti-aliased, `(height, width)` in 0..1."""
    x = np.abs(np.arange(size[0]) + 0.5 - size[0] / 2) - size[0] / 2 + radius
    y = np.abs(np.arange(size[1]) + 0.5 - size[1] / 2) - size[1] / 2 + radius
    beyond = np.hypot(np.maximum(x, 0)[None, :], np.maximum(y, 0)[:, None])
    coverage: NDArray[np.float32] = np.clip(radius - beyond + 0.5, 0, 1).astype(np.float32)
    return coverage
