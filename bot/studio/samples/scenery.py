"""What several scenes have in common: ridges, conifers, clouds, stars, and surfaces that run to the horizon."""

import math
from collections.abc import Sequence

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen, Point
from bot.studio.samples.noise import Field, fractal, ramp, resized, sampled, step


def below(canvas: Canvas, line: Field, top: float = 0, bottom: float = 1) -> Field:
    """1 under a line of heights (one a column), 0 above it, smooth over one pixel."""
    rows = slice(canvas.row(top), canvas.row(bottom))
    cover = (canvas.y[rows] - line[None, :]) * np.float32(canvas.height) + np.float32(0.5)
    return np.asarray(np.clip(cover, 0, 1), dtype=np.float32)


def ridge(canvas: Canvas, line: Field, crest: str, foot: str, depth: float, roughness: float = 0.02) -> None:
    """A mountain side under the line: `crest` at its edge, dissolving into `foot` (the mist) `depth` further down."""
    top = max(0.0, float(line.min()) - 0.01)
    rows = slice(canvas.row(top), canvas.height)
    coarse = resized(resized(line[None, :], 1, 12), 1, line.size)  # the mist does not follow every notch
    sinking: Field = np.clip((canvas.y[rows] - (coarse + line) * np.float32(0.5)) / np.float32(depth), 0, 1).astype(
        np.float32
    )
    ink = ramp(sinking, [(0, crest), (1, foot)])
    height = ink.shape[0]
    grain = fractal(canvas.rng, height, canvas.width, cells=(6, 14 * canvas.aspect), octaves=5, gain=0.65)
    ink += (grain * (1 - sinking) * np.float32(roughness))[..., None]
    canvas.blend(below(canvas, line, top), ink, top)


def conifer(pen: Pen, rng: np.random.Generator, foot: Point, height: float, code: str) -> None:
    """A fir: a slim outline with uneven tiers."""
    x, y = foot
    tiers = max(5, int(height * 90))
    width = height * rng.uniform(0.15, 0.21)
    left: list[Point] = []
    right: list[Point] = []
    for tier in range(1, tiers + 1):
        down = y - height + height * 0.97 * tier / tiers
        reach = width * (tier / tiers) ** 0.85
        for side, sign in ((left, -1), (right, 1)):
            out = reach * rng.uniform(0.75, 1.15)
            side.append((x + sign * out, down))
            side.append((x + sign * out * 0.45, down - height / tiers * 0.25))
    pen.polygon([(x, y - height), *right, (x, y), *reversed(left)], code)


def firs(canvas: Canvas, line: Field, code: str, *, count: int, size: tuple[float, float], sunk: float = 0.004) -> None:
    """A row of firs whose feet stand on the line."""
    rng = canvas.rng
    places = np.sort(rng.uniform(-0.02, canvas.aspect + 0.02, count))
    clumps = np.interp(places, np.linspace(0, canvas.aspect, 24), rng.uniform(0.35, 1, 24))
    top = max(0.0, float(line.min()) - size[1] - 0.01)

    def plant(pen: Pen) -> None:
        for x, clump in zip(places, clumps, strict=True):
            column = min(canvas.width - 1, max(0, int(x * canvas.height)))
            height = rng.uniform(*size) * clump
            conifer(pen, rng, (float(x), float(line[column]) + sunk), height, code)

    canvas.draw(plant, (0, top, canvas.aspect, min(1.0, float(line.max()) + 0.02)))


def surface(canvas: Canvas, texture: Field, horizon: float, across: float, down: float, drift: float = 0) -> Field:
    """The texture laid on a plain that ends at the horizon: rows from the horizon to the bottom.

    `across` and `down` are how many textures fit a picture height at the lower edge, sideways and into the depth.
    What would be finer than a pixel near the horizon is faded out instead of flickering.
    """
    y = canvas.y[canvas.row(horizon) :]
    depth = np.float32(1 - horizon) / np.maximum(y - np.float32(horizon), np.float32(0.4 / canvas.height))
    centre = np.float32(canvas.aspect / 2)
    field = sampled(
        texture, depth * np.float32(down), (canvas.x - centre) * depth * np.float32(across) + np.float32(drift)
    )
    return np.asarray(field * np.minimum(1, np.float32(14) / depth), dtype=np.float32)


def cumulus(
    canvas: Canvas,
    top: float,
    bottom: float,
    *,
    lit: str,
    dark: str,
    cover: float,
    cells: tuple[float, float],
    soft: float = 1.1,
) -> None:
    """Heaped clouds between two heights, lit from above; `cover` runs from 0 (few) to 1 (most of the band)."""
    rows = slice(canvas.row(top), canvas.row(bottom))
    height = rows.stop - rows.start
    field = fractal(canvas.rng, height, canvas.width, cells=(cells[0], cells[1] * canvas.aspect), octaves=8, gain=0.55)
    place = (canvas.y[rows] - np.float32(top)) / np.float32(bottom - top)
    arch = np.sin(np.pi * np.clip(place, 0, 1))
    density = field + np.float32(2.6 * cover - 1.0) - (1 - arch) * np.float32(1.9)
    mask = step(0, soft, density) * np.minimum(1, arch * 3)
    shift = max(2, height // 22)
    above = np.concatenate([field[:1].repeat(shift, axis=0), field[:-shift]])
    relief = step(-0.9, 0.9, field - above + np.float32(0.25) - np.maximum(density, 0) * np.float32(0.25))
    canvas.blend(mask * np.float32(0.96), ramp(relief, [(0, dark), (1, lit)]), top, bottom)


def streaks(
    canvas: Canvas, top: float, bottom: float, code: str, strength: float, cells: tuple[float, float] = (9, 1.6)
) -> None:
    """Thin high clouds drawn out sideways."""
    rows = slice(canvas.row(top), canvas.row(bottom))
    height = rows.stop - rows.start
    field = fractal(canvas.rng, height, canvas.width, cells=(cells[0], cells[1] * canvas.aspect), octaves=7, gain=0.6)
    place = np.clip((canvas.y[rows] - np.float32(top)) / np.float32(bottom - top), 0, 1)
    canvas.blend(step(0.1, 2.2, field) * np.sin(np.pi * place) * np.float32(strength), code, top, bottom)


def stars(canvas: Canvas, places: list[Point], brightness: Field) -> None:
    """Points of light finer than a pixel; the brightest get a small soft disc."""
    for (x, y), power in zip(places, brightness, strict=True):
        column, row = x * canvas.height, y * canvas.height
        reach = 1 if power < 0.8 else 3
        left, top = math.floor(column) - reach, math.floor(row) - reach
        right, bottom = left + 2 * reach + 1, top + 2 * reach + 1
        if left < 0 or top < 0 or right > canvas.width or bottom > canvas.height:
            continue
        gx = (np.arange(left, right) + 0.5 - column) ** 2
        gy = (np.arange(top, bottom) + 0.5 - row) ** 2
        sharp = 0.55 if power < 0.8 else 1.6
        spot = (np.exp(-(gy[:, None] + gx[None, :]) / sharp) * power).astype(np.float32)
        region = canvas.rgb[top:bottom, left:right]
        region += spot[..., None] * (1 - region)


def dabs(
    canvas: Canvas,
    places: Field,
    sizes: Field,
    codes: Sequence[str],
    *,
    slim: float = 1,
    opacity: float = 1,
) -> None:
    """Strokes of a brush, the first lowest: `places` (n, 2), radii `sizes` (n,), a random one of the colours each.

    `slim` below 1 makes them higher than wide, above 1 wider than high.
    """
    inks = canvas.rng.integers(0, len(codes), len(places))

    def strew(pen: Pen) -> None:
        for (x, y), size, ink in zip(places.tolist(), sizes.tolist(), inks.tolist(), strict=True):
            pen.oval((x, y), size * slim, size, codes[ink])

    reach = float(sizes.max()) * max(1.0, slim)
    box = (
        max(0.0, float(places[:, 0].min()) - reach),
        max(0.0, float(places[:, 1].min()) - reach),
        min(canvas.aspect, float(places[:, 0].max()) + reach),
        min(1.0, float(places[:, 1].max()) + reach),
    )
    canvas.draw(strew, box, opacity=opacity)
