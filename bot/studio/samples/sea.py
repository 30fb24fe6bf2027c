"""The sea at sunset, with sailing boats."""

from functools import partial

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen, Point
from bot.studio.samples.noise import fractal, ramp, step
from bot.studio.samples.scenery import ridge, streaks, surface


def boat(pen: Pen, foot: Point, size: float, hull: str, main: str, jib: str) -> None:
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
    for place, foot, size, main, jib in (
        (0.66, 0.70, 0.36, "#f7e3c4", "#e9bd8d"),
        (0.245, 0.612, 0.15, "#8c5a5c", "#b4705c"),
        (0.88, 0.588, 0.085, "#f0cfa6", "#d9a982"),
    ):
        x = place * canvas.aspect
        canvas.draw(
            partial(_mirrored, rng=canvas.rng, foot=(x, foot), size=size),
            (x - size, foot, x + size, foot + size),
            blur=0.0012,
            opacity=0.55,
        )
        canvas.draw(
            partial(boat, foot=(x, foot), size=size, hull="#2c2436", main=main, jib=jib),
            (x - size, foot - size * 1.1, x + size, foot + 0.05),
        )


def _mirrored(pen: Pen, rng: np.random.Generator, foot: Point, size: float) -> None:
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
