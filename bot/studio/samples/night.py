"""A skyline at the blue hour and the Milky Way over a lake."""

import numpy as np

from bot.studio.samples.canvas import Box, Canvas, Pen
from bot.studio.samples.noise import Field, code, colour, fractal, peaks, profile, resized, sampled, step
from bot.studio.samples.scenery import firs, ridge, stars, streaks

_WINDOWS = ("#ffd889", "#ffc765", "#ffe6b0", "#ffb454", "#fff2d2", "#ffcf7a", "#ffdf9a", "#b9d6f2")


def skyline(canvas: Canvas) -> None:
    """Towers with lit windows, mirrored in still water."""
    shore, aspect = 0.64, canvas.aspect
    canvas.gradient(
        [(0, "#0c1a44"), (0.25, "#1e3a7d"), (0.38, "#4a69ac"), (0.50, "#b98ba6"), (0.59, "#f2a672"), (0.66, "#f7b077")],
        0,
        shore,
    )
    canvas.glow((aspect * 0.3, 0.64), 0.55, "#ff8a52", 0.55, squash=2.2)
    streaks(canvas, 0.06, 0.56, "#f0a08a", 0.5, cells=(8, 1.1))
    streaks(canvas, 0.0, 0.4, "#16275c", 0.55, cells=(6, 0.9))
    moon = (aspect * 0.86, 0.16)
    canvas.draw(lambda pen: pen.oval(moon, 0.021, 0.021, "#fdf6e3"))
    canvas.glow(moon, 0.075, "#ccd8ff", 0.45)
    for depth, (count, low, high, wall) in enumerate(
        ((52, 0.06, 0.26, "#7a6b9c"), (40, 0.08, 0.46, "#3d447c"), (48, 0.05, 0.20, "#171f47"))
    ):
        _district(canvas, shore, count, low, high, wall, depth)
        if depth < 2:
            haze = np.exp(-(((canvas.y - np.float32(shore)) / np.float32(0.09)) ** 2)) + 0 * canvas.x
            canvas.blend(haze * np.float32(0.45 - 0.15 * depth), "#d99a8e")
    _lamps(canvas, shore)
    canvas.bloom(0.55, 0.7, 0.02)
    _mirror(canvas, shore, tint="#0d1c46", amount=0.34)


def _district(canvas: Canvas, shore: float, count: int, low: float, high: float, wall: str, depth: int) -> None:
    """One row of towers; the higher `depth`, the nearer, larger and better lit."""
    rng, aspect = canvas.rng, canvas.aspect
    centres = np.sort((np.arange(count) + rng.uniform(-0.4, 0.4, count)) * aspect / (count - 1))
    downtown = np.exp(-(((centres / aspect - 0.56) / 0.2) ** 2)) if depth < 2 else 0.35 + 0.3 * rng.random(count)
    lit, clear = ((0.30, 0.42), (0.46, 0.85), (0.42, 1.0))[depth]

    def build(pen: Pen) -> None:
        for x, weight in zip(centres, downtown, strict=True):
            tall = low + (high - low) * weight * rng.uniform(0.28, 1.12)
            half = rng.uniform(0.013, 0.027) * (1 + 0.2 * depth)
            box = (float(x - half), float(shore - tall), float(x + half), shore + 0.004)
            _tower(pen, rng, box, wall, lit=lit, clear=clear, pitch=0.0044 + 0.0006 * depth)

    canvas.draw(build, (0, 0, aspect, shore + 0.004))


def _tower(pen: Pen, rng: np.random.Generator, box: Box, wall: str, *, lit: float, clear: float, pitch: float) -> None:
    left, top, right, bottom = box
    middle, half = (left + right) / 2, (right - left) / 2
    crown = rng.integers(0, 5)
    if crown == 0:
        pen.line([(middle, top - half * 1.6), (middle, top)], 0.0022, wall)
        pen.oval((middle, top - half * 1.6), 0.0022, 0.0022, "#ff6a5a")
    elif crown == 1:
        pen.polygon([(left, top), (middle, top - half * 1.1), (right, top)], wall)
    elif crown == 2:
        pen.box((left + half * 0.35, top - half * 0.6, right - half * 0.35, top), wall)
    elif crown == 3:
        pen.polygon([(left, top), (left, top - half * 0.8), (right, top)], wall)
    pen.box(box, wall)
    pen.box((right - half * 0.5, top, right, bottom), code(colour(wall) * np.float32(0.8)))
    glass = [code(colour(wall) + (colour(pane) - colour(wall)) * np.float32(clear)) for pane in _WINDOWS]
    across = np.arange(left + pitch * 0.7, right - pitch, pitch * 1.35).tolist()
    for y in np.arange(top + pitch, bottom - pitch, pitch * 1.7).tolist():
        share = lit * rng.choice([0.35, 1.0, 1.9], p=[0.3, 0.55, 0.15])  # whole floors are dark or still at work
        for x in across:
            if rng.random() < share:
                pane = glass[rng.integers(0, len(glass))]
                pen.box((x, y, x + pitch * 0.62, y + pitch * 0.85), pane)


def _lamps(canvas: Canvas, shore: float) -> None:
    places = np.arange(0.02, canvas.aspect, 0.062)
    places += canvas.rng.uniform(-0.006, 0.006, len(places))

    def light(pen: Pen) -> None:
        pen.box((0, shore - 0.008, canvas.aspect, shore + 0.004), "#0f1634")
        for x in places.tolist():
            pen.line([(x, shore - 0.03), (x, shore)], 0.0016, "#0f1634")
            pen.oval((x, shore - 0.031), 0.0042, 0.0042, "#fff0c4")

    canvas.draw(light, (0, shore - 0.05, canvas.aspect, shore + 0.01))


def _mirror(canvas: Canvas, shore: float, *, tint: str, amount: float, calm: float = 1.0) -> None:
    """Turn the rows below the shore into water that repeats what stands above it, broken by ripples."""
    first = canvas.row(shore)
    height = canvas.height - first
    texture = fractal(canvas.rng, 256, 512, cells=(24, 8), octaves=4, gain=0.6, endless=True)
    depth = np.arange(height, dtype=np.float32)[:, None] / np.float32(height)
    stretch = np.float32(1) / (np.float32(0.03) + depth)
    ripple = sampled(
        texture,
        np.sqrt(depth) * 3 + 0 * canvas.x,
        (canvas.x - np.float32(canvas.aspect / 2)) * (np.float32(0.4) + stretch * np.float32(0.05)),
    )
    rows = (
        first
        - 1
        - np.arange(height)[:, None] * (first / height) * 0.82
        - ripple * (0.006 + 0.03 * depth) * canvas.height / calm
    )
    columns = np.arange(canvas.width)[None, :] + ripple * (0.004 * canvas.height) * (0.3 + depth) / calm
    source = np.clip(rows, 0, first - 1).astype(np.intp), np.clip(columns, 0, canvas.width - 1).astype(np.intp)
    water = canvas.rgb[source]
    for channel in range(3):  # light on water is drawn out downwards
        plane = np.ascontiguousarray(water[..., channel])
        water[..., channel] = 0.35 * plane + 0.65 * resized(
            resized(plane, max(2, height // 14), canvas.width), height, canvas.width
        )
    canvas.rgb[first:] = water
    canvas.blend(np.clip(np.float32(amount) + depth * np.float32(0.4) + ripple * np.float32(0.05), 0, 1), tint, shore)


def milky_way(canvas: Canvas) -> None:
    """Midnight in the mountains: the galaxy stands over a lake, and one tent is still lit."""
    rng, aspect, shore = canvas.rng, canvas.aspect, 0.70
    canvas.gradient([(0, "#050a1f"), (0.35, "#0d1c44"), (0.58, "#1f4068"), (0.68, "#4f7f86"), (0.75, "#86a68a")])
    place = _galaxy(canvas)
    count = 9000
    spots = rng.random((count * 3, 2)) * [aspect, shore]
    column = np.clip((spots[:, 0] * canvas.height).astype(int), 0, canvas.width - 1)
    row = np.clip((spots[:, 1] * canvas.height).astype(int), 0, canvas.height - 1)
    keep = rng.random(len(spots)) < 0.22 + 0.75 * place[row, column]
    spots = spots[keep][:count]
    power = np.clip(rng.pareto(1.5, len(spots)) * 0.12 + 0.10, 0, 1).astype(np.float32)
    stars(canvas, [(x, y) for x, y in spots.tolist()], power)
    for base, rise, cells, crest, foot in (
        (0.665, 0.11, 3.0, "#1d3350", "#3f6272"),
        (0.695, 0.07, 4.0, "#101f38", "#1b3348"),
    ):
        line = (
            np.float32(base)
            - np.float32(rise) * (peaks(rng, canvas.width, cells=cells * aspect, gain=0.45) - np.float32(0.2))
        ).astype(np.float32)
        ridge(canvas, np.minimum(line, np.float32(shore)), crest, foot, 0.12, 0.02)
    bank = (
        np.float32(shore - 0.004) - np.abs(profile(rng, canvas.width, cells=3, octaves=4)) * np.float32(0.004)
    ).astype(np.float32)
    firs(canvas, bank, "#060d1c", count=round(120 * aspect), size=(0.015, 0.065))
    ridge(canvas, bank, "#060d1c", "#060d1c", 0.1, 0)
    _mirror(canvas, shore, tint="#0a1a33", amount=0.2, calm=2.2)
    ground = (
        np.float32(0.93)
        + (canvas.x[0] / aspect - 0.35) * np.float32(0.07)
        + profile(rng, canvas.width, cells=4, octaves=6) * np.float32(0.006)
    ).astype(np.float32)
    firs(canvas, ground, "#040812", count=9, size=(0.05, 0.13), sunk=0.02)
    ridge(canvas, ground, "#050a12", "#020409", 0.06, 0.004)
    tent = (aspect * 0.36, 0.942)
    canvas.glow((tent[0], tent[1] - 0.02), 0.11, "#ff9a3c", 0.5, squash=1.5)
    canvas.draw(lambda pen: _tent(pen, *tent, 0.06), (0, 0.85, aspect, 1))
    canvas.glow((tent[0], tent[1] - 0.02), 0.035, "#ffd890", 0.55)


def _galaxy(canvas: Canvas) -> Field:
    """The bright band with its dark lanes; what comes back is how strong it is, 0 to 1."""
    x, y = canvas.x - np.float32(canvas.aspect * 0.56), canvas.y - np.float32(0.34)
    across, along = x * np.float32(0.90) + y * np.float32(0.43), y * np.float32(0.90) - x * np.float32(0.43)
    cloud = canvas.noise((3, 3), octaves=7, gain=0.6)
    wisps = canvas.noise((7, 5), octaves=7, gain=0.65)
    bent = across + cloud * np.float32(0.022)
    core = np.exp(-((along - np.float32(0.12)) ** 2) / np.float32(0.10))
    band = np.exp(-((bent / (np.float32(0.062) + core * np.float32(0.034))) ** 2))
    rift = np.exp(-(((bent - np.float32(0.012) + wisps * np.float32(0.012)) / np.float32(0.016)) ** 2))
    dust = np.clip(rift * np.float32(0.75) + step(0.3, 1.9, wisps) * np.float32(0.5) * band, 0, 0.85)
    strength = np.clip(band * (np.float32(0.75) + wisps * np.float32(0.2)), 0, 1) * (1 - dust)
    canvas.light(band, "#31518f", 0.55)
    canvas.light(strength * (np.float32(0.45) + core * np.float32(0.5)), "#b9b8e8", 0.62)
    canvas.light(strength * core * step(0.1, 1.6, cloud), "#ff9fb0", 0.42)
    canvas.light(strength * core, "#ffe3b8", 0.30)
    canvas.shade(1 - dust * band * np.float32(0.35))
    return np.asarray(strength, dtype=np.float32)


def _tent(pen: Pen, x: float, y: float, size: float) -> None:
    peak = (x, y - size * 0.72)
    pen.polygon([(x - size, y), peak, (x + size * 0.95, y)], "#e8862e")
    pen.polygon([(x - size, y), peak, (x - size * 0.25, y)], "#f7b04c")
    pen.polygon([(x - size * 0.25, y), peak, (x + size * 0.3, y)], "#ffe9ae")
    pen.polygon([(x + size * 0.02, y), (x, y - size * 0.62), (x + size * 0.2, y)], "#fff8dc")
    pen.line([(x - size, y), peak, (x + size * 0.95, y)], size * 0.035, "#7a3c14")
    pen.line([peak, (x + size * 0.3, y)], size * 0.02, "#b5651e")
