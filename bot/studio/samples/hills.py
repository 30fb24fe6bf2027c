"""Mountains in the mist, lavender rows, dunes."""

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen
from bot.studio.samples.noise import fractal, peaks, profile, ramp, step
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
        ridge(canvas, (np.float32(base) - heights * np.float32(rise)).astype(np.float32), crest, foot, 0.06, 0.05)
    _rows(canvas, horizon + 0.02, vanish)
    canvas.draw(lambda pen: _farm(pen, canvas.aspect * 0.70, horizon + 0.022, 0.10))
    for x, size in ((0.665, 0.09), (0.785, 0.14), (0.815, 0.10), (0.33, 0.05), (0.355, 0.065)):
        _round_tree(canvas, x * canvas.aspect, horizon + 0.026, size)
    canvas.glow((canvas.aspect * 0.16, 0.36), 0.75, "#ffb75a", 0.34, squash=1.3)


def _rows(canvas: Canvas, horizon: float, vanish: float) -> None:
    rng, y = canvas.rng, canvas.y[canvas.row(horizon) :]
    depth = np.float32(1 - horizon) / np.maximum(y - np.float32(horizon), np.float32(0.5 / canvas.height))
    texture = fractal(rng, 512, 512, cells=(30, 30), octaves=4, gain=0.7, endless=True)
    rough = surface(canvas, texture, horizon, 1.4, 0.5)
    lane = (canvas.x - np.float32(vanish)) * depth * np.float32(3.3)
    bush = np.cos(2 * np.pi * lane + rough * np.float32(0.35))
    flowers = step(-0.55, 0.1, bush + rough * np.float32(0.15))
    side = np.sin(2 * np.pi * lane) * np.float32(0.18)
    haze = np.clip(1 - 1 / (depth * np.float32(0.11) + 1), 0, 1)
    tone = bush * np.float32(0.22) + np.float32(0.42) - side + rough * np.float32(0.10)
    plant = ramp(tone, [(0, "#2f1e4f"), (0.35, "#5a3b97"), (0.65, "#8f66cf"), (1, "#d9b1f2")])
    earth = ramp(rough * np.float32(0.18) + np.float32(0.4) + side, [(0, "#3a3a22"), (0.5, "#6d6a35"), (1, "#b9a85a")])
    field = earth + (plant - earth) * flowers[..., None]
    field += (ramp(haze, [(0, "#c9a0c9"), (1, "#d8b0b4")]) - field) * (haze * np.float32(0.75))[..., None]
    canvas.rgb[canvas.row(horizon) :] = field
    near = np.sort(np.float32(1) / rng.uniform(0.16, 1.0, 15000).astype(np.float32))[::-1] * np.float32(0.16)
    near = np.sort(near)
    foot = np.float32(horizon) + near * np.float32(1.15 - horizon)
    lanes = rng.integers(-34, 35, near.size) + rng.normal(0, 0.13, near.size)
    across = np.float32(vanish) + lanes * near / np.float32(3.3)
    places = np.stack([across, foot - rng.uniform(0, 0.035, near.size) * near], axis=1).astype(np.float32)
    inside = (across > -0.02) & (across < canvas.aspect + 0.02)
    sizes = (rng.uniform(0.0035, 0.0075, near.size) * near).astype(np.float32)
    codes = ("#6b46a8", "#8259c0", "#9d78d6", "#b892e6", "#5a3a94", "#d3aef0", "#7a4fb4")
    dabs(canvas, places[inside], sizes[inside], codes, slim=0.5, opacity=0.85)


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
    canvas.glow((canvas.aspect * 0.1, 0.36), 0.5, "#ffd48a", 0.7)
    streaks(canvas, 0.02, 0.3, "#ffffff", 0.5)
    layers = (
        (0.47, 0.05, 0.70, "#e7b183", "#c98d74"),
        (0.53, 0.08, 0.30, "#eaa566", "#b06a55"),
        (0.64, 0.15, 0.66, "#ee9c4e", "#94483c"),
        (0.84, 0.17, 0.24, "#e98a3a", "#6f2f2e"),
    )
    for number, (base, rise, peak, lit, dark) in enumerate(layers):
        _dune(canvas, base, rise, peak * canvas.aspect, lit, dark, number)
    canvas.glow((canvas.aspect * 0.1, 0.42), 0.8, "#ffb060", 0.25, squash=1.3)


def _dune(canvas: Canvas, base: float, rise: float, peak: float, lit: str, dark: str, number: int) -> None:
    rng = canvas.rng
    away = (canvas.x[0] - np.float32(peak)) / np.float32(0.42 + 0.1 * number)
    swell = profile(rng, canvas.width, cells=1.2, octaves=3, gain=0.35) * np.float32(0.16)
    line = (np.float32(base) - np.float32(rise) * (np.exp(-(np.abs(away) ** 1.5)) + swell)).astype(np.float32)
    top = max(0.0, float(line.min()) - 0.01)
    y = canvas.y[canvas.row(top) :]
    down = np.maximum(y - np.float32(line.min()), 0)
    bend = (
        np.float32(peak)
        + down * np.float32(0.25)
        + np.sin(down * np.float32(7 + number)) * np.float32(0.09) * (1 + down * 2)
    )
    shadow = step(-0.004, 0.006, canvas.x - bend) * step(1.9, 0.6, (canvas.x - bend) / np.float32(0.55) + 0 * y)
    deep = np.clip((y - line[None, :]) / np.float32(0.42), 0, 1)
    warp = fractal(rng, y.shape[0], canvas.width, cells=(3, 3 * canvas.aspect), octaves=3)
    waves = np.sin((y * (260 - 45 * number) / (1 + deep * 2) + warp * np.float32(3.2) + canvas.x * 22)) * np.float32(
        0.028
    )
    sand = fractal(rng, y.shape[0], canvas.width, cells=(200, 200 * canvas.aspect), octaves=2) * np.float32(0.012)
    bright = ramp(deep, [(0, lit), (1, dark)]) * (1 - deep[..., None] * np.float32(0.1))
    bright += (waves * np.float32(0.35 + 0.25 * number) + sand)[..., None]
    gloom = ramp(deep, [(0, dark), (1, "#3f1f2a")]) + (waves * np.float32(0.25) + sand)[..., None]
    canvas.blend(below(canvas, line, top), bright + (gloom - bright) * shadow[..., None], top)
