"""Sailing boats at sunset, a lighthouse in the morning, a beach at noon."""

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen, Point
from bot.studio.samples.noise import Field, fractal, ramp, step
from bot.studio.samples.scenery import below, cumulus, ridge, streaks, surface


def _boat(pen: Pen, foot: Point, size: float, hull: str, main: str, jib: str) -> None:
    """A sloop seen from the side; `foot` is the waterline under the mast."""
    x, y = foot
    mast = y - size
    deck = y - size * 0.055
    belly = [
        (x - size * 0.012 - size * 0.33 * np.sin(np.pi * 0.5 * t) ** 1.1, mast + (deck - size * 0.05 - mast) * t)
        for t in np.linspace(0.02, 1, 18)
    ]
    pen.polygon([(x - size * 0.012, mast + size * 0.02), *belly, (x - size * 0.012, deck - size * 0.05)], main)
    fore = [
        (
            x + size * 0.012 + size * 0.30 * np.sin(np.pi * 0.5 * t) ** 1.3,
            mast + size * 0.12 + (deck - mast - size * 0.12) * t,
        )
        for t in np.linspace(0, 1, 18)
    ]
    pen.polygon([(x + size * 0.012, mast + size * 0.12), *fore, (x + size * 0.05, deck - size * 0.03)], jib)
    pen.line([(x, deck), (x, mast)], size * 0.012, hull)
    pen.line([(x - size * 0.37, deck - size * 0.04), (x, deck - size * 0.04)], size * 0.014, hull)
    pen.polygon(
        [
            (x - size * 0.36, deck),
            (x + size * 0.40, deck - size * 0.015),
            (x + size * 0.27, y + size * 0.012),
            (x - size * 0.31, y + size * 0.012),
        ],
        hull,
    )
    for t in (0.3, 0.5, 0.68, 0.84):
        reach = size * 0.33 * np.sin(np.pi * 0.5 * t) ** 1.1
        seam = mast + (deck - size * 0.05 - mast) * t
        pen.line([(x - size * 0.012, seam), (x - reach, seam + size * 0.012)], size * 0.003, jib)


def sailing_boats(canvas: Canvas) -> None:
    """Sunset over the sea: a road of glitter, three boats on it."""
    horizon, sun = 0.56, (canvas.aspect * 0.38, 0.475)
    canvas.gradient(
        [(0, "#23477f"), (0.16, "#5f6f9f"), (0.32, "#d98b7c"), (0.44, "#ffb45e"), (0.54, "#ffe09a"), (0.57, "#ffd890")],
        0,
        horizon,
    )
    canvas.glow(sun, 0.5, "#ff8a3c", 0.5, squash=1.3)
    canvas.glow(sun, 0.16, "#ffe2a0", 0.9)
    streaks(canvas, 0.0, 0.46, "#7b5878", 0.75, cells=(5, 1.1))
    streaks(canvas, 0.1, 0.52, "#ffc58a", 0.75, cells=(9, 1.2))
    canvas.draw(lambda pen: pen.oval(sun, 0.042, 0.042, "#fffbe2"))
    canvas.glow(sun, 0.08, "#fff0c0", 0.9)
    for rise, crest in ((0.03, "#a5707a"), (0.016, "#6d5370")):
        bumps = fractal(canvas.rng, 2, canvas.width, cells=(2, 3 * canvas.aspect), octaves=6)[0]
        rising = np.clip((canvas.x[0] / np.float32(canvas.aspect) - np.float32(0.52)) * 3, 0, 1)
        coast = np.float32(horizon + 0.002) - np.maximum(0, bumps * np.float32(0.4) + 1) * np.float32(rise) * rising
        ridge(canvas, coast.astype(np.float32), crest, crest, 0.2, 0)
    _sea(canvas, horizon, sun)
    for place, foot, size, sails in (
        (0.66, 0.70, 0.36, ("#f7e3c4", "#e9bd8d")),
        (0.245, 0.612, 0.15, ("#8c5a5c", "#b4705c")),
        (0.88, 0.588, 0.085, ("#f0cfa6", "#d9a982")),
    ):
        x = place * canvas.aspect
        canvas.draw(
            lambda pen, x=x, foot=foot, size=size: _boat_mirror(pen, canvas.rng, (x, foot), size),
            blur=0.0012,
            opacity=0.55,
        )
        canvas.draw(
            lambda pen, x=x, foot=foot, size=size, sails=sails: _boat(pen, (x, foot), size, "#2c2436", *sails),
            (x - size, foot - size * 1.1, x + size, foot + 0.05),
        )


def _boat_mirror(pen: Pen, rng: np.random.Generator, foot: Point, size: float) -> None:
    for row in range(26):
        y = foot[1] + size * 0.02 + size * 0.62 * (row / 26) ** 1.25
        half = size * 0.33 * (1 - row / 27) * rng.uniform(0.5, 1.15)
        middle = foot[0] + size * rng.uniform(-0.05, 0.05)
        pen.oval((middle, y), half, size * 0.011, "#3b2c40")


def _sea(canvas: Canvas, horizon: float, sun: Point) -> None:
    texture = fractal(canvas.rng, 512, 512, cells=(16, 10), octaves=5, gain=0.6, endless=True)
    waves = surface(canvas, texture, horizon, 0.55, 0.8)
    ripples = surface(canvas, texture, horizon, 1.6, 2.9, 0.3)
    y = canvas.y[canvas.row(horizon) :]
    near = (y - np.float32(horizon)) / np.float32(1 - horizon)
    slope = waves * np.float32(0.6) + ripples * np.float32(0.4)
    tone = near + slope * np.float32(0.16) * np.sqrt(near)
    canvas.rgb[canvas.row(horizon) :] = ramp(
        tone, [(0, "#f0b078"), (0.12, "#b98684"), (0.4, "#4d5f86"), (0.75, "#21406a"), (1.1, "#122a4c")]
    )
    width = np.float32(0.05) + near * np.float32(0.24)
    road = np.exp(-(((canvas.x - np.float32(sun[0])) / width) ** 2))
    sparkle = step(0.35, 1.5, slope + road * np.float32(1.15) - np.float32(0.55)) * road
    canvas.light(np.clip(sparkle * 1.4 + road * np.float32(0.22), 0, 1), "#ffd898", 0.95, horizon)
    canvas.light(road * np.exp(-near * 9) * np.float32(0.7), "#ffcf80", 1, horizon)


def lighthouse(canvas: Canvas) -> None:
    """A clear morning: a striped lighthouse on a green headland, white water at its feet."""
    rng, aspect, horizon = canvas.rng, canvas.aspect, 0.60
    canvas.gradient([(0, "#2f7fc4"), (0.3, "#7db9e3"), (0.6, "#dcefF5".lower())], 0, horizon)
    cumulus(canvas, 0.20, 0.60, lit="#ffffff", dark="#b4c8dc", cover=0.50, cells=(3.2, 2.4))
    cumulus(canvas, 0.02, 0.30, lit="#ffffff", dark="#cfdfeb", cover=0.30, cells=(2.2, 1.8))
    texture = fractal(rng, 512, 512, cells=(18, 12), octaves=5, gain=0.6, endless=True)
    slope = surface(canvas, texture, horizon, 0.8, 1.1) * np.float32(0.6) + surface(
        canvas, texture, horizon, 2.1, 3.2, 0.4
    ) * np.float32(0.4)
    near = (canvas.y[canvas.row(horizon) :] - np.float32(horizon)) / np.float32(1 - horizon)
    tone = near + slope * np.float32(0.17) * np.sqrt(near)
    canvas.rgb[canvas.row(horizon) :] = ramp(
        tone, [(0, "#9fcbe0"), (0.12, "#5aa3c9"), (0.45, "#2382a8"), (0.8, "#176a86"), (1.1, "#0f4f6b")]
    )
    canvas.light(step(1.5, 2.4, slope) * np.sqrt(near), "#eefaff", 0.6, horizon)
    for place, foot, size in ((0.13, 0.645, 0.075), (0.30, 0.622, 0.042)):
        canvas.draw(
            lambda pen, x=place * aspect, foot=foot, size=size: _boat(
                pen, (x, foot), size, "#24465f", "#ffffff", "#e8eef2"
            )
        )
    line = _headland(canvas, horizon)
    tower = 0.68 * aspect
    foot = float(line[int(tower * canvas.height)]) + 0.012
    canvas.draw(lambda pen: _cottage(pen, tower + 0.075, foot + 0.012, 0.085))
    canvas.draw(lambda pen: _tower(pen, tower, foot, 0.40))
    gulls = ((0.38, 0.30, 0.020), (0.43, 0.26, 0.014), (0.52, 0.33, 0.017), (0.86, 0.22, 0.016))
    canvas.draw(lambda pen: [_gull(pen, x * aspect, y, size) for x, y, size in gulls] and None)
    canvas.glow((aspect * 0.1, 0.05), 0.7, "#fff3d0", 0.35)


def _headland(canvas: Canvas, horizon: float) -> Field:
    """Grass above, cliff below, foam where it meets the sea; what comes back is the line of the grass."""
    rng, u = canvas.rng, canvas.x[0] / np.float32(canvas.aspect)
    bumps = fractal(rng, 2, canvas.width, cells=(2, 6 * canvas.aspect), octaves=6, gain=0.5)[0]
    grass = (
        np.float32(1.04)
        - np.float32(0.52) * step(0.34, 0.62, u)
        + np.float32(0.03) * step(0.72, 1, u)
        + bumps * np.float32(0.006)
    )
    shore = np.float32(0.99) - np.float32(0.20) * step(0.30, 1.0, u) + bumps * np.float32(0.012)
    edge = (
        grass
        + (np.float32(0.035) + np.abs(bumps) * np.float32(0.014)) * step(0.44, 0.58, u)
        + np.float32(0.09) * step(0.54, 1.0, u)
    )
    y = canvas.y
    rock = fractal(rng, canvas.height, canvas.width, cells=(9, 26 * canvas.aspect), octaves=6, gain=0.62)
    crack = np.abs(fractal(rng, canvas.height, canvas.width, cells=(5, 12), octaves=6, gain=0.6))
    lit = (
        np.float32(0.52)
        + rock * np.float32(0.15)
        - step(0.25, 0, crack) * np.float32(0.22)
        - (y - edge[None, :]) * np.float32(0.5)
    )
    cliff = ramp(lit, [(0, "#2d2a2c"), (0.35, "#6b5d52"), (0.65, "#a8947a"), (1, "#e0cfae")])
    canvas.blend(below(canvas, grass.astype(np.float32)), cliff)
    blades = fractal(rng, canvas.height, canvas.width, cells=(46, 60 * canvas.aspect), octaves=4, gain=0.8)
    swell = canvas.noise((5, 3), octaves=4)
    turf = ramp(
        np.float32(0.55) + blades * np.float32(0.09) + swell * np.float32(0.13) - (y - grass[None, :]) * 2,
        [(0, "#2c4a24"), (0.4, "#4f7a32"), (0.7, "#86a944"), (1, "#c9d06a")],
    )
    cover = below(canvas, grass.astype(np.float32)) * (
        1 - below(canvas, (edge + rock[canvas.height // 2] * 0.004).astype(np.float32))
    )
    canvas.blend(cover, turf)
    fringe = y - shore[None, :] + rock * np.float32(0.006)
    texture = fractal(rng, canvas.height, canvas.width, cells=(40, 22 * canvas.aspect), octaves=5, gain=0.7)
    water = ramp(
        np.clip(fringe * 5, 0, 1) + texture * np.float32(0.05), [(0, "#3f97a8"), (0.5, "#1f7a96"), (1, "#15637f")]
    )
    canvas.blend(step(0, 0.012, fringe) * (u > 0.28), water)
    foam = np.exp(-((fringe / np.float32(0.02)) ** 2)) * np.float32(1.5) + np.exp(
        -(((fringe - np.float32(0.055)) / np.float32(0.03)) ** 2)
    ) * np.float32(0.7)
    canvas.blend(
        step(0.35, 1.5, foam + texture * np.float32(0.42) * np.minimum(1, foam * 2)) * step(0.26, 0.36, u)[None, :],
        "#f6fcff",
    )
    return grass.astype(np.float32)


def _tower(pen: Pen, x: float, foot: float, size: float) -> None:
    """White and red bands on a tapering tower, shaded in upright slices, with gallery, lantern and dome."""
    slices = 28
    top = foot - size * 0.80
    for band in range(7):
        low, high = foot - (foot - top) * band / 7, foot - (foot - top) * (band + 1) / 7
        base = (216, 58, 48) if band % 2 else (250, 247, 240)
        wide = [size * (0.105 - 0.042 * (band + end) / 7) for end in (0, 1)]
        for part in range(slices):
            start, end = -1 + 2 * part / slices, -1 + 2 * (part + 1.15) / slices
            shade = 0.60 + 0.42 * np.sqrt(max(0.0, 1 - (start + 0.42) ** 2 / 2.1))
            code = "#{:02x}{:02x}{:02x}".format(*(min(255, int(v * shade)) for v in base))
            end = min(1.0, end)
            pen.polygon(
                [
                    (x + start * wide[0], low),
                    (x + start * wide[1], high),
                    (x + end * wide[1], high),
                    (x + end * wide[0], low),
                ],
                code,
            )
    for lift in (0.16, 0.40, 0.62):
        pen.box((x - size * 0.012, foot - size * lift - size * 0.04, x + size * 0.012, foot - size * lift), "#33424f")
    pen.box((x - size * 0.092, top - size * 0.022, x + size * 0.092, top), "#3b4650")
    for rail in np.linspace(-0.088, 0.088, 9):
        pen.line([(x + size * rail, top - size * 0.065), (x + size * rail, top)], size * 0.005, "#3b4650")
    pen.line([(x - size * 0.09, top - size * 0.065), (x + size * 0.09, top - size * 0.065)], size * 0.007, "#3b4650")
    pen.box((x - size * 0.048, top - size * 0.125, x + size * 0.048, top - size * 0.02), "#ffe9a6")
    pen.box((x + size * 0.012, top - size * 0.125, x + size * 0.048, top - size * 0.02), "#d9b96c")
    for bar in (-0.048, -0.016, 0.016, 0.048):
        pen.line([(x + size * bar, top - size * 0.125), (x + size * bar, top - size * 0.02)], size * 0.006, "#3b4650")
    pen.oval((x, top - size * 0.125), size * 0.058, size * 0.055, "#b8342c")
    pen.box((x - size * 0.06, top - size * 0.128, x + size * 0.06, top - size * 0.115), "#8f2722")
    pen.line([(x, top - size * 0.22), (x, top - size * 0.17)], size * 0.008, "#3b4650")
    pen.oval((x, top - size * 0.185), size * 0.012, size * 0.012, "#3b4650")


def _cottage(pen: Pen, x: float, foot: float, size: float) -> None:
    pen.box((x, foot - size * 0.5, x + size * 1.5, foot), "#fbf7ee")
    pen.box((x + size * 1.1, foot - size * 0.5, x + size * 1.5, foot), "#d8d6d4")
    pen.polygon(
        [
            (x - size * 0.08, foot - size * 0.46),
            (x + size * 0.14, foot - size * 0.86),
            (x + size * 1.36, foot - size * 0.86),
            (x + size * 1.58, foot - size * 0.46),
        ],
        "#c2493a",
    )
    pen.box((x + size * 0.3, foot - size * 1.05, x + size * 0.42, foot - size * 0.75), "#e8e2d8")
    pen.box((x + size * 0.5, foot - size * 0.34, x + size * 0.68, foot), "#2f6f8f")
    for left in (0.15, 0.83, 1.2):
        pen.box((x + size * left, foot - size * 0.34, x + size * (left + 0.16), foot - size * 0.14), "#4c6677")


def _gull(pen: Pen, x: float, y: float, size: float) -> None:
    for side in (-1, 1):
        wing = [(x + side * size * t, y - size * 0.42 * np.sin(np.pi * 0.62 * t)) for t in np.linspace(0, 1, 9)]
        back = [(px, py + size * 0.13 * (1 - abs(px - x) / size)) for px, py in reversed(wing)]
        pen.polygon([*wing, *back], "#f7fafc" if side < 0 else "#c9d5df")
    pen.oval((x, y + size * 0.06), size * 0.07, size * 0.12, "#eef3f6")
