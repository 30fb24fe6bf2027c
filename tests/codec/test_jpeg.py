"""JPEGs for other backends: upright, with the camera's words, within a limit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.codec.errors import TooBig
from bot.codec.jpeg import fit, to_jpeg
from tests.codec.media import assert_upright, corner_picture, heic, opened, oriented_jpeg, smooth_photo


def test_exif_is_kept_and_the_picture_turned(tmp_path: Path) -> None:
    source, target = oriented_jpeg(tmp_path / "source", 6), tmp_path / "target.jpg"
    size = to_jpeg(source, target)
    assert size == target.stat().st_size
    with Image.open(target) as image:
        exif = image.getexif()
        assert exif[0x0112] == 1
        assert (exif[0x010F], exif[0x0110]) == ("Maker", "Model")
        assert exif.get_ifd(0x8769)[0x9003] == "2024:05:04 18:30:15"
        assert exif.get_ifd(0x8769)[0x9011] == "+02:00"
        assert exif.get_ifd(0x8825)[1] == "N"
        assert_upright(np.asarray(image.convert("RGB")))


def test_heic_becomes_a_jpeg_with_its_time(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2023:01:02 03:04:05"
    source = heic(tmp_path / "photo.heic", corner_picture(), exif=exif.tobytes())
    to_jpeg(source, tmp_path / "photo.jpg", long_side=80)
    with Image.open(tmp_path / "photo.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (80, 60))
        assert image.getexif().get_ifd(0x8769)[0x9003] == "2023:01:02 03:04:05"


def test_fit_lowers_quality_before_size(tmp_path: Path) -> None:
    source, target = smooth_photo(tmp_path / "photo", (800, 600), quality=98), tmp_path / "small.jpg"
    whole = to_jpeg(source, target)
    assert fit(source, target, whole * 2 // 3) <= whole * 2 // 3
    assert opened(target).size == (800, 600)
    assert fit(source, target, 20_000) == target.stat().st_size <= 20_000
    assert 320 <= opened(target).width < 800
    with pytest.raises(TooBig):
        fit(source, target, 300)
