"""The canvas on which a scene is painted, and the pen for its sharp shapes.

Lengths are in picture heights: y runs from 0 (top) to 1, x from 0 to `aspect`, so a circle stays a circle in every
format and a scene can be painted at any size.
"""

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bot.studio.samples.noise import Field, colour, fractal, ramp, resized

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_FINE = 2  # shapes are drawn this much larger and reduced: smooth edges


class Pen:
    """Draws shapes in canvas lengths on an enlarged layer."""

    def __init__(self, layer: Image.Image, scale: float, left: float, top: float) -> None:
        self._draw = ImageDraw.Draw(layer)
        self._scale, self._left, self._top = scale, left, top

    def _pixel(self, point: Point) -> Point:
        return (point[0] - self._left) * self._scale, (point[1] - self._top) * self._scale

    def polygon(self, points: Sequence[Point], code: str) -> None:
        """A filled outline."""
        self._draw.polygon([self._pixel(point) for point in points], fill=code)

    def line(self, points: Sequence[Point], width: float, code: str) -> None:
        """A stroke with round joints, at least one fine pixel wide."""
        pixels = [self._pixel(point) for point in points]
        self._draw.line(pixels, fill=code, width=max(1, round(width * self._scale)), joint="curve")

    def oval(self, centre: Point, across: float, down: float, code: str) -> None:
        """A filled ellipse of the given radii."""
        (x, y), rx, ry = self._pixel(centre), across * self._scale, down * self._scale
        self._draw.ellipse((x - rx, y - ry, x + rx, y + ry), fill=code)

    def box(self, box: Box, code: str) -> None:
        """A filled upright rectangle; one turned inside out is left away."""
        (x0, y0), (x1, y1) = self._pixel(box[:2]), self._pixel(box[2:])
        if x1 >= x0 and y1 >= y0:
            self._draw.rectangle((x0, y0, x1, y1), fill=code)


class Canvas:
    """A float32 picture (rows, columns, 3) in display values, with the brushes that every scene uses."""

    def __init__(self, width: int, height: int, rng: np.random.Generator) -> None:
        self.width, self.height, self.rng = width, height, rng
        self.aspect = width / height
        self.x: Field = ((np.arange(width, dtype=np.float32) + np.float32(0.5)) / np.float32(height))[None, :]
        self.y: Field = ((np.arange(height, dtype=np.float32) + np.float32(0.5)) / np.float32(height))[:, None]
        self.rgb: Field = np.zeros((height, width, 3), dtype=np.float32)

    def row(self, y: float) -> int:
        """The pixel row at a height, kept inside the picture."""
        return min(self.height, max(0, round(y * self.height)))

    def noise(self, cells: tuple[float, float], octaves: int = 5, gain: float = 0.5) -> Field:
        """Fractal noise over the whole picture; `cells` down and across, a picture height each."""
        return fractal(
            self.rng, self.height, self.width, cells=(cells[0], cells[1] * self.aspect), octaves=octaves, gain=gain
        )

    def gradient(self, stops: Sequence[tuple[float, str]], top: float = 0, bottom: float = 1) -> None:
        """Fill the rows from `top` to `bottom` with a vertical gradient; stops are heights in the picture."""
        rows = slice(self.row(top), self.row(bottom))
        self.rgb[rows] = ramp(self.y[rows], stops)

    def blend(self, mask: Field, paint: str | Field, top: float = 0, bottom: float = 1) -> None:
        """Cover with a colour, or one a pixel, as far as the mask (0 to 1) says; it spans `top` to `bottom`."""
        rows = slice(self.row(top), self.row(bottom))
        ink = colour(paint) if isinstance(paint, str) else paint
        self.rgb[rows] += (ink - self.rgb[rows]) * mask[..., None]

    def light(self, mask: Field, code: str, strength: float = 1, top: float = 0, bottom: float = 1) -> None:
        """Add light without ever clipping it."""
        rows = slice(self.row(top), self.row(bottom))
        beam = np.clip(mask[..., None] * (colour(code) * np.float32(strength)), 0, 1)
        self.rgb[rows] += beam * (1 - self.rgb[rows])

    def shade(self, factor: Field, top: float = 0, bottom: float = 1) -> None:
        """Multiply the brightness."""
        self.rgb[self.row(top) : self.row(bottom)] *= factor[..., None]

    def glow(self, centre: Point, radius: float, code: str, strength: float = 1, squash: float = 1) -> None:
        """A soft round light that falls off to nothing; `squash` above 1 flattens it."""
        dy = (self.y - np.float32(centre[1])) * np.float32(squash)
        distance = (self.x - np.float32(centre[0])) ** 2 + dy**2
        self.light(np.exp(-distance / np.float32(radius**2)), code, strength)

    def draw(
        self, artist: Callable[[Pen], None], box: Box | None = None, *, blur: float = 0, opacity: float = 1
    ) -> None:
        """Let the artist draw sharp shapes inside `box` (default: everywhere); `blur` is a radius."""
        left, top, right, bottom = box or (0, 0, self.aspect, 1)
        x0, x1 = (min(self.width, max(0, round(x * self.height))) for x in (left, right))
        y0, y1 = self.row(top), self.row(bottom)
        if x1 <= x0 or y1 <= y0:
            return
        layer = Image.new("RGBA", ((x1 - x0) * _FINE, (y1 - y0) * _FINE))
        artist(Pen(layer, self.height * _FINE, x0 / self.height, y0 / self.height))
        drawn = layer.getbbox()
        if drawn is None:
            return
        margin = math.ceil(3 * blur * self.height) + 1
        left_px, top_px = (max(0, edge // _FINE - margin) for edge in drawn[:2])
        right_px, bottom_px = min(x1 - x0, drawn[2] // _FINE + margin), min(y1 - y0, drawn[3] // _FINE + margin)
        layer = layer.reduce(_FINE, (left_px * _FINE, top_px * _FINE, right_px * _FINE, bottom_px * _FINE))
        if blur:
            layer = layer.convert("RGBa").filter(ImageFilter.GaussianBlur(blur * self.height)).convert("RGBA")
        pixels = np.asarray(layer, dtype=np.float32) / np.float32(255)
        region = self.rgb[y0 + top_px : y0 + bottom_px, x0 + left_px : x0 + right_px]
        region += (pixels[..., :3] - region) * (pixels[..., 3:] * np.float32(opacity))

    def bloom(self, threshold: float = 0.7, strength: float = 0.5, spread: float = 0.02) -> None:
        """Let what is brighter than the threshold shine over its surroundings, as in a lens."""
        for channel in range(3):
            bright = np.clip(self.rgb[..., channel] - np.float32(threshold), 0, 1)
            halo = np.zeros_like(bright)
            for wide in (spread, spread * 2.5):
                small = resized(bright, round(1 / wide), round(self.aspect / wide), Image.Resampling.HAMMING)
                halo += resized(small, self.height, self.width)
            self.rgb[..., channel] += np.clip(halo * np.float32(strength), 0, 1) * (1 - self.rgb[..., channel])

    def pixels(self) -> Image.Image:
        """The picture in 8 bits, dithered so that no gradient shows bands."""
        dither = self.rng.random((self.height, self.width, 1), dtype=np.float32)
        return Image.fromarray((np.clip(self.rgb, 0, 1) * 255 + dither).clip(0, 255).astype(np.uint8))
