"""Random textures: the raw stuff of clouds, rock, waves and leaves."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field: TypeAlias = NDArray[np.float32]
"""One float32 value a pixel, (rows, columns), unless a shape is named."""

_RAMP = 4096  # steps of a gradient: far finer than what eight bits show


def resized(field: Field, rows: int, columns: int, how: Image.Resampling = Image.Resampling.BICUBIC) -> Field:
    """The field at another size, interpolated."""
    return np.asarray(Image.fromarray(field).resize((columns, rows), how), dtype=np.float32)


def fractal(
    rng: np.random.Generator,
    rows: int,
    columns: int,
    *,
    cells: tuple[float, float],
    octaves: int = 5,
    gain: float = 0.5,
    endless: bool = False,
) -> Field:
    """Value noise of (rows, columns), mean 0 and deviation 1; `cells` down and across make the coarsest octave.

    Each octave is added at the smallest size that holds it, so the whole costs little more than the finest.
    `endless` makes opposite edges meet.
    """
    total: Field = np.zeros((2, 2), dtype=np.float32)
    for octave in range(octaves):
        down, across = (max(2, round(cell * 2**octave)) for cell in cells)
        if down > rows and across > columns:
            break
        size = min(rows, down * 4), min(columns, across * 4)
        grid = rng.standard_normal((min(down, rows), min(across, columns)), dtype=np.float32)
        total = _grown(total, *size, endless) + _grown(grid, *size, endless) * np.float32(gain**octave)
    total = _grown(total, rows, columns, endless)
    return np.asarray((total - total.mean()) / max(float(total.std()), 1e-6), dtype=np.float32)


def _grown(field: Field, rows: int, columns: int, endless: bool) -> Field:
    if field.shape == (rows, columns):
        return field
    if not endless:
        return resized(field, rows, columns)
    down, across = field.shape
    padded = Image.fromarray(np.pad(field, 2, mode="wrap"))
    inside = (2, 2, across + 2, down + 2)
    return np.asarray(padded.resize((columns, rows), Image.Resampling.BICUBIC, inside), dtype=np.float32)


def profile(rng: np.random.Generator, count: int, *, cells: float, octaves: int = 6, gain: float = 0.5) -> Field:
    """A line of `count` heights, mean 0 and deviation 1: the edge of a ridge."""
    line: Field = fractal(rng, 2, count, cells=(2, cells), octaves=octaves, gain=gain)[0]
    return line


def peaks(rng: np.random.Generator, count: int, *, cells: float, octaves: int = 7, gain: float = 0.5) -> Field:
    """Like `profile`, but with pointed tops and wide valleys, between 0 and 1: alpine."""
    total = np.zeros(count, dtype=np.float32)
    for octave in range(octaves):
        steps = max(2, round(cells * 2**octave))
        if steps > count:
            break
        points = rng.random(steps + 1, dtype=np.float32)
        line = np.interp(np.linspace(0, steps, count), np.arange(steps + 1), points).astype(np.float32)
        total += (1 - np.abs(2 * line - 1)) * np.float32(gain**octave)
    low, high = total.min(), total.max()
    return np.asarray((total - low) / (high - low), dtype=np.float32)


def step(low: float, high: float, field: Field) -> Field:
    """Smooth step from 0 at `low` to 1 at `high` (either may be the greater)."""
    t = np.clip((field - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def sampled(texture: Field, down: Field, across: Field) -> Field:
    """The texture, repeated without end and read between its points at the given coordinates (1 = one texture)."""
    rows, columns = texture.shape
    v, u = np.broadcast_arrays(down * rows, across * columns)
    top, left = np.floor(v).astype(np.int32), np.floor(u).astype(np.int32)
    fv, fu = v - top, u - left
    top %= rows
    left %= columns
    bottom, right = (top + 1) % rows, (left + 1) % columns
    upper = texture[top, left] * (1 - fu) + texture[top, right] * fu
    lower = texture[bottom, left] * (1 - fu) + texture[bottom, right] * fu
    return np.asarray(upper * (1 - fv) + lower * fv, dtype=np.float32)


def colour(code: str) -> Field:
    """`#rrggbb` as three values between 0 and 1."""
    return np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)], dtype=np.float32)


def code(values: Field) -> str:
    """The reverse of `colour`; what is out of range is clipped."""
    return "#" + "".join(f"{int(np.clip(value, 0, 1) * 255):02x}" for value in values)


def ramp(position: Field, stops: Sequence[tuple[float, str]]) -> Field:
    """Colours along a gradient, flat beyond its ends: the shape of `position` with a last axis of three."""
    places = np.array([place for place, _ in stops])
    codes = np.stack([colour(code) for _, code in stops])
    start, end = places[0], places[-1]
    fine = np.linspace(start, end, _RAMP)
    table = np.stack([np.interp(fine, places, codes[:, i]) for i in range(3)], axis=-1).astype(np.float32)
    index = (position - np.float32(start)) * np.float32((_RAMP - 1) / (end - start))
    colours: Field = table[np.clip(index, 0, _RAMP - 1).astype(np.intp)]
    return colours
