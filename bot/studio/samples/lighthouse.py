"""A lighthouse on a headland."""

from functools import partial

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen
from bot.studio.samples.noise import Field, fractal, profile, ramp, step
from bot.studio.samples.scenery import below, cumulus, surface
from bot.studio.samples.sea import boat


def lighthouse(canvas: Canvas) -> None:
    """A clear morning: a striped lighthouse on a green headland, white water at its feet."""
    rng, aspect, horizon = canvas.rng, canvas.aspect, 0.60
    canvas.gradient([(0, "#2f7fc4"), (0.3, "#7db9e3"), (0.6, "#dceff5")], 0, horizon)
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
    for left, foot, size in ((0.13, 0.645, 0.075), (0.30, 0.622, 0.042)):
        place = (left * aspect, foot)
        canvas.draw(partial(boat, foot=place, size=size, hull="#24465f", main="#ffffff", jib="#e8eef2"))
    line = _headland(canvas)
    tower = 0.68 * aspect
    foot = float(line[int(tower * canvas.height)]) + 0.012
    canvas.draw(partial(_cottage, x=tower + 0.075, foot=foot + 0.012, size=0.085))
    canvas.draw(partial(_tower, x=tower, foot=foot, size=0.40))
    gulls = ((0.38, 0.30, 0.020), (0.43, 0.26, 0.014), (0.52, 0.33, 0.017), (0.86, 0.22, 0.016))
    for x, y, size in gulls:
        canvas.draw(partial(_gull, x=x * aspect, y=y, size=size))
    canvas.glow((aspect * 0.1, 0.05), 0.7, "#fff3d0", 0.35)


def _headland(canvas: Canvas) -> Field:
    """Grass above, cliff below, surf where it meets the sea; what comes back is the line of the grass."""
    u = canvas.x[0] / np.float32(canvas.aspect)
    bumps = profile(canvas.rng, canvas.width, cells=6 * canvas.aspect)
    grass = np.float32(1.04) - np.float32(0.52) * step(0.34, 0.62, u) + np.float32(0.03) * step(0.72, 1, u)
    grass += bumps * np.float32(0.006)
    brink = grass + (np.float32(0.035) + np.abs(bumps) * np.float32(0.014)) * step(0.44, 0.58, u)
    brink += np.float32(0.09) * step(0.54, 1.0, u)
    shore = np.float32(0.99) - np.float32(0.20) * step(0.30, 1.0, u) + bumps * np.float32(0.012)
    _cliff(canvas, grass, brink)
    _turf(canvas, grass, brink)
    _surf(canvas, shore, u)
    return grass


def _cliff(canvas: Canvas, grass: Field, brink: Field) -> None:
    rock = canvas.noise((9, 26), octaves=6, gain=0.62)
    cracks = step(0.25, 0, np.abs(canvas.noise((5, 9), octaves=6, gain=0.6)))
    tone = np.float32(0.52) + rock * np.float32(0.15) - cracks * np.float32(0.22)
    tone -= (canvas.y - brink[None, :]) * np.float32(0.5)
    canvas.blend(
        below(canvas, grass), ramp(tone, [(0, "#2d2a2c"), (0.35, "#6b5d52"), (0.65, "#a8947a"), (1, "#e0cfae")])
    )


def _turf(canvas: Canvas, grass: Field, brink: Field) -> None:
    blades = canvas.noise((46, 60), octaves=4, gain=0.8)
    swell = canvas.noise((5, 3), octaves=4)
    tone = np.float32(0.55) + blades * np.float32(0.09) + swell * np.float32(0.13) - (canvas.y - grass[None, :]) * 2
    ragged = brink + profile(canvas.rng, canvas.width, cells=40, octaves=4) * np.float32(0.004)
    cover = below(canvas, grass) * (1 - below(canvas, ragged))
    canvas.blend(cover, ramp(tone, [(0, "#2c4a24"), (0.4, "#4f7a32"), (0.7, "#86a944"), (1, "#c9d06a")]))


def _surf(canvas: Canvas, shore: Field, u: Field) -> None:
    churn = canvas.noise((40, 22), octaves=5, gain=0.7)
    out = canvas.y - shore[None, :] + churn * np.float32(0.003)  # how far from the rocks
    water = ramp(np.clip(out * 5, 0, 1) + churn * np.float32(0.05), [(0, "#3f97a8"), (0.5, "#1f7a96"), (1, "#15637f")])
    canvas.blend(step(0, 0.012, out) * (u > np.float32(0.28)), water)
    foam = np.exp(-((out / np.float32(0.02)) ** 2)) * np.float32(1.5)
    foam += np.exp(-(((out - np.float32(0.055)) / np.float32(0.03)) ** 2)) * np.float32(0.7)
    flecks = step(0.35, 1.5, foam + churn * np.float32(0.42) * np.minimum(1, foam * 2))
    canvas.blend(flecks * step(0.26, 0.36, u), "#f6fcff")


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
