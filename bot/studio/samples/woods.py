"""A forest with light shafts and a park path in autumn."""

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen, Point
from bot.studio.samples.noise import code, colour, fractal, ramp, step
from bot.studio.samples.scenery import dabs, surface

_NEAREST = 3  # the last of the four layers of trees


def light_shafts(canvas: Canvas) -> None:
    """Morning in a wood: trunks fade into green mist, the sun comes through the crowns."""
    sun = (canvas.aspect * 0.62, 0.10)
    canvas.gradient([(0, "#8fb04a"), (0.25, "#d8e08a"), (0.5, "#e9edb0"), (0.66, "#a9c070"), (1, "#2f4a22")])
    canvas.glow(sun, 0.5, "#fff6b8", 0.8)
    blots = canvas.noise((9, 9), octaves=6, gain=0.65)
    canvas.blend(step(0.0, 1.6, blots - (canvas.y - np.float32(0.12)) * 4) * np.float32(0.6), "#6f9a3c")
    layers = (
        (34, 0.0045, 0.60, "#a3ad72"),
        (22, 0.0085, 0.64, "#7d8a55"),
        (12, 0.014, 0.70, "#55603c"),
        (6, 0.025, 0.80, "#2f3526"),
    )
    for number, (count, half, foot, bark) in enumerate(layers):
        _floor(canvas, foot - 0.03, number)
        _trunks(canvas, count, half, foot, bark, number)
        _crowns(canvas, number, count)
        mist = step(-1.2, 1.8, canvas.noise((4, 2), octaves=4)) * np.exp(
            -(((canvas.y - np.float32(foot - 0.06)) / np.float32(0.12)) ** 2)
        )
        canvas.blend(mist * np.float32(0.42 - 0.10 * number), "#e6edae")
        if number in (1, 2):
            _shafts(canvas, sun, 0.80 - 0.12 * number)
    _ferns(canvas)
    _shafts(canvas, sun, 0.52)
    canvas.glow(sun, 0.13, "#fffde0", 0.75)
    canvas.shade(np.float32(1) - np.float32(0.25) * step(0.55, 1.0, canvas.y) + 0 * canvas.x)


def _trunks(canvas: Canvas, count: int, half: float, foot: float, bark: str, number: int) -> None:
    """Columns from the floor out of the picture, shaded round, with grass about their feet."""
    rng, aspect = canvas.rng, canvas.aspect
    places = (np.arange(count) + rng.uniform(-0.3, 0.3, count) + 0.5) * aspect / count
    if number == _NEAREST:  # leave the middle open
        places = np.where(places < aspect * 0.52, places * 0.64, aspect - (aspect - places) * 0.64)
    dark, lit = colour(bark) * np.float32(0.55), np.minimum(1, colour(bark) * np.float32(1.55) + np.float32(0.08))
    curve = np.sin(np.linspace(0.1, 2.5, 11)) ** 1.6
    tones = [code(dark + (lit - dark) * np.float32(t)) for t in curve]
    feet = foot + rng.uniform(-0.015, 0.02, count)

    def grow(pen: Pen) -> None:
        for x, base in zip(places.tolist(), feet.tolist(), strict=True):
            _trunk(pen, rng, (x, base), half * rng.uniform(0.65, 1.25), tones, furrows=30 * max(0, number - 1))

    canvas.draw(grow)
    pick = rng.integers(0, count, count * 260)
    spread = rng.normal(0, half * 2.2, len(pick))
    tufts = np.stack([places[pick] + spread, feet[pick] - 0.002 + np.abs(rng.normal(0, 0.010, len(pick)))], axis=1)
    greens = (
        ("#b7c873", "#cbd886"),
        ("#8fa94e", "#a9be5e"),
        ("#55752c", "#6f8f38", "#466324"),
        ("#243d17", "#35541f", "#48682a"),
    )
    sizes = rng.uniform(0.0015, 0.0038, len(pick)) * (0.6 + 0.35 * number)
    dabs(canvas, tufts.astype(np.float32), sizes.astype(np.float32), greens[number], slim=0.8)


def _trunk(pen: Pen, rng: np.random.Generator, foot: Point, half: float, tones: list[str], furrows: int) -> None:
    steps = np.linspace(0, 1, 14)
    flare = half * (1 + 0.8 * np.exp(-steps * 18)) * (1 - 0.35 * steps)
    middle = foot[0] + rng.normal(0, 0.016) * steps + np.sin(steps * rng.uniform(3, 7)) * half * 0.22
    heights = foot[1] - steps * (foot[1] + 0.05)
    edges = np.linspace(-1, 1, len(tones) + 1)
    for tone, start in zip(tones, edges[:-1], strict=True):
        left = list(zip((middle + start * flare).tolist(), heights.tolist(), strict=True))
        right = list(zip((middle + flare).tolist(), heights.tolist(), strict=True))
        pen.polygon([*left, *reversed(right)], tone)
    for _ in range(furrows):
        at, length, side = rng.uniform(0, 0.95), rng.uniform(0.02, 0.07), rng.uniform(-0.9, 0.9)
        along = np.linspace(at, min(1, at + length), 3)
        across = np.interp(along, steps, middle) + side * np.interp(along, steps, flare) + rng.normal(0, half * 0.03, 3)
        points = list(zip(across.tolist(), np.interp(along, steps, heights).tolist(), strict=True))
        pen.line(points, half * 0.05, tones[max(0, int((side + 1) / 2 * len(tones)) - int(rng.integers(1, 4)))])


def _floor(canvas: Canvas, top: float, number: int) -> None:
    rows = slice(canvas.row(top), canvas.height)
    texture = fractal(canvas.rng, 384, 384, cells=(12, 12), octaves=5, gain=0.72, endless=True)
    moss = surface(canvas, texture, top, 0.8, 0.35, drift=0.21 * number)
    down = (canvas.y[rows] - np.float32(top)) / np.float32(1 - top)
    middle = np.float32(canvas.aspect * 0.52) + np.sin(down * np.float32(3.1)) * np.float32(0.04)
    path = np.exp(-(((canvas.x - middle) / (np.float32(0.05) + down * np.float32(0.20))) ** 2))
    tone = (
        np.float32(0.62 - 0.10 * number) + moss * np.float32(0.10) - down * np.float32(0.26) + path * np.float32(0.20)
    )
    ink = ramp(tone, [(0, "#14240f"), (0.3, "#33521f"), (0.55, "#6c8a35"), (0.8, "#b9c45e"), (1, "#f0ea9c")])
    canvas.blend(step(0, 0.05, canvas.y[rows] - np.float32(top) + moss * np.float32(0.008)), ink, top)


def _crowns(canvas: Canvas, number: int, count: int) -> None:
    """Leaves from above: a loose roof, darker and larger the nearer."""
    rng, aspect = canvas.rng, canvas.aspect
    amount = (5200, 6500, 7500, 7500)[number]
    codes = (
        ("#b4c765", "#c9d578", "#9fba58"),
        ("#8fae45", "#a9c355", "#c3d668", "#77993c"),
        ("#5d8230", "#7ba03c", "#9fbf4c", "#456a28"),
        ("#29451d", "#3b5f25", "#567f2c", "#7aa038", "#1f3617"),
    )[number]
    clusters = rng.random((40 + 10 * number, 2)) * [aspect * 1.1, 0.40 - 0.05 * number]
    clusters[:, 1] -= 0.03
    pick = clusters[rng.integers(0, len(clusters), amount)]
    places = (pick + rng.normal(0, 0.036, (amount, 2)) * [1.4, 0.7]).astype(np.float32)
    if number == 3:
        places = places[(np.abs(places[:, 0] / aspect - 0.52) > 0.14) | (places[:, 1] < 0.03)]
    size = (0.0022 + 0.0008 * number) * rng.uniform(0.6, 1.5, len(places))
    dabs(canvas, places, size.astype(np.float32), codes, slim=1.25)


def _shafts(canvas: Canvas, sun: tuple[float, float], strength: float) -> None:
    angle = np.arctan2(canvas.x - np.float32(sun[0]), canvas.y - np.float32(sun[1] - 0.16))
    line = fractal(canvas.rng, 2, 4096, cells=(2, 34), octaves=4, gain=0.6)[0]
    beams = step(0.0, 1.7, np.interp(angle, np.linspace(-np.pi, np.pi, 4096), line).astype(np.float32))
    distance = np.sqrt((canvas.x - np.float32(sun[0])) ** 2 + (canvas.y - np.float32(sun[1])) ** 2)
    canvas.light(beams * np.exp(-distance * np.float32(1.25)) * step(0.0, 0.12, canvas.y), "#fff3b0", strength)


def _ferns(canvas: Canvas) -> None:
    rng, aspect = canvas.rng, canvas.aspect
    places = np.sort(rng.uniform(0.80, 1.05, 130))

    def grow(pen: Pen) -> None:
        for y in places.tolist():
            x = rng.uniform(-0.05, aspect + 0.05)
            if abs(x / aspect - 0.54) < 0.16 + (y - 0.8) * 0.4:
                continue
            size = 0.04 + (y - 0.8) * 0.24
            shade = rng.random()
            code = "#{:02x}{:02x}{:02x}".format(*(int(v) for v in (30 + 62 * shade, 62 + 70 * shade, 22 + 22 * shade)))
            for lean in np.linspace(-1.15, 1.15, 7) + rng.normal(0, 0.1, 7):
                _frond(pen, x, y, size * rng.uniform(0.7, 1.1), lean, code)

    canvas.draw(grow, (0, 0.68, aspect, 1))


def _frond(pen: Pen, x: float, y: float, size: float, lean: float, code: str) -> None:
    for t in np.linspace(0.08, 1, 15):
        px, py = (
            x + np.sin(lean) * size * t,
            y - np.cos(lean) * size * t + size * 0.45 * t**2 * abs(np.sin(lean)) + size * 0.12 * t**2,
        )
        leaf = size * 0.20 * (1 - t) ** 0.7 + size * 0.015
        for side in (-1, 1):
            ax, ay = np.cos(lean * 0.8) * leaf * side, np.sin(lean * 0.8) * leaf * side + leaf * 0.25
            pen.polygon([(px, py - leaf * 0.16), (px + ax, py + ay), (px, py + leaf * 0.16)], code)
