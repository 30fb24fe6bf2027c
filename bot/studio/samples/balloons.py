"""Hot-air balloons over a valley of rocks."""

import numpy as np

from bot.studio.samples.canvas import Canvas, Pen
from bot.studio.samples.noise import Field, colour, peaks, profile, step
from bot.studio.samples.scenery import dabs, ridge, streaks

_CLOTHS = (
    ("#e4483b", "#fff1d6", "#f3b13c"),
    ("#1f7fb5", "#f7f3e3", "#f28c38"),
    ("#7a3f98", "#f6c945", "#e8508a"),
    ("#178f83", "#fbe8b0", "#e2553d"),
    ("#f0a63a", "#d33f49", "#fff4dd"),
    ("#31529e", "#ef6f6c", "#ffe6a7"),
)


def balloons(canvas: Canvas) -> None:
    """Early morning: balloons of many colours drift over pale pinnacles."""
    canvas.gradient([(0, "#3d9bc4"), (0.3, "#8fcbd6"), (0.55, "#fbe3c8"), (0.72, "#ffd0a8")], 0, 0.85)
    canvas.glow((canvas.aspect * 0.12, 0.62), 0.5, "#ffd493", 0.75)
    streaks(canvas, 0.05, 0.5, "#ffffff", 0.6)
    for base, rise, cells, crest, foot in (
        (0.70, 0.05, 4.0, "#c7a9b5", "#f3cfb9"),
        (0.75, 0.07, 5.0, "#c08d8a", "#efc2a0"),
        (0.83, 0.10, 7.0, "#a96f60", "#e0a67c"),
    ):
        heights = peaks(canvas.rng, canvas.width, cells=cells * canvas.aspect, gain=0.4) ** np.float32(1.5)
        ridge(canvas, (np.float32(base) - heights * np.float32(rise)).astype(np.float32), crest, foot, 0.13, 0.03)
        mist = canvas.noise((6, 1.5), octaves=4)
        band = np.exp(-(((canvas.y - np.float32(base + 0.05)) / np.float32(0.03)) ** 2))
        canvas.blend(step(-1, 1.6, mist) * band * np.float32(0.6), "#ffe6cd")
    far = (
        (0.30, 0.50, 0.030),
        (0.665, 0.60, 0.024),
        (0.83, 0.53, 0.034),
        (0.12, 0.60, 0.022),
        (0.70, 0.44, 0.042),
        (0.44, 0.40, 0.05),
    )
    for number, (x, y, size) in enumerate(far):
        _balloon(canvas, x * canvas.aspect, y, size, _CLOTHS[(number + 3) % len(_CLOTHS)], haze=0.42 - size * 4)
    _pinnacles(canvas)
    for number, (x, y, size) in enumerate(((0.20, 0.30, 0.088), (0.86, 0.26, 0.075), (0.56, 0.26, 0.165))):
        _balloon(canvas, x * canvas.aspect, y, size, _CLOTHS[number], haze=0.1 - size * 0.6)


def _balloon(canvas: Canvas, x: float, y: float, size: float, cloth: tuple[str, str, str], haze: float) -> None:
    """An envelope of radius `size` centred at (x, y), its gores shaded as on a globe, with basket and ropes."""
    mouth, basket = y + size * 1.42, y + size * 1.78

    def rig(pen: Pen) -> None:
        for side in (-1, 1):
            pen.line(
                [(x + side * size * 0.17, mouth - size * 0.05), (x + side * size * 0.12, basket)],
                size * 0.012,
                "#5b4636",
            )
        pen.box((x - size * 0.13, basket, x + size * 0.13, basket + size * 0.18), "#6d4a30")
        pen.box((x - size * 0.145, basket - size * 0.02, x + size * 0.145, basket + size * 0.03), "#4a3122")
        for person in (-0.06, 0.05):
            pen.oval((x + size * person, basket - size * 0.05), size * 0.035, size * 0.045, "#3a2c2a")

    canvas.draw(rig, (x - size, y, x + size, basket + size * 0.3), opacity=1 - max(0, haze))
    rows = slice(canvas.row(y - size * 1.04), canvas.row(mouth + size * 0.02))
    columns = slice(*(max(0, round((x + side * size * 1.1) * canvas.height)) for side in (-1, 1)))
    fine = np.float32(2 * size * canvas.height)  # worked out at twice the size and averaged: smooth seams
    v = (np.arange(2 * rows.start, 2 * rows.stop, dtype=np.float32) + np.float32(0.5)) / fine - np.float32(y / size)
    u = (np.arange(2 * columns.start, 2 * columns.stop, dtype=np.float32) + np.float32(0.5)) / fine - np.float32(
        x / size
    )
    mask, ink = _envelope(v[:, None], u[None, :], cloth)
    ink += (colour("#f6dccb") - ink) * np.float32(max(0, haze))
    cover = _halved(mask[..., None])
    region = canvas.rgb[rows, columns]
    region *= 1 - cover
    region += _halved(ink * mask[..., None])


def _envelope(v: Field, u: Field, cloth: tuple[str, str, str]) -> tuple[Field, Field]:
    """Coverage and colour at heights `v` and across `u`, both in radii from the centre of the globe."""
    t = np.clip(v / np.float32(1.42), 0, 1)
    skirt = np.float32(0.17) + np.float32(0.83) * (1 - t ** np.float32(1.7)) ** np.float32(0.9)
    radius = np.where(v < 0, np.sqrt(np.clip(1 - v**2, 0, 1)), skirt)
    mask = ((np.abs(u) <= radius) & (v < np.float32(1.42))).astype(np.float32)
    turn: Field = np.clip(u / np.maximum(radius, np.float32(1e-3)), -1, 1).astype(np.float32)
    around = np.arcsin(turn) * np.float32(14 / np.pi)  # in gores: fourteen on the side that is seen
    gore = np.floor(around + np.float32(0.5)).astype(np.intp)
    inks = np.stack([colour(code) for code in cloth])
    ink = inks[np.array([0, 1, 0, 2])[gore % 4]]
    waist = (np.abs(v - np.float32(0.12)) < np.float32(0.13)) & (gore % 2 == 0)
    ink = np.where(waist[..., None], inks[1], ink)
    ends = (v > np.float32(1.12)) | (v < np.float32(-0.93))
    ink = np.where(ends[..., None], inks[2], ink)
    pleat = np.cos(around * np.float32(2 * np.pi)) * np.float32(0.05)
    light = np.float32(0.74) - turn * np.float32(0.42) - v * np.float32(0.16) + pleat
    ink = ink * np.clip(light, 0.25, 1.12)[..., None]
    ink += (colour("#ffb489") - ink) * (step(0.5, 1.0, turn) * np.float32(0.18))[..., None]
    return mask, ink.astype(np.float32)


def _halved(field: Field) -> Field:
    rows, columns, depth = field.shape
    return np.asarray(field.reshape(rows // 2, 2, columns // 2, 2, depth).mean(axis=(1, 3)), dtype=np.float32)


def _pinnacles(canvas: Canvas) -> None:
    """Fairy chimneys in front, lit from the left, with bushes at their feet."""
    rng = canvas.rng
    ground = np.float32(0.93) + profile(rng, canvas.width, cells=5, octaves=5) * np.float32(0.012)
    ridge(canvas, ground, "#b97b56", "#7d4a3a", 0.09, 0.06)

    def carve(pen: Pen) -> None:
        for x in np.sort(rng.uniform(0, canvas.aspect, 17)):
            edge = abs(x / canvas.aspect - 0.5) * 2
            height = rng.uniform(0.06, 0.11) + 0.10 * edge**2
            width, foot = height * rng.uniform(0.2, 0.3), 0.945 + rng.uniform(0, 0.03)
            steps = np.linspace(0, 1, 14)
            swell = width * (0.30 + 0.70 * steps**1.4) * (1 + 0.05 * rng.standard_normal(14))
            for start, end, code in (
                (-1.0, 1.0, "#9a5a45"),
                (-1.0, 0.45, "#c07a55"),
                (-1.0, -0.1, "#dd9c6d"),
                (-1.0, -0.55, "#f0bd8b"),
            ):
                left = [
                    (float(x + start * s), float(foot - height * (1 - t))) for s, t in zip(swell, steps, strict=True)
                ]
                right = [
                    (float(x + end * s), float(foot - height * (1 - t))) for s, t in zip(swell, steps, strict=True)
                ]
                pen.polygon([*left, *reversed(right)], code)
            cap = foot - height
            pen.polygon(
                [
                    (x - width * 0.5, cap + 0.006),
                    (x - width * 0.08, cap - height * 0.17),
                    (x + width * 0.5, cap + 0.006),
                ],
                "#6b4a45",
            )
            pen.polygon(
                [
                    (x - width * 0.5, cap + 0.006),
                    (x - width * 0.08, cap - height * 0.17),
                    (x + width * 0.02, cap + 0.006),
                ],
                "#94685a",
            )

    canvas.draw(carve, (0, 0.6, canvas.aspect, 1))
    for low, high, codes in (
        (0.945, 0.975, ("#8d7a48", "#a08a52", "#74683d")),
        (0.968, 1.02, ("#4a4a30", "#5d5a37", "#3a3d2a", "#6f6a3e")),
    ):
        heaps = np.stack([rng.uniform(0, canvas.aspect, 60), rng.uniform(low, high, 60)], axis=1)
        places = heaps[rng.integers(0, 60, 3600)] + rng.normal(0, 0.012, (3600, 2)) * [1.6, 0.7]
        dabs(canvas, places.astype(np.float32), rng.uniform(0.0012, 0.0038, 3600).astype(np.float32), codes, slim=1.3)
