"""The camera moves exactly: measured on drawn frames, before any encoder, against the path itself."""

from __future__ import annotations

import numpy as np
import pytest

from bot.codec.planes import Planes
from bot.studio.film import motion
from bot.studio.film.model import Motion
from bot.studio.film.photos import MovingPhoto, on_grid

CANVAS = (320, 180)
SPOT = (0.62, 0.41)  # where the bright spot lies in the picture, as shares of its width and height


def spot_picture(size: tuple[int, int] = (640, 360)) -> Planes:
    """A grey picture with one soft bright spot, in luma and in both chroma planes."""

    def plane(width: int, height: int) -> np.ndarray:
        x = (np.arange(width) + 0.5) / width - SPOT[0]
        y = (np.arange(height) + 0.5) / height - SPOT[1]
        wide = 0.03
        spot = np.exp(-((x[None, :] / wide) ** 2) - (y[:, None] * size[1] / size[0] / wide) ** 2)
        return (40 + 180 * spot).round().astype(np.uint8)

    return Planes(y=plane(*size), u=plane(size[0] // 2, size[1] // 2), v=plane(size[0] // 2, size[1] // 2))


def centre(plane: np.ndarray) -> tuple[float, float]:
    """Centre of mass of the spot, as shares of the plane's width and height."""
    weight = np.clip(plane.astype(float) - 60, 0, None)
    y, x = np.mgrid[0 : plane.shape[0], 0 : plane.shape[1]] + 0.5
    return float((weight * x).sum() / weight.sum() / plane.shape[1]), float(
        (weight * y).sum() / weight.sum() / plane.shape[0]
    )


def blank() -> Planes:
    return Planes(y=np.zeros((180, 320), np.uint8), u=np.zeros((90, 160), np.uint8), v=np.zeros((90, 160), np.uint8))


def errors(moving: MovingPhoto, frames: int) -> np.ndarray:
    """How far the drawn spot is from where the path says it is, in luma pixels: (frame, plane, axis)."""
    found = []
    for frame in range(0, frames, 4):
        out = blank()
        moving.draw(frame, out)
        (left, right), (top, bottom) = moving.path.at(frame)
        expected = (
            (SPOT[0] * moving.path.x.units - left) / (right - left),
            (SPOT[1] * moving.path.y.units - top) / (bottom - top),
        )
        found.append(
            [
                [(got - want) * side for got, want, side in zip(centre(plane), expected, CANVAS, strict=True)]
                for plane in out.all
            ]
        )
    return np.array(found)


MOTIONS: list[Motion] = [
    "in",
    "out",
    "in-left",
    "in-right",
    "out-left",
    "out-right",
    "pan-left",
    "pan-right",
    "pan-up",
    "pan-down",
]


@pytest.mark.parametrize("name", MOTIONS)
def test_motion_is_exact_below_a_pixel(name: Motion) -> None:
    moving = on_grid(spot_picture(), motion.plan(name, 90, CANVAS), CANVAS)
    error = errors(moving, 90)
    assert np.abs(error).max() < 0.06, "no plane is off, not by half a row of its grid either"
    assert error.std(axis=0).max() < 0.02, "no jitter"


def test_a_long_shot_goes_one_way_between_the_steps() -> None:
    frames = 1500
    moving = on_grid(spot_picture(), motion.plan("in-right", frames, CANVAS), CANVAS)
    seen = []
    for frame in range(0, frames, 50):
        out = blank()
        moving.draw(frame, out)
        seen.append(centre(out.y)[0] * CANVAS[0])
    pace = np.diff(seen)
    assert np.all(pace < 0) or np.all(pace > 0), "it never turns round"
    assert np.abs(np.diff(pace)).max() < 0.2 * np.abs(pace).mean()


@pytest.mark.parametrize(("name", "canvas"), [("pan-right", (1280, 720)), ("pan-up", (1920, 1080))])
def test_pans_by_whole_pixels_resample_nothing(name: Motion, canvas: tuple[int, int]) -> None:
    """Each frame is the one before, moved: bit for bit in luma, and every second one so in chroma."""
    path = motion.plan(name, 60, canvas)
    rng = np.random.default_rng(3)
    luma, chroma = (rng.integers(30, 220, (side[1], side[0]), np.uint8) for side in ((640, 360), (320, 180)))
    moving = on_grid(Planes(y=luma, u=chroma, v=chroma), path, canvas)
    (by_x, by_y) = (after[0] - before[0] for before, after in zip(path.at(10), path.at(12), strict=True))
    seen = []
    for frame in (10, 12):
        half = (canvas[1] // 2, canvas[0] // 2)
        blank = (np.zeros(side, np.uint8) for side in (canvas[::-1], half, half))
        out = Planes(**dict(zip("yuv", blank, strict=True)))
        moving.draw(frame, out)
        seen.append(out)
    for before, after, by in zip(seen[0].all, seen[1].all, (1, 2, 2), strict=True):
        x, y = by_x // by, by_y // by
        height, width = before.shape
        assert (x, y) != (0, 0)
        kept = before[max(y, 0) : height + min(y, 0), max(x, 0) : width + min(x, 0)]
        same = after[max(-y, 0) : height + min(-y, 0), max(-x, 0) : width + min(-x, 0)]
        assert np.array_equal(kept, same)


def test_half_a_row_would_be_noticed() -> None:
    """The measurement above is sharp enough: the same grid, shifted by half a row, fails it."""
    path = motion.plan("in", 90, CANVAS)
    picture = spot_picture()
    shifted = spot_picture()
    rows = path.y.units
    offset = 0.5 * 360 / rows
    y = np.arange(360) + offset
    low = np.clip(np.floor(y).astype(int), 0, 358)
    part = (y - low)[:, None]
    plane = (picture.y[low] * (1 - part) + picture.y[low + 1] * part).round().astype(np.uint8)
    moving = on_grid(Planes(y=plane, u=shifted.u, v=shifted.v), path, CANVAS)
    assert np.abs(errors(moving, 90)[:, 0, 1]).max() > 0.06


@pytest.mark.parametrize("canvas", [(1920, 1080), (1080, 1920), (1080, 1080)])
@pytest.mark.parametrize("frames", [2, 7, 45, 105, 900, 27_000])
def test_paths_stay_on_a_grid_of_bounded_size(frames: int, canvas: tuple[int, int]) -> None:
    for name in MOTIONS:
        for centred in (False, True):
            path = motion.plan(name, frames, canvas, centred=centred)
            for axis, side in ((path.x, canvas[0]), (path.y, canvas[1])):
                ends = [axis.at(0), axis.at(path.steps)]
                for low, high in ends:
                    assert 0 <= low < high <= axis.units
                seen = min(high - low for low, high in ends)
                assert seen * motion.density(seen, side) >= 0.85 * side
                assert axis.units * motion.density(seen, side) <= 5.2 * side
            steps = {path.at(k)[0][0] - path.at(k - 1)[0][0] for k in range(1, min(frames, path.steps))}
            assert len(steps) <= 1, "an even pace"


def test_zooms_keep_the_picture_s_proportions() -> None:
    for name in MOTIONS:
        path = motion.plan(name, 105, (1920, 1080))
        for frame in (0, 52, 104):
            (left, right), (top, bottom) = path.at(frame)
            assert (right - left) / path.x.units == pytest.approx((bottom - top) / path.y.units, abs=0.002)


def test_directions() -> None:
    start, end = (motion.plan("pan-right", 90, CANVAS).at(frame)[0][0] for frame in (0, 89))
    assert end > start
    narrow = motion.plan("in", 90, CANVAS)
    (left, right), _ = narrow.at(89)
    assert right - left < narrow.x.units
    assert motion.plan("out", 90, CANVAS).at(0) == narrow.at(89)
    assert motion.plan("in-left", 90, CANVAS).at(89)[0][0] == 0
    full = motion.plan("in-left", 90, (1920, 1080))
    assert full.at(89)[0][0] == 0, "also where several units are lost per frame"
    assert motion.plan("in-right", 90, CANVAS).at(89)[0][1] == motion.plan("in-right", 90, CANVAS).x.units
