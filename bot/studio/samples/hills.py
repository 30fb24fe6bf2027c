"""Mountains in the mist, lavender rows, dunes."""

from functools import partial

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen, Point
from bot.studio.samples.noise import Field, fractal, peaks, profile, ramp, step
from bot.studio.samples.scenery import below, cumulus, dabs, firs, ridge, streaks, surface


def misty_mountains(canvas: Canvas) -> None:
    """Dawn: ranges stacked in mist, each a shade nearer, firs in front."""
    sun = (canvas.aspect * 0.64, 0.40)
    canvas.gradient([(0, "#4a628f"), (0.2, "#8d93b8"), (0.34, "#e6b8ae"), (0.44, "#ffdcae"), (0.6, "#fff0cf")])
    canvas.glow(sun, 0.42, "#ff9d5c", 0.55)
    canvas.glow(sun, 0.13, "#ffe9b8", 0.9)
    streaks(canvas, 0.02, 0.36, "#ffd9c8", 0.55)
    canvas.draw(lambda pen: pen.oval(sun, 0.031, 0.031, "#fffdf0"))
    canvas.glow(sun, 0.05, "#fff6d8", 0.8)
    layers = (
        (0.47, 0.17, 3.0, "#b9a3b4", "#f7d3bb"),
        (0.53, 0.15, 3.6, "#8f89a8", "#f3cdb8"),
        (0.60, 0.12, 3.2, "#6c7198", "#dfbdb6"),
        (0.68, 0.11, 3.8, "#485680", "#b9a3b0"),
        (0.77, 0.10, 3.4, "#2d3f66", "#8a86a2"),
    )
    for number, (base, rise, cells, crest, foot) in enumerate(layers):
        heights = peaks(canvas.rng, canvas.width, cells=cells * canvas.aspect, gain=0.46)
        line = (base - rise * (heights - np.float32(0.35))).astype(np.float32)
        if number >= 3:
            trees = (0.006, 0.018) if number == 3 else (0.014, 0.036)
            firs(canvas, line, crest, count=round(420 * canvas.aspect / (number - 2)), size=trees)
        ridge(canvas, line, crest, foot, 0.16 + 0.02 * number, 0.012 + 0.004 * number)
        mist = canvas.noise((5, 1.4), octaves=5)
        band = np.exp(-(((canvas.y - np.float32(base + 0.12)) / np.float32(0.05)) ** 2))
        canvas.blend(step(-0.8, 1.8, mist) * band * np.float32(0.62), foot)
    ground = (np.float32(0.93) - profile(canvas.rng, canvas.width, cells=2, octaves=4) * np.float32(0.022)).astype(
        np.float32
    )
    firs(canvas, ground, "#16233f", count=round(60 * canvas.aspect), size=(0.06, 0.17), sunk=0.03)
    ridge(canvas, ground, "#131e37", "#0b1426", 0.07)
    canvas.glow((sun[0], 0.55), 0.5, "#ff9a5a", 0.16, squash=1.6)


def lavender(canvas: Canvas) -> None:
    """Late afternoon: rows of lavender run to a farmhouse under gold clouds."""
    horizon, vanish = 0.42, canvas.aspect * 0.57
    canvas.gradient([(0, "#5b8fc7"), (0.2, "#a9c3d8"), (0.34, "#ffe3b0"), (0.44, "#ffd28c")], 0, 0.5)
    canvas.glow((canvas.aspect * 0.16, 0.33), 0.5, "#ffc56b", 0.8)
    cumulus(canvas, -0.02, 0.34, lit="#fff3dc", dark="#c99fa6", cover=0.46, cells=(2.2, 1.7))
    for base, rise, crest, foot in (
        (0.37, 0.03, "#93a0c4", "#c9b9c2"),
        (0.405, 0.03, "#6f86a0", "#b3ac9c"),
        (0.43, 0.018, "#57795f", "#93a05c"),
    ):
        heights = profile(canvas.rng, canvas.width, cells=1.6 * canvas.aspect, octaves=6, gain=0.42)
        ridge(canvas, (np.float32(base) - heights * np.float32(rise)).astype(np.float32), crest, foot, 0.06, 0.015)
    _rows(canvas, horizon + 0.02, vanish)
    canvas.draw(lambda pen: _farm(pen, canvas.aspect * 0.70, horizon + 0.022, 0.10))
    for x, size in ((0.665, 0.09), (0.785, 0.14), (0.815, 0.10), (0.33, 0.05), (0.355, 0.065)):
        _round_tree(canvas, x * canvas.aspect, horizon + 0.026, size)
    canvas.glow((canvas.aspect * 0.16, 0.36), 0.75, "#ffb75a", 0.34, squash=1.3)


def _rows(canvas: Canvas, horizon: float, vanish: float) -> None:
    """The field below the horizon: bushes in lanes that meet at the vanishing point, earth between them."""
    rng, y = canvas.rng, canvas.y[canvas.row(horizon) :]
    away = np.maximum(y - np.float32(horizon), np.float32(0.5 / canvas.height))
    depth = np.float32(1 - horizon) / away
    texture = fractal(rng, 512, 512, cells=(30, 30), octaves=4, gain=0.7, endless=True)
    rough = surface(canvas, texture, horizon, 1.4, 0.5)
    spikes = fractal(rng, y.shape[0], canvas.width, cells=(150, 260 * canvas.aspect), octaves=3, gain=0.9)
    rough += spikes * np.float32(0.55) / np.maximum(1, depth * np.float32(0.22))
    lane = (canvas.x - np.float32(vanish)) * depth * np.float32(3.3)
    # Where lanes are finer than the pixels can show they melt into one colour: no moiré.
    clear = step(0.34, 0.10, np.abs(lane) / (away * canvas.height)) * step(
        0.30, 0.10, depth * np.float32(3.3 / canvas.height)
    )
    bush = np.cos(2 * np.pi * lane + rough * np.float32(0.35)) * clear
    flowers = step(-0.55, 0.1, bush + rough * np.float32(0.15) - (1 - clear) * np.float32(0.12))
    side = np.sin(2 * np.pi * lane) * np.float32(0.18) * clear
    tone = bush * np.float32(0.20) + np.float32(0.42) - side + rough * np.float32(0.10)
    plant = ramp(tone, [(0, "#2f1e4f"), (0.35, "#5a3b97"), (0.65, "#8f66cf"), (1, "#d9b1f2")])
    earth = ramp(rough * np.float32(0.16) + np.float32(0.4) + side, [(0, "#34321f"), (0.5, "#6a6434"), (1, "#b9a85a")])
    field = earth + (plant - earth) * flowers[..., None]
    haze = 1 - 1 / (depth * np.float32(0.07) + 1)
    field += (ramp(haze, [(0, "#c59ad0"), (1, "#dcb6b6")]) - field) * (haze * np.float32(0.8))[..., None]
    canvas.rgb[canvas.row(horizon) :] = field


def _farm(pen: Pen, x: float, foot: float, size: float) -> None:
    pen.box((x, foot - size * 0.42, x + size * 0.95, foot), "#e9cfa4")
    pen.box((x + size * 0.6, foot - size * 0.42, x + size * 0.95, foot), "#c7a17e")
    pen.polygon(
        [
            (x - size * 0.05, foot - size * 0.4),
            (x + size * 0.12, foot - size * 0.68),
            (x + size * 0.85, foot - size * 0.68),
            (x + size, foot - size * 0.4),
        ],
        "#b5603f",
    )
    pen.box((x + size * 0.7, foot - size * 0.82, x + size * 0.78, foot - size * 0.6), "#c79873")
    for left in (0.1, 0.28, 0.46, 0.72):
        pen.box((x + size * left, foot - size * 0.3, x + size * (left + 0.07), foot - size * 0.16), "#5b6f8a")


def _round_tree(canvas: Canvas, x: float, foot: float, size: float) -> None:
    canvas.draw(lambda pen: pen.box((x - size * 0.04, foot - size * 0.5, x + size * 0.04, foot), "#4b3a2c"))
    angle, reach = canvas.rng.uniform(0, 2 * np.pi, 700), np.sqrt(canvas.rng.random(700))
    dx, dy = np.cos(angle) * reach * size * 0.36, np.sin(angle) * reach * size * 0.44
    order = np.argsort(dx + 1.2 * dy)[::-1]
    places = np.stack([x + dx, foot - size * 0.68 + dy], axis=1)[order].astype(np.float32)
    for part, codes in zip(
        np.array_split(places, 3), (("#2f4a35", "#36523a"), ("#486740", "#527344"), ("#7f9148", "#a3a552")), strict=True
    ):
        dabs(canvas, part, canvas.rng.uniform(size * 0.02, size * 0.05, len(part)).astype(np.float32), codes)


def dunes(canvas: Canvas) -> None:
    """Low sun on sand: sharp crests, long shadows, wind ripples."""
    canvas.gradient([(0, "#2c6ea8"), (0.25, "#7fb0cf"), (0.42, "#f3dcb8"), (0.5, "#f7c98f")], 0, 0.6)
    canvas.glow((canvas.aspect * 0.1, 0.44), 0.5, "#ffdb9a", 0.6, squash=2.2)
    streaks(canvas, 0.02, 0.3, "#ffffff", 0.5)
    layers = (
        (0.47, 0.05, 0.70, "#e7b183", "#c98d74"),
        (0.53, 0.08, 0.30, "#eaa566", "#b06a55"),
        (0.64, 0.15, 0.66, "#ee9c4e", "#94483c"),
        (0.84, 0.17, 0.24, "#e98a3a", "#6f2f2e"),
    )
    for number, (base, rise, peak, lit, dark) in enumerate(layers):
        line = _dune(canvas, base, rise, peak * canvas.aspect, lit, dark, number)
        if number == 2:
            crest = [(x, float(line[int(x * canvas.height)])) for x in np.linspace(0.36, 0.60, 60) * canvas.aspect]
            canvas.draw(partial(_hikers, crest=crest))
    canvas.glow((canvas.aspect * 0.1, 0.52), 0.8, "#ffb060", 0.22, squash=2.6)


def _dune(canvas: Canvas, base: float, rise: float, peak: float, lit: str, dark: str, number: int) -> Field:
    """One dune with its sunny and its shadowed side, the higher `number` the nearer; its crest line comes back."""
    rng = canvas.rng
    away = (canvas.x[0] - np.float32(peak)) / np.float32(0.42 + 0.1 * number)
    hump = np.exp(-(np.abs(away) ** np.float32(1.5)))
    hump += profile(rng, canvas.width, cells=1.2, octaves=3, gain=0.35) * np.float32(0.16)
    line: Field = (np.float32(base) - np.float32(rise) * hump).astype(np.float32)
    top = max(0.0, float(line.min()) - 0.01)
    y = canvas.y[canvas.row(top) :]
    down = np.maximum(y - line.min(), 0)
    edge = np.float32(peak) + down * np.float32(0.25)  # where light and shadow meet: an S from the peak
    edge += np.sin(down * np.float32(7 + number)) * np.float32(0.09) * (1 + down * 2)
    beyond = canvas.x - edge
    shadow = step(-0.004, 0.006, beyond) * step(1.05, 0.33, beyond)
    deep = np.clip((y - line[None, :]) / np.float32(0.42), 0, 1)
    warp = fractal(rng, y.shape[0], canvas.width, cells=(3, 3 * canvas.aspect), octaves=3) * np.float32(3.8)
    ripples = np.sin(y * (620 - 110 * number) / (1 + deep * 2) + warp + canvas.x * 46) * np.float32(0.028)
    sand = fractal(rng, y.shape[0], canvas.width, cells=(200, 200 * canvas.aspect), octaves=2) * np.float32(0.012)
    bright = ramp(deep, [(0, lit), (1, dark)]) * (1 - deep[..., None] * np.float32(0.1))
    bright += (ripples * np.float32(0.35 + 0.25 * number) + sand)[..., None]
    gloom = ramp(deep, [(0, dark), (1, "#3f1f2a")]) + (ripples * np.float32(0.25) + sand)[..., None]
    canvas.blend(below(canvas, line, top), bright + (gloom - bright) * shadow[..., None], top)
    return line


def _hikers(pen: Pen, crest: list[Point]) -> None:
    """Three people in single file along the crest, their steps behind them."""
    for number, (x, y) in enumerate(crest[:-12]):
        pen.oval((x, y + 0.004 + 0.0015 * (number % 2)), 0.0022, 0.0010, "#8a4a30")
    for place, coat, tall in ((-14, "#2c4f78", 0.034), (-9, "#b3322c", 0.037), (-2, "#2f5d50", 0.036)):
        x, y = crest[place]
        y += 0.004
        for stride in (-0.16, 0.2):
            pen.line([(x, y - tall * 0.45), (x + stride * tall, y)], tall * 0.10, "#2b2330")
        pen.polygon(
            [
                (x - tall * 0.13, y - tall * 0.40),
                (x - tall * 0.09, y - tall * 0.80),
                (x + tall * 0.10, y - tall * 0.80),
                (x + tall * 0.12, y - tall * 0.40),
            ],
            coat,
        )
        pen.box((x - tall * 0.24, y - tall * 0.78, x - tall * 0.08, y - tall * 0.46), "#5a3b2a")
        pen.oval((x + tall * 0.02, y - tall * 0.91), tall * 0.085, tall * 0.10, "#4a2f26")
