"""Photos in motion: prepared once per shot, then one resize of a whole-pixel region per frame and plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from bot.codec.errors import TooManyPixels, Unreadable
from bot.codec.planes import LINEAR, Array, Planes, resize
from bot.codec.probe import probe
from bot.codec.still import read_planes
from bot.studio.film import crop, framing, motion
from bot.studio.film.errors import FilmError
from bot.studio.film.grade import graded

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.studio.film.model import Motion
    from bot.studio.film.timeline import Span

    Region = tuple[tuple[int, int], tuple[int, int]]

_SHARPNESS = 1.15  # decoded pixels per canvas pixel before any zoom: as much as the end of a zoom can show
_LUMA, _CHROMA = (1.6, 1.0), (0.9, 0.9)  # the least that a region of the grid has of the pixels it is shown on
_FINE = 1.5  # a grid that is finer than this loses nothing between two of its pixels
_CRISP = 0.08
"""How much of what interpolation takes is given beforehand. With it, linear interpolation on a grid that is twice as
fine one way is nearer to a supersampled picture than cubic interpolation on a plain one. Across, that costs nothing:
a resize works along as many rows as there are, and along each for as many pixels as are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One plane on the grid of a path: `across` and `down` pixels per unit.

    Every `every`-th pixel across and down is shown, and is the mean of so many already.
    """

    plane: Array
    across: int
    down: int
    every: tuple[int, int] = (1, 1)

    def draw(self, region: Region, target: Array) -> None:
        """Draw a region given in units: copied where it is exactly as large as the target, else resized."""
        (left, right), (top, bottom) = region
        rows = slice(top * self.down, bottom * self.down, self.every[1])
        seen = self.plane[rows, left * self.across : right * self.across : self.every[0]]
        if seen.shape == target.shape:
            target[:] = seen
        else:
            resize(seen, (target.shape[1], target.shape[0]), LINEAR, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingPhoto:
    """A prepared photo. Thread-safe: drawing only reads."""

    path: motion.Path
    grids: tuple[Grid, Grid, Grid]

    def draw(self, frame: float, out: Planes) -> None:
        """Draw the frame of the shot that is nearest to the n-th into `out`."""
        step, share = self.path.where(round(frame))
        self._draw(step, out)
        if share:
            # A mean of two neighbouring steps lies between them as exactly as they lie themselves.
            following = Planes(y=np.empty_like(out.y), u=np.empty_like(out.u), v=np.empty_like(out.v))
            self._draw(step + 1, following)
            for target, later in zip(out.all, following.all, strict=True):
                cv2.addWeighted(target, 1 - share, later, share, 0, dst=target)

    def _draw(self, step: int, out: Planes) -> None:
        region = self.path.at(step)
        for grid, target in zip(self.grids, out.all, strict=True):
            grid.draw(region, target)


def prepare(file: Path, span: Span, canvas: tuple[int, int]) -> MovingPhoto:
    """Decode the photo of a shot, frame it and bring it onto the grid of its motion.

    Raises:
        FilmError: `unreadable` or `too-many-pixels`, with the asset's id.
    """
    asset = span.shot.asset
    try:
        facts = probe(file)
        if facts.kind != "photo":
            raise FilmError("unreadable", asset=asset, why="no-picture")
        size = (facts.width, facts.height)
        plan = crop.choose(size, canvas, span.shot.focus)
        planes = read_planes(file, _decoded_side(max(size), plan.scale))
    except Unreadable as error:
        raise FilmError("unreadable", asset=asset, why=error.reason) from error
    except TooManyPixels as error:
        raise FilmError("too-many-pixels", asset=asset, pixels=error.pixels, limit=error.limit) from error
    planes = graded(planes, span.shot.grade, span.shot.look)
    if plan.crop:
        picture = framing.cut(planes, crop.crop_rect(planes.size, canvas, span.shot.focus))
        path = motion.plan(span.shot.motion, span.length, canvas)
    else:
        picture = framing.card(planes.size, canvas, plan.scale * max(size) / max(planes.size)).compose(planes)
        path = motion.plan(_calm(span.shot.motion), span.length, canvas, centred=True)
    return on_grid(picture, path, canvas)


def _calm(wanted: Motion) -> Motion:
    """A picture on a card stays in the middle: it only comes nearer or moves away."""
    if wanted == "still":
        return "still"
    return "out" if wanted.startswith("out") or wanted in {"pan-right", "pan-down"} else "in"


def _decoded_side(side: int, scale: float) -> int:
    """How large to decode a photo's longer side: near an exact half or third, that, for it is shrunk far quicker."""
    wanted = max(2.0, side * min(1.0, scale * _SHARPNESS))
    exact = side / max(1, round(side / wanted))
    return round(exact if 0.88 * wanted <= exact <= 1.12 * wanted else wanted)


def on_grid(picture: Planes, path: motion.Path, canvas: tuple[int, int]) -> MovingPhoto:
    """Scale a picture of the canvas's shape onto the grid of a path. Whole onto whole, so nothing shifts."""
    y, u, v = picture.all
    half = (canvas[0] // 2, canvas[1] // 2)
    return MovingPhoto(
        path=path,
        grids=(_grid(y, path, canvas, _LUMA), _grid(u, path, half, _CHROMA), _grid(v, path, half, _CHROMA)),
    )


def _grid(plane: Array, path: motion.Path, shown: tuple[int, int], sharp: tuple[float, float]) -> Grid:
    units = [after - before for before, after in path.at(0 if path.backwards else path.steps)]
    if path.x.steady and path.y.steady:
        across, down = (max(1, -(-side // seen)) for side, seen in zip(shown, units, strict=True))
        every = (units[0] * across // shown[0], units[1] * down // shown[1])
        if (units[0] * across, units[1] * down) == (every[0] * shown[0], every[1] * shown[1]):
            whole = resize(plane, (path.x.units * across, path.y.units * down))
            # Half a pixel of chroma is a whole one here: a mean of neighbours is what a resize would make of them.
            means = whole if every == (1, 1) else cv2.blur(whole, every, anchor=(0, 0), borderType=cv2.BORDER_REPLICATE)
            return Grid(plane=cast("Array", means), across=across, down=down, every=every)
    across, down = (motion.density(*one) for one in zip(units, shown, sharp, strict=True))
    scaled = resize(plane, (path.x.units * across, path.y.units * down))
    kernels = (_crisp(units[0] * across / shown[0]), _crisp(units[1] * down / shown[1]))
    return Grid(plane=cast("Array", cv2.sepFilter2D(scaled, -1, kernels[0], kernels[1])), across=across, down=down)


def _crisp(fineness: float) -> NDArray[np.float32]:
    """What sharpens a grid of so many pixels per pixel shown."""
    give = _CRISP if fineness < _FINE else 0
    return np.array([-give, 1 + 2 * give, -give], np.float32)
