"""Looks and a clip's own pace: what they do to pixels, and that nothing else changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from bot.codec.planes import from_rgb, to_rgb
from bot.studio.film.grade import graded
from bot.studio.film.looks import looked
from bot.studio.film.model import Look, parse
from bot.studio.film.render import render
from bot.studio.film.soundtrack import soundtrack
from tests.codec.media import clip, corner_picture, smooth_photo
from tests.studio.film.making import draft, frame_rgb, photo, watch
from tests.studio.film.speaking import RATE, sounding_clip
from tests.studio.film.test_voices import share, shot

LOOKS = tuple(look for look in get_args(Look) if look != "plain")
COLOURS = {"white": (235, 235, 235), "grey": (128, 128, 128), "black": (20, 20, 20), "red": (190, 60, 50)}


def after(look: str, rgb: tuple[int, int, int]) -> np.ndarray:
    flat = from_rgb(np.full((8, 8, 3), rgb, np.uint8))
    return to_rgb(looked(flat, look))[4, 4].astype(int)


def colourful(rgb: np.ndarray) -> int:
    return int(np.ptp(rgb))


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_keeps_order_and_range(look: str) -> None:
    ramp = from_rgb(np.repeat(np.arange(256, dtype=np.uint8).reshape(1, -1, 1), 3, axis=2).repeat(2, axis=0))
    luma = looked(ramp, look).y[0].astype(int)
    assert np.all(np.diff(luma) >= 0), "what was lighter stays lighter"
    assert 16 <= luma[0] < 45
    assert 215 < luma[-1] <= 235


def test_what_each_look_is() -> None:
    red = {look: after(look, COLOURS["red"]) for look in (*LOOKS, "plain")}
    grey = {look: after(look, COLOURS["grey"]) for look in LOOKS}
    assert colourful(red["mono"]) == colourful(grey["mono"]) == 0
    assert grey["sepia"][0] > grey["sepia"][1] > grey["sepia"][2]
    assert np.abs(red["sepia"] - after("sepia", (96, 96, 96))).max() < 12, "all of one tint"
    assert grey["warm"][0] > grey["warm"][2] + 15
    assert grey["cool"][2] > grey["cool"][0] + 15
    assert colourful(red["vivid"]) > colourful(red["plain"]) + 15
    assert colourful(red["faded"]) < colourful(red["plain"]) - 15
    assert colourful(grey["vivid"]) <= 2, "greys stay grey"


def test_a_look_comes_after_the_grade_in_one_pass() -> None:
    picture = from_rgb(np.asarray(corner_picture(64, 48).convert("RGB")))
    both = graded(picture, (10, -3, 2), "vivid")
    twice = looked(graded(picture, (10, -3, 2)), "vivid")
    for once, again in zip(both.all, twice.all, strict=True):
        assert np.abs(once.astype(int) - again).max() <= 1
    assert graded(picture, (0, 0, 0)) is picture


def test_photos_and_clips_of_a_film_have_the_looks_they_ask_for(tmp_path: Path) -> None:
    assets = {"p": smooth_photo(tmp_path / "p", (320, 180), seed=3), "c": turning(tmp_path / "c.mp4")}
    segments = [
        photo("p", 600, motion="still", look="mono"),
        photo("p", 600, motion="still", transition="cut"),
        {"d": 600, "m": {"asset": "c", "kind": "video", "transition": "cut", "look": "sepia"}},
        {"d": 1200, "m": {"asset": "c", "kind": "video", "transition": "cut"}},
    ]
    render(draft(segments), assets, tmp_path / "film.mp4", workers=1)
    mono, plain, sepia, clip_plain = (frame_rgb(tmp_path / "film.mp4", at).astype(int) for at in (14, 26, 44, 60))
    assert np.ptp(mono, axis=2).max() <= 8
    assert np.ptp(plain, axis=2).max() > 40
    assert (sepia[..., 0] - sepia[..., 2]).mean() > 20
    assert abs((clip_plain[..., 0] - clip_plain[..., 2]).mean()) < 6


def turning(path: Path) -> Path:
    """A clip of two seconds that gets lighter evenly."""
    return clip(path, seconds=2, size=(320, 180), fps=30)


@pytest.mark.parametrize(
    ("speed", "slot", "begin"),
    [(2.0, 700, 400), (4.0, 300, 400), (0.5, 1500, 400), (0.25, 1500, 400), (4, 1500, 0), (1.0, 800, 300)],
)
def test_a_clip_runs_at_its_speed_from_where_it_begins(tmp_path: Path, speed: float, slot: int, begin: int) -> None:
    segments = [
        photo("p", 500),
        {"d": slot, "m": {"asset": "c", "kind": "video", "in": begin, "speed": speed, "td": 200}},
        photo("p", 900, transition="cut"),
    ]
    assets = {"p": smooth_photo(tmp_path / "p", (320, 180), seed=3), "c": turning(tmp_path / "c.mp4")}
    made = render(draft(segments), assets, tmp_path / "film.mp4", workers=1)
    assert made.duration_ms == 1400 + slot
    means = watch(tmp_path / "film.mp4").luma.astype(float).mean(axis=(1, 2))
    # The clip has two seconds: of a slot that would need more it is slowed down until it fits.
    first = 12
    begins = max(0.0, begin / 1000 - speed * 3 / 30)
    rate = min(speed, (2 - begins) / ((15 + slot * 30 // 1000 - first) / 30))
    for frame in range(19, 15 + slot * 30 // 1000):
        wanted = begins + (frame - first) * rate / 30
        assert means[frame] == pytest.approx(16 + (40 + 80 * wanted) * 219 / 255, abs=6), frame


@pytest.mark.parametrize(("speed", "heard"), [(2.0, True), (0.5, True), (2.5, False)])
def test_sound_keeps_its_pitch_and_is_dropped_where_it_is_too_quick(tmp_path: Path, speed: float, heard: bool) -> None:
    at = np.arange(6 * RATE) / RATE
    path = sounding_clip(tmp_path / "c.mp4", 0.4 * np.stack([np.sin(2 * np.pi * 300 * at)] * 2))
    whole: dict[str, Any] = {"sound": "keep", "speed": speed}
    made = soundtrack(parse(draft([shot(2200, **whole)])), {"c": path})
    if heard:
        assert share(made, 0.4, 1.5, 285, 315) > 0.9 * share(made, 0.4, 1.5, 20, 20_000) > 0
        loud = np.sqrt((made[:, RATE // 2 : RATE] ** 2).mean())
        assert loud == pytest.approx(np.sqrt((made[:, RATE : RATE * 3 // 2] ** 2).mean()), rel=0.15)
    else:
        assert np.abs(made).max() == 0
