"""Pictures of planted recordings, in grey, small: something that moves all the time, and more so while it matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

HEIGHT, WIDTH = 90, 160
Painter = Callable[[np.random.Generator, int, Sequence[tuple[float, float]], int], np.ndarray]


def _pace(count: int, lively: Sequence[tuple[float, float]], fps: int, factor: float) -> np.ndarray:
    """How far along the movement is at every picture; `factor` times as fast within what is lively."""
    at = np.arange(count) / fps
    pace = np.ones(count)
    for start, stop in lively:
        pace[(at >= start) & (at < stop)] = factor
    return np.cumsum(pace)


def _soft(rng: np.random.Generator, rows: int, columns: int, height: int, width: int) -> np.ndarray:
    coarse = rng.uniform(40, 210, (rows, columns))
    y, x = np.linspace(0, rows - 1, height), np.linspace(0, columns - 1, width)
    wide = np.stack([np.interp(x, np.arange(columns), row) for row in coarse])
    return np.stack([np.interp(y, np.arange(rows), column) for column in wide.T], axis=1)


def discs(rng: np.random.Generator, count: int, lively: Sequence[tuple[float, float]], fps: int) -> np.ndarray:
    """Tuning: discs over a soft ground; another ground after every half minute."""
    along = _pace(count, lively, fps, 6.0)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    frames = np.empty((count, HEIGHT, WIDTH), np.uint8)
    for number in range(count):
        if number % (30 * fps) == 0:
            ground = _soft(rng, 4, 6, HEIGHT, WIDTH) + rng.normal(0, 4, (HEIGHT, WIDTH))
            places, ways = rng.uniform(0, 160, (5, 2)), rng.normal(0, 0.6, (5, 2))
        frame = ground.copy()
        for (top, left), (down, right) in zip(places, ways, strict=True):
            far = (y - (top + down * along[number]) % HEIGHT) ** 2 + (x - (left + right * along[number]) % WIDTH) ** 2
            frame[far < 120] = 235
        frames[number] = np.clip(frame, 0, 255)
    return frames


def bars(rng: np.random.Generator, count: int, lively: Sequence[tuple[float, float]], fps: int) -> np.ndarray:
    """Measuring: a camera that pans over stripes and blocks, faster while it matters."""
    along = _pace(count, lively, fps, 5.0) * 0.7
    wide = (rng.uniform(0, 1, (HEIGHT // 5 + 1, 200)) > 0.5).repeat(5, 0).repeat(4, 1)[:HEIGHT] * 120.0 + 60
    wide += 30 * np.sin(np.arange(wide.shape[1]) / 9)
    frames = np.empty((count, HEIGHT, WIDTH), np.uint8)
    for number in range(count):
        left = int(along[number]) % (wide.shape[1] - WIDTH)
        frames[number] = np.clip(wide[:, left : left + WIDTH], 0, 255)
    return frames


def grain(rng: np.random.Generator, count: int, lively: Sequence[tuple[float, float]], fps: int) -> np.ndarray:
    """Measuring: a still camera that shakes, with the grain of a dark hall."""
    along = _pace(count, lively, fps, 4.0)
    ground = _soft(rng, 9, 14, HEIGHT + 20, WIDTH + 20)
    frames = np.empty((count, HEIGHT, WIDTH), np.uint8)
    for number in range(count):
        top, left = (int(10 + 6 * np.sin(along[number] / pace)) for pace in (3.1, 4.3))
        frame = ground[top : top + HEIGHT, left : left + WIDTH] + rng.normal(0, 2.5, (HEIGHT, WIDTH))
        frames[number] = np.clip(frame, 0, 255)
    return frames
