"""Photos in motion: prepared once per shot, then one resize of a whole-pixel region per frame and plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from bot.codec.errors import TooManyPixels, Unreadable
from bot.codec.planes import CUBIC, LINEAR, Array, Planes, resize
from bot.codec.probe import probe
from bot.codec.still import read_planes
from bot.studio.film import crop, framing, motion
from bot.studio.film.errors import FilmError
from bot.studio.film.grade import graded

if TYPE_CHECKING:
    from pathlib import Path

    from bot.studio.film.model import Motion
    from bot.studio.film.timeline import Span

_SHARPNESS = 1.15  # decoded pixels per canvas pixel before any zoom: as much as the end of a zoom can show


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One plane on the grid of a path: `across` and `down` pixels per unit."""

    plane: Array
    across: int
    down: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingPhoto:
    """A prepared photo. Thread-safe: drawing only reads."""

    path: motion.Path
    grids: tuple[Grid, Grid, Grid]

    def draw(self, frame: int, out: Planes) -> None:
        """Draw the shot's n-th frame into `out`."""
        step, share = self.path.where(frame)
        self._draw(step, out)
        if share:
            # A mean of two neighbouring steps lies between them as exactly as they lie themselves.
            following = Planes(y=np.empty_like(out.y), u=np.empty_like(out.u), v=np.empty_like(out.v))
            self._draw(step + 1, following)
            for target, later in zip(out.all, following.all, strict=True):
                cv2.addWeighted(target, 1 - share, later, share, 0, dst=target)

    def _draw(self, step: int, out: Planes) -> None:
        (left, right), (top, bottom) = self.path.at(step)
        for grid, target, method in zip(self.grids, out.all, (CUBIC, LINEAR, LINEAR), strict=True):
            rows = slice(top * grid.down, bottom * grid.down)
            region = grid.plane[rows, left * grid.across : right * grid.across]
            resize(region, (target.shape[1], target.shape[0]), method, target)


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
    planes = graded(planes, span.shot.grade)
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
    (left, right), (top, bottom) = path.at(0 if path.backwards else path.steps)
    grids = []
    for plane, by in zip(picture.all, (1, 2, 2), strict=True):
        across = motion.density(right - left, canvas[0] // by)
        down = motion.density(bottom - top, canvas[1] // by)
        size = (path.x.units * across, path.y.units * down)
        grids.append(Grid(plane=resize(plane, size), across=across, down=down))
    return MovingPhoto(path=path, grids=(grids[0], grids[1], grids[2]))
