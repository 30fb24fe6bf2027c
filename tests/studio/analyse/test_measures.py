"""Measures, taken on real files."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.studio.analyse.alike import hash_distance, near_duplicates
from bot.studio.analyse.look import measure
from bot.studio.analyse.measures import Measures, from_json, to_json
from tests.studio.analyse.pictures import black, blurred, chat, nearly, night, saved, scene, shaken, subject

LIMIT = 10**9


def seen(folder: Path, image: Image.Image, name: str = "a.jpg", **tags: object) -> Measures:
    measures = measure(saved(folder / name, image, **tags), LIMIT)
    assert measures is not None
    return measures


def test_the_same_scene_is_known_again_and_others_are_not(tmp_path: Path) -> None:
    scenes = [seen(tmp_path, scene(seed, (800, 600))) for seed in range(6)]
    assert not any(near_duplicates(one, other, 1.0) for one, other in combinations(scenes, 2))
    for seed, first in enumerate(scenes):
        image = scene(seed, (800, 600))
        small = image.resize((480, 360))
        darker = image.point(lambda value: round(value * 0.8))
        for again in (nearly(image), small, darker):
            assert near_duplicates(first, seen(tmp_path, again), None), seed
        assert hash_distance(first, seen(tmp_path, image.rotate(90, expand=True))) > 10


def test_what_has_no_shapes_is_like_nothing(tmp_path: Path) -> None:
    plain = [seen(tmp_path, Image.new("RGB", (600, 400), (shade, 90, 90))) for shade in (90, 91)]
    assert not near_duplicates(plain[0], plain[1], 0.0)
    assert plain[0].sharpness is None
    assert plain[0].heat == "0" * 64
    assert plain[0].box == (0, 0, 1000, 1000)


@pytest.mark.parametrize("seed", range(4))
def test_blur_and_shake_are_measured_and_a_soft_background_is_not(tmp_path: Path, seed: int) -> None:
    image = scene(seed)
    sharp = seen(tmp_path, image).sharpness
    assert sharp is not None
    assert sharp > 0.55
    for spoilt in (blurred(image), shaken(image)):
        value = seen(tmp_path, spoilt).sharpness
        assert value is not None
        assert value < 0.35
    portrait = blurred(image, 1 / 150)
    face = (500, 300, 1000, 900)
    portrait.paste(image.crop(face), face[:2])
    assert (seen(tmp_path, portrait).sharpness or 0) > 0.5


def test_black_is_told_from_night(tmp_path: Path) -> None:
    nothing, sky = seen(tmp_path, black()), seen(tmp_path, night())
    assert nothing.brightest < 0.1
    assert sky.brightest > 0.3
    assert sky.palette[0].startswith("#0")


def test_screens_are_told_from_photos(tmp_path: Path) -> None:
    assert seen(tmp_path, chat(), "a.png").screen >= 0.6
    sent = chat().resize((591, 1280))
    assert seen(tmp_path, sent).screen >= 0.6, "a messenger has shrunk it and made it a JPEG"
    assert seen(tmp_path, chat((1920, 1080)), "b.png").screen >= 0.6
    assert seen(tmp_path, chat(), "c.jpg", camera=True).screen == 0, "a photo of a screen was meant"
    for seed in range(3):
        assert seen(tmp_path, scene(seed, (1170, 2532))).screen < 0.5, "a photo of a screen's size"
    assert seen(tmp_path, night()).screen < 0.5


@pytest.mark.parametrize("at", [(0.2, 0.3), (0.8, 0.75), (0.5, 0.5), (0.15, 0.85)])
def test_the_eye_goes_to_what_stands_out(tmp_path: Path, at: tuple[float, float]) -> None:
    found = seen(tmp_path, subject((1200, 900), at))
    left, top, right, bottom = (side / 1000 for side in found.box)
    assert left < at[0] < right
    assert top < at[1] < bottom
    assert (right - left) * (bottom - top) < 0.35
    heat = np.array([int(digit, 16) for digit in found.heat]).reshape(8, 8)
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    assert abs((column + 0.5) / 8 - at[0]) < 0.15
    assert abs((row + 0.5) / 8 - at[1]) < 0.15


def test_tags_tell_the_clock_the_zone_and_the_place(tmp_path: Path) -> None:
    image = scene(1, (640, 480))
    tagged = seen(tmp_path, image, taken="2024:05:04 18:30:15", zone="+02:00", camera=True)
    assert (tagged.taken_by, tagged.zone) == ("shutter", 120)
    assert seen(tmp_path, image, taken="2024:05:04 18:30:15").zone is None
    assert seen(tmp_path, image).taken_by is None
    packet = b'<x:xmpmeta><rdf:Description photoshop:City="S\xc3\xa3o Paulo" photoshop:Country="Brasil"/></x:xmpmeta>'
    image.save(tmp_path / "place.jpg", xmp=packet)
    placed = measure(tmp_path / "place.jpg", LIMIT)
    assert placed is not None
    assert placed.place == "São Paulo"


def test_small_pictures_are_not_judged_and_measures_survive_the_disk(tmp_path: Path) -> None:
    assert measure(saved(tmp_path / "icon.png", scene(1, (200, 150))), LIMIT) is None
    measures = seen(tmp_path, scene(2, (640, 480)), taken="2024:05:04 18:30:15")
    assert from_json(to_json(measures)) == measures
    with_lists = to_json(measures) | {"box": list(measures.box), "palette": list(measures.palette), "tint": [0.0, 0.0]}
    assert from_json(with_lists).box == measures.box


@settings(max_examples=25, deadline=None)
@given(st.integers(240, 700), st.integers(240, 700), st.integers(0, 3), st.integers(0, 2**32 - 1))
def test_any_picture_can_be_measured(
    tmp_path_factory: pytest.TempPathFactory, width: int, height: int, kind: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    pixels = (
        np.full((height, width, 3), seed % 256, np.uint8),
        rng.integers(0, 256, (height, width, 3), dtype=np.uint8),
        np.where(rng.random((height, width, 1)) < 0.5, np.uint8(0), np.uint8(255)).repeat(3, axis=2),
        np.tile(np.linspace(0, 255, width).astype(np.uint8)[None, :, None], (height, 1, 3)),
    )[kind]
    path = tmp_path_factory.mktemp("any") / "a.png"
    Image.fromarray(pixels).save(path)
    found = measure(path, LIMIT)
    assert found is not None
    assert 0 <= found.screen <= 1
    assert found.sharpness is None or 0 <= found.sharpness <= 1
    left, top, right, bottom = found.box
    assert 0 <= left < right <= 1000
    assert 0 <= top < bottom <= 1000
    assert len(found.hash) == 16
    assert len(found.heat) == 64
