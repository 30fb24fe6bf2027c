"""Wide colours and much light become Rec. 709: as near as ΔE says to the standards' formulas, written out anew here."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pillow_heif
import pytest
from PIL import Image

from bot.codec.hdr import Rec709
from bot.codec.planes import Planes, plane_view, to_rgb
from bot.codec.still import read_planes, read_rgb
from bot.studio.film.render import render
from tests.codec.media import display_p3_profile
from tests.studio.film.making import draft, frame_rgb

Colour = tuple[float, float, float]
LARGEST = 3.0  # ΔE (CIE 1976) that docs/studio.md states
PATCHES: tuple[Colour, ...] = (
    *((grey, grey, grey) for grey in (0.0, 0.2, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0)),
    (0.5, 0.42, 0.38),  # skin
    (0.36, 0.45, 0.3),
    (0.35, 0.4, 0.55),
    (0.62, 0.55, 0.4),
)
SIDE = 32


def lab(rgb: Colour) -> Colour:
    """CIE L*a*b* (D65) of sRGB from 0 to 1."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def delta(seen: np.ndarray, wanted: Colour) -> float:
    return math.dist(lab(tuple(float(c) / 255 for c in seen)), lab(wanted))


def curve(c: float) -> float:
    c = min(max(c, 0.0), 1.0)
    return 12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055


def pq(nits: float) -> float:
    """ST 2084: the code of a luminance."""
    y = (nits / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375


def of_pq(code: float) -> float:
    e = code ** (1 / 78.84375)
    return 10_000 * (max(e - 0.8359375, 0) / (18.8515625 - 18.6875 * e)) ** (1 / 0.1593017578125)


def of_hlg(colour: Colour) -> list[float]:
    """BT.2100: light on a display of 1000 nits."""
    scene = [e * e / 3 if e <= 0.5 else (math.exp((e - 0.55991073) / 0.17883277) + 0.28466892) / 12 for e in colour]
    luma = 0.2627 * scene[0] + 0.678 * scene[1] + 0.0593 * scene[2]
    return [1000 * luma**0.2 * e for e in scene]


def rolled_off(nits: float) -> float:
    """BT.2390-8, 5.4.1, from 1000 to 203 nits, without a black lift."""
    whole, most = pq(1000), pq(203) / pq(1000)
    start = 1.5 * most - 0.5
    e = min(pq(nits) / whole, 1)
    if e >= start:
        t = (e - start) / (1 - start)
        e = (2 * t**3 - 3 * t**2 + 1) * start + (t**3 - 2 * t**2 + t) * (1 - start) + (-2 * t**3 + 3 * t**2) * most
    return of_pq(e * whole)


def reference(colour: Colour, transfer: str) -> Colour:
    light = of_hlg(colour) if transfer == "hlg" else [min(of_pq(c), 1000) for c in colour]
    most = max(*light, 1e-6)
    r, g, b = (rolled_off(most) / most * part / 203 for part in light)
    return (
        curve(1.6605 * r - 0.5876 * g - 0.0728 * b),
        curve(-0.1246 * r + 1.1329 * g - 0.0083 * b),
        curve(-0.0182 * r - 0.1006 * g + 1.1187 * b),
    )


def hdr_clip(path: Path, transfer: str) -> Path:
    """The patches side by side, 10 bits, Rec. 2020, as phones film."""
    curve_number = {"hlg": 18, "pq": 16}[transfer]
    r, g, b = np.array(PATCHES).T
    y = 0.2627 * r + 0.678 * g + 0.0593 * b
    with av.open(path, "w") as container:
        stream = container.add_stream("libx265", rate=25, options={"x265-params": "log-level=none:lossless=1"})
        stream.width, stream.height, stream.pix_fmt = SIDE * len(PATCHES), 96, "yuv420p10le"
        context = stream.codec_context
        context.color_primaries = context.colorspace = 9
        context.color_trc, context.color_range = curve_number, 1
        frame = av.VideoFrame(stream.width, stream.height, stream.pix_fmt)
        frame.color_primaries = frame.colorspace = 9
        frame.color_trc, frame.color_range = curve_number, 1
        levels = (64 + 876 * y, 512 + 896 * (b - y) / 1.8814, 512 + 896 * (r - y) / 1.4746)
        for index, (row, wide) in enumerate(zip(levels, (SIDE, SIDE // 2, SIDE // 2), strict=True)):
            plane = frame.planes[index]
            rows = np.frombuffer(plane, np.uint8).view("<u2").reshape(plane.height, -1)
            rows[:, : plane.width] = np.repeat(np.round(row).astype("<u2"), wide)
        for number in range(30):
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("transfer", ["hlg", "pq"])
def test_bright_films_are_toned(tmp_path: Path, transfer: str) -> None:
    path = hdr_clip(tmp_path / "clip.mp4", transfer)
    with av.open(path) as container:
        frame = next(container.decode(video=0))
    plain = Rec709().of(frame)
    seen = to_rgb(Planes(y=plane_view(plain, 0), u=plane_view(plain, 1), v=plane_view(plain, 2)))
    away = [delta(seen[48, SIDE * n + SIDE // 2], reference(patch, transfer)) for n, patch in enumerate(PATCHES)]
    assert max(away) < LARGEST
    naive = frame.reformat(format="rgb24", dst_colorspace=1).to_ndarray()
    untoned = [delta(naive[48, SIDE * n + SIDE // 2], reference(patch, transfer)) for n, patch in enumerate(PATCHES)]
    assert max(untoned) > 3 * LARGEST, "the measure would notice"


def test_a_bright_clip_in_a_film(tmp_path: Path) -> None:
    clip = hdr_clip(tmp_path / "clip.mp4", "hlg")
    shots = [{"d": 1000, "m": {"asset": "c", "kind": "video"}}]
    film = draft(shots, size=(SIDE * len(PATCHES), 216))
    render(film, {"c": clip}, tmp_path / "film.mp4", workers=1)
    seen = frame_rgb(tmp_path / "film.mp4", 11)
    row = seen[seen.shape[0] // 2].astype(int)
    greys = [row[round(seen.shape[1] * (0.06 + 0.88 * (n + 0.5) / len(PATCHES)))] for n in range(8)]  # shown whole
    assert greys[7].min() > 245
    assert greys[5].mean() == pytest.approx(255 * reference(PATCHES[5], "hlg")[0], abs=6), "white paper"
    assert np.all(np.diff([grey.sum() for grey in greys]) > 0), "no light is lost"


@pytest.mark.parametrize("transfer", ["hlg", "pq"])
def test_bright_photos_are_toned_like_films(tmp_path: Path, transfer: str) -> None:
    deep = np.repeat((np.array(PATCHES) * 65535).round().astype(np.uint16), SIDE, axis=0)[None].repeat(150, axis=0)
    photo = pillow_heif.from_bytes("RGB;16", (deep.shape[1], deep.shape[0]), deep.tobytes())
    told = {"color_primaries": 9, "matrix_coefficients": 9, "full_range_flag": 1}
    number = {"hlg": 18, "pq": 16}[transfer]
    photo.save(tmp_path / "p.heic", quality=-1, chroma=444, transfer_characteristics=number, **told)
    for seen in (read_rgb(tmp_path / "p.heic"), to_rgb(read_planes(tmp_path / "p.heic", deep.shape[1]))):
        assert seen.shape[:2] == deep.shape[:2]
        for row in (5, 145):
            away = [delta(seen[row, SIDE * n + SIDE // 2], reference(p, transfer)) for n, p in enumerate(PATCHES)]
            assert max(away) < LARGEST
    small = read_rgb(tmp_path / "p.heic", SIDE * len(PATCHES) // 2)
    assert small.shape[:2] == (75, SIDE * len(PATCHES) // 2)
    assert delta(small[30, SIDE // 2 * 5 + SIDE // 4], reference(PATCHES[5], transfer)) < LARGEST


def test_display_p3_photos_keep_their_colours(tmp_path: Path) -> None:
    """Colours that both spaces have, through the profile in the file and all the way to the film's planes."""
    to_srgb = ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979))
    colours = [(0.75, 0.55, 0.45), (0.4, 0.5, 0.35), (0.45, 0.5, 0.7), (0.9, 0.85, 0.6), (0.3, 0.25, 0.28), (0.7,) * 3]
    picture = Image.new("RGB", (64 * len(colours), 64))
    for number, colour in enumerate(colours):
        picture.paste(tuple(round(255 * c) for c in colour), (64 * number, 0, 64 * number + 64, 64))
    picture.save(tmp_path / "p3.jpg", quality=100, subsampling=0, icc_profile=display_p3_profile())
    seen = to_rgb(read_planes(tmp_path / "p3.jpg", 64 * len(colours)))
    for number, colour in enumerate(colours):
        light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        r, g, b = (curve(sum(a * c for a, c in zip(row, light, strict=True))) for row in to_srgb)
        assert delta(seen[32, 64 * number + 32], (r, g, b)) < LARGEST


@pytest.mark.parametrize(("size", "kept"), [((320, 180), False), ((1280, 720), True), ((720, 1280), True)])
def test_colours_that_are_not_told_are_those_of_the_size(size: tuple[int, int], kept: bool) -> None:
    frame = av.VideoFrame(*size, "yuv420p")
    for index, level in enumerate((90, 80, 200)):
        plane_view(frame, index)[:] = level
    shown = [int(plane_view(Rec709().of(frame), index)[5, 5]) for index in range(3)]
    assert (shown == [90, 80, 200]) is kept, "Rec. 709 in high definition, Rec. 601 below"
