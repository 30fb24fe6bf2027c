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

_PER_FRAME = 0.0009  # of the picture's width, 2.7 % in a second: a row of the grid for each of the canvas, and no more
_LEAST, _MOST = 1.04, 1.35
_NEAR = 0.25  # of the pace of a pan
_LONGEST = 600  # steps; a longer shot goes the same way more slowly, between them
_SHARP = 0.9  # a region of the grid may have this much less than the canvas


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

    @property
    def steady(self) -> bool:
        """Whether the visible region keeps its length."""
        return self.near + self.far == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The camera's path: `steps` from one end to the other, at an even pace, in so many `frames` after the first.

    It never turns round, and it does not slow down at its ends either: those lie in transitions, in which a picture
    that comes to rest looks as if it stumbled.
    """

    x: Axis
    y: Axis
    steps: int
    frames: int
    backwards: bool = False

    def at(self, step: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """Horizontal and vertical edges of the visible region after so many steps, in units."""
        step = self.steps - step if self.backwards else step
        return self.x.at(step), self.y.at(step)

    def where(self, frame: int) -> tuple[int, float]:
        """The step that a frame is in, and how far it is to the next one, 0 to 1: 0 unless the shot is very long."""
        step, rest = divmod(min(frame, self.frames) * self.steps, self.frames)
        return step, rest / self.frames


def plan(motion: Motion, frames: int, canvas: tuple[int, int], *, centred: bool = False) -> Path:
    """The path of a named motion over so many frames, on a grid about as fine as the canvas.

    `centred` keeps a zoom on the middle of the picture, at the cost of a finer grid; else it may drift upwards, or
    to the left on a tall canvas.
    """
    last = max(frames - 1, 1)
    steps = min(last, _LONGEST)
    if motion == "still":
        x, y = (Axis(units=side, start=0, stop=side, near=0, far=0) for side in canvas)
        return Path(x=x, y=y, steps=steps, frames=last)
    zoom = min(max(1 + _PER_FRAME * steps, _LEAST), _MOST)
    if motion.startswith("pan-"):
        return _pan(motion, steps, last, zoom, canvas)
    side = motion.partition("-")[2]
    centred = centred or canvas[0] == canvas[1]
    return Path(
        x=_zoom(steps, zoom, canvas[0], centred=centred and not side, towards=side),
        y=_zoom(steps, zoom, canvas[1], centred=centred),
        steps=steps,
        frames=last,
        backwards=motion.startswith("out"),
    )


def _zoom(steps: int, zoom: float, pixels: int, *, centred: bool, towards: str = "") -> Axis:
    """Lose some units per step: as few as the canvas's sharpness needs, an even number to stay in the middle."""
    lasting = round(steps * zoom / (zoom - 1))  # steps until nothing would be left
    lost = max(2 if centred else 1, -(-round(pixels * _SHARP * zoom) // lasting))
    lost += lost % 2 if centred else 0
    near = {"left": 0, "right": lost}.get(towards, lost // 2)
    return Axis(units=lasting * lost, start=0, stop=lasting * lost, near=near, far=lost - near)


def _pan(motion: Motion, steps: int, last: int, zoom: float, canvas: tuple[int, int]) -> Path:
    sideways = motion in {"pan-left", "pan-right"}
    along, across = canvas if sideways else canvas[::-1]
    pace = along * (zoom - 1) / steps
    per_step = max(1, round(pace))
    # By whole pixels of the canvas where that is near the pace that is wanted: then nothing is ever resampled.
    seen = along if abs(per_step - pace) <= _NEAR * pace else round(per_step * steps / (zoom - 1))
    zoom = 1 + per_step * steps / seen
    moving = Axis(units=seen + per_step * steps, start=0, stop=seen, near=per_step, far=-per_step)
    # The other axis keeps still, in the middle of what the same enlargement leaves of it.
    margin = round(across * (zoom - 1) / 2)
    resting = Axis(units=across + 2 * margin, start=margin, stop=margin + across, near=0, far=0)
    return Path(
        x=moving if sideways else resting,
        y=resting if sideways else moving,
        steps=steps,
        frames=last,
        backwards=motion in {"pan-left", "pan-up"},
    )


def density(units_seen: int, pixels: int, sharp: float = _SHARP) -> int:
    """Grid pixels per unit, so that a region of so many units has at least `sharp` times `pixels` to show."""
    return max(1, -(-round(pixels * sharp) // units_seen))
