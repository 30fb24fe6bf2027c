"""The sample photos are what their names and tags claim, differ from each other, and come out the same every time."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageOps

from bot.studio.samples import make_samples, samples

EXIF_IFD, TAKEN, OFFSET, ORIENTATION = 0x8769, 0x9003, 0x9011, 0x0112


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return make_samples(tmp_path_factory.mktemp("album"))


def opened(path: Path) -> Image.Image:
    """The picture as stored; HEIC without touching Pillow's global list of formats."""
    if path.suffix != ".heic":
        with Image.open(path) as picture:
            picture.load()
            return picture
    heif = pillow_heif.open_heif(path)
    picture = heif.to_pillow()
    picture.info["exif"] = heif.info["exif"]
    return picture


def upright(path: Path) -> Image.Image:
    return ImageOps.exif_transpose(opened(path)).convert("RGB")


def thumbnails(album: list[Path]) -> list[np.ndarray]:
    return [np.asarray(upright(path).resize((64, 64)), dtype=float) for path in album]


def taken(path: Path) -> datetime:
    detail = opened(path).getexif().get_ifd(EXIF_IFD)
    return datetime.strptime(detail[TAKEN] + detail[OFFSET], "%Y:%m:%d %H:%M:%S%z")


def test_ten_photos_in_the_order_of_their_names(album: list[Path]) -> None:
    assert len(album) == 10
    assert [path.name for path in album] == sorted(path.name for path in album)
    assert sorted(album[0].parent.iterdir()) == album


def test_files_are_what_their_suffix_says(album: list[Path]) -> None:
    signatures = {".jpg": (0, b"\xff\xd8\xff"), ".webp": (8, b"WEBP"), ".heic": (4, b"ftyphei")}
    for path in album:
        start, signature = signatures[path.suffix]
        assert path.read_bytes()[start : start + len(signature)] == signature, path.name
    suffixes = [path.suffix for path in album]
    assert suffixes.count(".heic") == 1
    assert suffixes.count(".webp") == 1


def test_shapes_are_mixed_and_larger_than_full_hd(album: list[Path]) -> None:
    sizes = [upright(path).size for path in album]
    ratios = [width / height for width, height in sizes]
    assert all(width * height > 1920 * 1080 for width, height in sizes)
    assert sum(ratio < 0.8 for ratio in ratios) >= 2
    assert sum(ratio == 1 for ratio in ratios) == 1
    assert sum(ratio >= 1.9 for ratio in ratios) == 1
    assert sum(ratio == pytest.approx(4 / 3, abs=0.01) for ratio in ratios) >= 5


def test_one_photo_lies_on_its_side_as_phones_store_it(album: list[Path]) -> None:
    turned = [path for path in album if opened(path).getexif().get(ORIENTATION, 1) == 6]
    assert len(turned) == 1
    width, height = opened(turned[0]).size
    assert width > height
    forest = np.asarray(upright(turned[0]).resize((30, 40)), dtype=float).mean(axis=(1, 2))
    assert forest[:10].mean() > 1.3 * forest[-10:].mean()  # upright, the light is at the top


def test_taken_over_one_weekend_and_not_in_the_order_of_the_names(album: list[Path]) -> None:
    moments = [taken(path) for path in album]
    assert len(set(moments)) == 10
    assert moments != sorted(moments)
    assert {moment.weekday() for moment in moments} == {5, 6}
    assert max(moments) - min(moments) < timedelta(days=2)
    assert all(moment.utcoffset() == timedelta(hours=2) for moment in moments)


def test_every_picture_is_rich_and_spans_dark_to_light(album: list[Path]) -> None:
    for path in album:
        grey = upright(path).convert("L")
        low, high = np.percentile(np.asarray(grey.resize((320, 320))), (2, 98))
        assert grey.entropy() > 6, path.name
        assert high - low > 90, path.name


def test_pictures_differ_strongly_from_each_other(album: list[Path]) -> None:
    pictures = thumbnails(album)
    for first in range(10):
        for second in range(first):
            apart = np.abs(pictures[first] - pictures[second]).mean()
            assert apart > 25, (album[first].name, album[second].name)


def test_the_album_has_many_colours(album: list[Path]) -> None:
    hues = set()
    for path in album:
        hue, saturation, _ = np.moveaxis(np.asarray(upright(path).resize((64, 64)).convert("HSV")), -1, 0)
        hues.add(int(np.bincount(hue[saturation > 60].ravel() // 22, minlength=12).argmax()))
    assert len(hues) >= 5


def test_grain_leaves_no_bands_in_a_clear_sky(album: list[Path]) -> None:
    """In a strip of smooth sky the grey values must not stay equal from pixel to pixel."""
    sky = np.asarray(upright(album[8]).convert("L"), dtype=int)[40:140]
    assert (np.diff(sky, axis=1) != 0).mean() > 0.4


def test_same_seed_same_files_other_seed_other_pictures(album: list[Path], tmp_path: Path) -> None:
    again = make_samples(tmp_path / "again", 1)
    other = make_samples(tmp_path / "other", 1, seed=8)
    assert again[0].read_bytes() == album[0].read_bytes()
    assert other[0].name == album[0].name
    assert other[0].read_bytes() != album[0].read_bytes()


def test_photos_are_written_one_at_a_time(tmp_path: Path) -> None:
    painting = samples(tmp_path / "new" / "folder", 2)
    first = next(painting)
    assert list(first.parent.iterdir()) == [first]


def test_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        make_samples(tmp_path, 0)


def test_command_prints_each_path(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.studio.samples", str(tmp_path / "photos"), "--count"]
    done = subprocess.run([*command, "1"], capture_output=True, text=True, check=True)
    paths = [Path(line) for line in done.stdout.splitlines()]
    assert paths == sorted((tmp_path / "photos").iterdir())
    refused = subprocess.run([*command, "0"], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "at least 1" in refused.stderr
