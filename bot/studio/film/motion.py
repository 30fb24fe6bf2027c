"""Pan and zoom without rounding: the camera's path in whole units of a grid that is made for it.

`cv2.resize` is several times cheaper than a warp but takes whole-pixel regions only. So the path comes first: the
visible region moves by whole *units* per frame, and the photo is scaled once, unevenly if need be, onto a grid in which
a unit is a whole number of pixels. Every frame's region is then exact, in luma and in chroma.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.studio.film.model import Motion

_PER_FRAME = 0.00085  # of the picture's width: about 2.5 % in a second
_LEAST, _MOST = 1.04, 1.20


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis of the camera's path over `units`: in step k the region is `[start + k * near, stop - k * far)`."""

    units: int
    start: int
    stop: int
    near: int
    far: int

    def at(self, step: int) -> tuple[int, int]:
        """Both edges of the visible region in a step, in units."""
        return self.start + step * self.near, self.stop - step * self.far


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The camera's path over `steps + 1` frames."""

    x: Axis
    y: Axis
    steps: int
    backwards: bool = False

    def at(self, frame: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """Horizontal and vertical edges of the visible region in a frame, in units."""
        step = min(max(frame, 0), self.steps)
        step = self.steps - step if self.backwards else step
        return self.x.at(step), self.y.at(step)


def zoom_for(frames: int, strength: float = 1.0) -> float:
    """How far to zoom in a shot of so many frames, so that all shots move at one pace."""
    return min(max(1 + _PER_FRAME * frames * strength, _LEAST if strength >= 1 else 1.015), _MOST)


def plan(motion: Motion, frames: int, strength: float = 1.0) -> Path:
    """The path of a named motion over so many frames."""
    steps = max(frames - 1, 1)
    if motion == "still":
        rest = Axis(units=1, start=0, stop=1, near=0, far=0)
        return Path(x=rest, y=rest, steps=steps)
    zoom = zoom_for(frames, strength)
    if motion.startswith("pan-"):
        return _pan(motion, steps, zoom)
    # The region loses two units per step of `units`, so `units / 2` steps would shrink it to nothing.
    units = 2 * round(steps * zoom / (zoom - 1))
    near = {"left": 0, "right": 2}.get(motion.partition("-")[2], 1)
    x = Axis(units=units, start=0, stop=units, near=near, far=2 - near)
    y = Axis(units=units, start=0, stop=units, near=1, far=1)
    return Path(x=x, y=y, steps=steps, backwards=motion.startswith("out"))


def _pan(motion: Motion, steps: int, zoom: float) -> Path:
    seen = round(steps / (zoom - 1))
    moving = Axis(units=seen + steps, start=0, stop=seen, near=1, far=-1)
    # The other axis keeps still, in the middle of what the same enlargement leaves of it.
    margin = steps // 2
    resting = Axis(units=seen + steps, start=margin, stop=margin + seen, near=0, far=0)
    sideways = motion in {"pan-left", "pan-right"}
    return Path(
        x=moving if sideways else resting,
        y=resting if sideways else moving,
        steps=steps,
        backwards=motion in {"pan-left", "pan-up"},
    )


def density(units_seen: int, pixels: int) -> int:
    """Grid pixels per unit, so that a region of so many units has about `pixels` or more to show."""
    return max(1, -(-pixels * 19 // (units_seen * 20)))
