"""A beach at noon: palms, turquoise water, a parasol."""

from functools import partial
from itertools import pairwise

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen, Point
from bot.studio.samples.noise import fractal, profile, ramp, step
from bot.studio.samples.scenery import cumulus, ridge


def beach(canvas: Canvas) -> None:
    """Sun overhead, the sea in every blue, a palm leaning over white sand."""
    rng, aspect, horizon = canvas.rng, canvas.aspect, 0.45
    canvas.gradient([(0, "#1e86d6"), (0.25, "#63b8ee"), (0.45, "#d3f0fa")], 0, horizon)
    cumulus(canvas, 0.14, 0.47, lit="#ffffff", dark="#bcd6ea", cover=0.48, cells=(3.4, 2.2))
    island = (
        np.float32(horizon + 0.004)
        - np.float32(0.075)
        * np.exp(-(((canvas.x[0] / aspect - 0.22) / 0.13) ** 2))
        * (1 + np.float32(0.16) * profile(rng, canvas.width, cells=9))
        + np.float32(0.004)
    )
    ridge(canvas, island.astype(np.float32), "#6d9aa8", "#86b8a8", 0.08, 0.05)
    _water(canvas, horizon)
    places = ((aspect * 0.66, 0.86), (aspect * 0.37, 0.885))
    canvas.draw(partial(_shadow, places=places), blur=0.004, opacity=0.42)
    canvas.draw(partial(_parasol, foot=places[1], size=0.17))
    _palm(canvas, (aspect * 1.02, 0.98), (aspect * 0.735, 0.235), 0.36)
    _palm(canvas, (aspect * 1.06, 0.93), (aspect * 0.935, 0.13), 0.31)
    canvas.glow((aspect * 0.5, -0.1), 0.6, "#fffbe6", 0.3)


def _water(canvas: Canvas, horizon: float) -> None:
    rng, u = canvas.rng, canvas.x / np.float32(canvas.aspect)
    y = canvas.y[canvas.row(horizon) :]
    rows = y.shape[0]
    wave = fractal(rng, rows, canvas.width, cells=(30, 5 * canvas.aspect), octaves=5, gain=0.6)
    fine = fractal(rng, rows, canvas.width, cells=(60, 50 * canvas.aspect), octaves=4, gain=0.8)
    swing = profile(rng, canvas.width, cells=2.2, octaves=3, gain=0.4)[None, :] * np.float32(0.010)
    shore = np.float32(0.94) - np.float32(0.27) * u ** np.float32(0.8) + np.sin(u * 7) * np.float32(0.018) + swing
    gap = (shore - y) / (shore - np.float32(horizon))
    tone = 1 - gap + wave * np.float32(0.028) * (np.float32(1.3) - gap)
    sea = ramp(
        tone,
        [(0, "#1668b0"), (0.18, "#1b8fc9"), (0.45, "#22b9cf"), (0.75, "#6fdccf"), (0.93, "#bff0dc"), (1.0, "#e3f6e2")],
    )
    sea += (step(1.3, 2.4, wave) * np.float32(0.10) * (1 - gap))[..., None]
    down = y - shore
    sand = ramp(
        np.float32(0.5) + fine * np.float32(0.08) + wave * np.float32(0.04) + (y - np.float32(0.8)) * np.float32(0.4),
        [(0, "#cda873"), (0.4, "#edd3a0"), (0.7, "#fae9c4"), (1, "#fff7e2")],
    )
    wet = step(0.055, 0.0, down + wave * np.float32(0.004))
    sand *= 1 - wet[..., None] * np.array([0.20, 0.17, 0.14], dtype=np.float32)
    beach_mask = step(-0.006, 0.006, down + wave * np.float32(0.003))
    canvas.rgb[canvas.row(horizon) :] = sea + (sand - sea) * beach_mask[..., None]
    lace = np.abs(fractal(rng, rows, canvas.width, cells=(26, 16 * canvas.aspect), octaves=5, gain=0.6))
    for offset, width, strength in ((0.0, 0.010, 1.0), (-0.045, 0.009, 0.75), (-0.105, 0.006, 0.55)):
        crest = (down - np.float32(offset) + wave * np.float32(0.006)) / np.float32(width)
        body = np.exp(-(crest**2)) + np.exp(-np.maximum(-crest, 0) / 2.6) * (crest < 0) * step(
            0.35, 0.0, lace
        ) * np.float32(0.75)
        canvas.blend(np.clip(body * np.float32(strength), 0, 1), "#ffffff", horizon)
    canvas.shade(1 - np.exp(-(((down - np.float32(0.014)) / np.float32(0.007)) ** 2)) * np.float32(0.14), horizon)


def _shadow(pen: Pen, places: tuple[Point, Point]) -> None:
    x, y = places[1]
    pen.oval((x + 0.05, y + 0.045), 0.125, 0.022, "#7a5a3c")
    x, y = places[0][0] + 0.16, places[0][1] + 0.06
    for angle in np.linspace(0, 2 * np.pi, 11)[:-1]:
        tip = (x + 0.26 * np.cos(angle), y + 0.06 * np.sin(angle) + 0.012)
        side = (0.02 * np.sin(angle), 0.014 * np.cos(angle))
        pen.polygon(
            [
                (x, y),
                ((x + tip[0]) / 2 + side[0], (y + tip[1]) / 2 - side[1]),
                tip,
                ((x + tip[0]) / 2 - side[0], (y + tip[1]) / 2 + side[1]),
            ],
            "#7a5a3c",
        )


def _parasol(pen: Pen, foot: Point, size: float) -> None:
    x, y = foot
    top = y - size * 1.25
    pen.line([(x, y + size * 0.25), (x + size * 0.05, top)], size * 0.03, "#f4efe4")
    edges = np.linspace(-1, 1, 9)
    for number, (start, end) in enumerate(pairwise(edges.tolist())):
        rim = [
            (
                x + size * 0.05 + size * 0.8 * np.sin(e * np.pi / 2),
                top + size * 0.44 + size * 0.07 * np.cos(e * np.pi / 2),
            )
            for e in np.linspace(start, end, 5)
        ]
        crown = [
            (
                x + size * 0.05 + size * 0.8 * np.sin(e * np.pi / 2) * t,
                top + (size * 0.44 + size * 0.07 * np.cos(e * np.pi / 2)) * t**1.9,
            )
            for e, t in ((end, 0.66), (end, 0.33), (0, 0), (start, 0.33), (start, 0.66))
        ]
        pen.polygon(
            [*rim, *crown], ("#e8473f", "#fff6ea")[number % 2] if start < 0.4 else ("#b93a36", "#d9cfc6")[number % 2]
        )
    pen.oval((x + size * 0.05, top), size * 0.022, size * 0.028, "#f4efe4")
    for left, cloth in ((-0.75, "#2f86b5"), (0.35, "#f2b13f")):
        seat = x + size * left
        pen.line([(seat, y + size * 0.26), (seat + size * 0.36, y + size * 0.06)], size * 0.03, "#9a6a40")
        pen.line([(seat + size * 0.42, y + size * 0.26), (seat + size * 0.1, y + size * 0.1)], size * 0.03, "#9a6a40")
        pen.polygon(
            [
                (seat - size * 0.1, y - size * 0.16),
                (seat + size * 0.02, y - size * 0.18),
                (seat + size * 0.20, y + size * 0.14),
                (seat + size * 0.52, y + size * 0.10),
                (seat + size * 0.52, y + size * 0.15),
                (seat + size * 0.14, y + size * 0.2),
            ],
            cloth,
        )


def _palm(canvas: Canvas, foot: Point, head: Point, size: float) -> None:
    """A leaning trunk with rings and a crown of fronds of the given length."""
    rng = canvas.rng
    steps = np.linspace(0, 1, 46)
    bend = foot[0] + (head[0] - foot[0]) * steps**0.75
    rise = foot[1] + (head[1] - foot[1]) * steps
    half = size * (0.062 - 0.026 * steps)

    def trunk(pen: Pen) -> None:
        for number in range(45):
            a, b = number, number + 1
            for start, end, code in ((-1.0, 1.0, "#6a4a32"), (-1.0, 0.35, "#94704c"), (-1.0, -0.35, "#c09a6c")):
                flare = 1.12 if number % 2 else 0.98
                pen.polygon(
                    [
                        (bend[a] + start * half[a] * flare, rise[a]),
                        (bend[b] + start * half[b], rise[b]),
                        (bend[b] + end * half[b], rise[b]),
                        (bend[a] + end * half[a] * flare, rise[a]),
                    ],
                    code,
                )

    canvas.draw(trunk)
    angles = np.concatenate([np.linspace(-0.35, 3.5, 12), rng.uniform(0.1, 3.0, 5)])
    rng.shuffle(angles)
    reach = (head[0] - size * 1.2, head[1] - size, head[0] + size * 1.2, head[1] + size * 1.1)
    for number, angle in enumerate(angles.tolist()):
        shade = 0.35 + 0.65 * number / len(angles)
        leaf = partial(_frond, rng=rng, head=head, length=size * rng.uniform(0.8, 1.05), angle=angle, shade=shade)
        canvas.draw(leaf, reach)

    def nuts(pen: Pen) -> None:
        for across, down, code in ((-0.03, 0.05, "#5d4526"), (0.04, 0.06, "#7a5c30"), (0.0, 0.08, "#8f6d3a")):
            pen.oval((head[0] + across * size, head[1] + down * size), size * 0.04, size * 0.045, code)

    canvas.draw(nuts, reach)


def _frond(pen: Pen, rng: np.random.Generator, head: Point, length: float, angle: float, shade: float) -> None:
    """One leaf: a rib thrown up and bent down by its weight, leaflets hanging from it."""
    steps = np.linspace(0, 1, 34)
    droop = 0.62 + 0.25 * abs(np.cos(angle))
    rib = [
        (
            head[0] + length * np.cos(angle) * t * (1 - 0.12 * t),
            head[1] - length * np.sin(angle) * t * 0.75 + length * droop * t**2.1,
        )
        for t in steps
    ]
    for number in range(1, 33):
        (ax, ay), (bx, by) = rib[number - 1], rib[number + 1]
        along = np.hypot(bx - ax, by - ay)
        tx, ty = (bx - ax) / along, (by - ay) / along
        t = steps[number]
        leaf = length * 0.30 * np.sin(np.pi * min(1.0, 0.16 + 0.84 * t)) ** 0.75 * rng.uniform(0.85, 1.1)
        for side in (-1, 1):
            nx, ny = -ty * side, tx * side
            tip = (
                rib[number][0] + leaf * (0.62 * tx + 0.62 * nx),
                rib[number][1] + leaf * (0.62 * ty + 0.55 * ny) + leaf * 0.30,
            )
            light = shade * (1.12 if ny < 0 else 0.80) * rng.uniform(0.9, 1.1)
            code = "#{:02x}{:02x}{:02x}".format(*(min(255, int(v * light)) for v in (112, 176, 62)))
            pen.polygon(
                [
                    (rib[number][0] - tx * length * 0.014, rib[number][1] - ty * length * 0.014),
                    tip,
                    (rib[number][0] + tx * length * 0.014, rib[number][1] + ty * length * 0.014),
                ],
                code,
            )
    pen.line(rib, length * 0.013, "#{:02x}{:02x}{:02x}".format(*(int(v * (0.5 + 0.5 * shade)) for v in (178, 190, 96))))
