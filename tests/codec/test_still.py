"""Every kind of photo comes out upright, in sRGB, at the size asked for."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.codec.errors import CodecError, TooManyPixels, Unreadable
from bot.codec.planes import to_rgb
from bot.codec.still import read_planes, read_rgb
from tests.codec.media import (
    assert_upright,
    corner_picture,
    display_p3_profile,
    encoded,
    heic,
    opened,
    oriented_jpeg,
    smooth_photo,
    truncated,
)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_orientations_come_out_upright(tmp_path: Path, orientation: int) -> None:
    path = oriented_jpeg(tmp_path / "photo", orientation)
    rgb = read_rgb(path)
    assert rgb.shape == (120, 160, 3)
    assert_upright(rgb)
    planes = read_planes(path, 160)
    assert planes.size == (160, 120)
    assert_upright(to_rgb(planes))


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 95}),
        ("JPEG", {"quality": 95, "progressive": True}),
        ("JPEG", {"quality": 95, "subsampling": 0}),
        ("PNG", {}),
        ("WEBP", {"quality": 95}),
        ("GIF", {}),
        ("BMP", {}),
        ("AVIF", {"quality": 95}),
    ],
)
def test_formats(tmp_path: Path, kind: str, options: dict[str, object]) -> None:
    path = tmp_path / "no-suffix"
    path.write_bytes(encoded(corner_picture(), kind, **options))
    assert_upright(read_rgb(path))
    assert_upright(to_rgb(read_planes(path, 160)))


def test_cmyk_grey_palette_and_sixteen_bits(tmp_path: Path) -> None:
    corner_picture().convert("CMYK").save(tmp_path / "cmyk.jpg", quality=95)
    assert_upright(read_rgb(tmp_path / "cmyk.jpg"), tolerance=40)
    corner_picture().convert("P", palette=Image.Palette.ADAPTIVE).save(tmp_path / "palette.png")
    assert_upright(read_rgb(tmp_path / "palette.png"))
    Image.fromarray(np.full((20, 30), 40_000, np.uint16)).save(tmp_path / "deep.png")
    assert read_rgb(tmp_path / "deep.png")[5, 5] == pytest.approx([156, 156, 156], abs=1)
    Image.new("L", (30, 20), 77).save(tmp_path / "grey.jpg")
    assert read_rgb(tmp_path / "grey.jpg")[5, 5] == pytest.approx([77, 77, 77], abs=2)


def test_heic_is_turned_once(tmp_path: Path) -> None:
    """libheif applies the rotation in the file; the EXIF tag beside it must not be applied again."""
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = corner_picture().transpose(Image.Transpose.ROTATE_90)
    path = heic(tmp_path / "photo.heic", stored, exif=exif.tobytes())
    rgb = read_rgb(path)
    assert rgb.shape[:2] == (120, 160)
    assert_upright(rgb)


def test_avif_is_turned_once(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = corner_picture().transpose(Image.Transpose.ROTATE_90)
    (tmp_path / "photo").write_bytes(encoded(stored, "AVIF", quality=95, exif=exif))
    assert_upright(read_rgb(tmp_path / "photo"))


def test_heic_grid_with_odd_tiles(tmp_path: Path) -> None:
    path = heic(tmp_path / "photo.heic", corner_picture(600, 400), tile_size=256)
    assert_upright(read_rgb(path))
    assert_upright(to_rgb(read_planes(path, 300)))


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_turned_heic_grid(tmp_path: Path, orientation: int) -> None:
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = heic(
        tmp_path / "photo.heic",
        corner_picture(600, 400).transpose(turn[orientation]),
        tile_size=256,
        exif=exif.tobytes(),
    )
    planes = read_planes(path, 300)
    assert planes.size == (300, 200)
    assert_upright(to_rgb(planes))


@pytest.mark.parametrize("tile_size", [0, 256])
def test_heic_colours_are_the_same_both_ways(tmp_path: Path, tile_size: int) -> None:
    """Tile by tile, and through libheif in one piece (which happens when no size is asked for)."""
    photo = opened(smooth_photo(tmp_path / "photo", (600, 400)))
    path = heic(tmp_path / "photo.heic", photo, tile_size=tile_size)
    for profile in (None, display_p3_profile()):
        photo.info["icc_profile"] = profile
        heic(path, photo, tile_size=tile_size)
        whole = read_rgb(path).astype(int)
        pieces = read_rgb(path, 600).astype(int)
        assert np.abs(whole - pieces).mean() < 2.5
        planes = to_rgb(read_planes(path, 600)).astype(int)
        assert np.abs(whole - planes).mean() < 2.5


def test_transparency_lies_on_a_ground_it_shows_on(tmp_path: Path) -> None:
    dark, light = Image.new("RGBA", (64, 64), (0, 0, 0, 0)), Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    dark.paste((30, 60, 40, 255), (16, 16, 48, 48))
    light.paste((250, 250, 248, 255), (16, 16, 48, 48))
    dark.save(tmp_path / "dark.png")
    light.save(tmp_path / "light.png")
    for name in ("dark", "light"):
        rgb = read_rgb(tmp_path / f"{name}.png").astype(int)
        assert np.abs(rgb[32, 32] - rgb[2, 2]).max() > 100


def test_wide_gamut_is_converted(tmp_path: Path) -> None:
    picture = Image.new("RGB", (64, 48), (200, 80, 60))
    picture.save(tmp_path / "wide.jpg", quality=100, icc_profile=display_p3_profile())
    red, green, blue = (int(value) for value in read_rgb(tmp_path / "wide.jpg")[20, 20])
    assert red > 208, "the same numbers mean a stronger red in a wider space"
    assert (green, blue) < (80, 60)
    planes = to_rgb(read_planes(tmp_path / "wide.jpg", 64))[20, 20].astype(int)
    assert np.abs(planes - [red, green, blue]).max() <= 4


def test_both_ways_to_planes_agree(tmp_path: Path) -> None:
    """The short way from JPEG planes must give the colours of the long way through RGB."""
    path = smooth_photo(tmp_path / "photo.jpg", (640, 480))
    short = to_rgb(read_planes(path, 320)).astype(int)
    long = read_rgb(path, 320).astype(int)
    assert short.shape == long.shape
    assert np.abs(short - long).mean() < 2.5


def test_size_limit_is_checked_before_decoding(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    data = bytearray(encoded(Image.new("L", (8, 8)), "PNG"))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    crc = zlib.crc32(bytes(data[12:29]))
    data[29:33] = crc.to_bytes(4, "big")
    path.write_bytes(data)
    with pytest.raises(TooManyPixels) as caught:
        read_rgb(path)
    assert caught.value.pixels == 3_600_000_000
    with pytest.raises(TooManyPixels):
        read_planes(oriented_jpeg(tmp_path / "photo", 1), 100, max_pixels=1000)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_truncated_files_are_named(tmp_path: Path, kind: str) -> None:
    path = smooth_photo(tmp_path / "photo", (400, 300))
    if kind == "HEIF":
        heic(path, opened(path))
    elif kind != "JPEG":
        path.write_bytes(encoded(opened(path), kind))
    truncated(path, 0.6)
    for read in (read_rgb, lambda file: read_planes(file, 200)):
        with pytest.raises(Unreadable) as caught:
            read(path)
        assert caught.value.reason in {"truncated", "damaged"}


def test_what_is_no_photo(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("hello")
    for name, reason in (("empty", "empty"), ("text", "unknown-format"), ("nothing", "missing")):
        with pytest.raises(Unreadable) as caught:
            read_rgb(tmp_path / name)
        assert caught.value.reason == reason


def test_damaged_files_never_raise_anything_else(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    photo = smooth_photo(tmp_path / "photo", (96, 64))
    originals = [encoded(opened(photo), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")]
    originals.append(heic(tmp_path / "heic", opened(photo)).read_bytes())
    path = tmp_path / "mutant"
    for original in originals:
        for _ in range(40):
            data = bytearray(original)
            for _ in range(int(rng.integers(1, 12))):
                data[int(rng.integers(len(data)))] = int(rng.integers(256))
            path.write_bytes(data[: int(rng.integers(len(data) // 2, len(data) + 1))])
            try:
                planes = read_planes(path, 64, max_pixels=1_000_000)
            except CodecError:
                continue
            assert max(planes.size) <= 64
