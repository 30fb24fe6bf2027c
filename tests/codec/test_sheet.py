from pathlib import Path

import pytest
from PIL import Image

from bot.codec.sheet import FADED, PAPER, WIDTH, Tile, draw

FONTS = Path(__file__).parents[2] / "bot" / "studio" / "fonts"
LATIN, HAN = FONTS / "Inter-Medium.otf", FONTS / "NotoSansSC-Medium-subset.otf"


def tile(picture, number, name="", *, clip=False, faded=False):
    return Tile(picture=picture, label=str(number), name=name, clip=clip, faded=faded)


def near(sheet, colour, tolerance=12):
    """How many of a sheet's pixels are about so."""
    return sum(
        count
        for count, seen in sheet.getcolors(1 << 24)
        if max(abs(one - other) for one, other in zip(seen, colour, strict=True)) <= tolerance
    )


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (12, 4), (60, 9), (200, 17)])
def test_every_picture_has_its_place_within_the_width(tmp_path, count, columns):
    Image.new("RGB", (320, 213), (200, 30, 40)).save(tmp_path / "red.jpg")
    draw(
        [tile(tmp_path / "red.jpg", number) for number in range(1, count + 1)], tmp_path / "s.jpg", latin=LATIN, han=HAN
    )
    with Image.open(tmp_path / "s.jpg") as sheet:
        side = min(320, (WIDTH - 8) // columns - 8)
        assert sheet.width == 8 + columns * (side + 8) <= WIDTH
        places = near(sheet.convert("RGB"), (200, 30, 40)) / (side * side * 2 / 3)
        assert count * 0.6 < places < count * 1.1  # the numbers cover a part


def test_what_was_dropped_is_dark_and_what_is_gone_leaves_its_place(tmp_path):
    Image.new("RGB", (320, 320), (40, 200, 40)).save(tmp_path / "green.jpg")
    shown = [tile(tmp_path / "green.jpg", 1, "Ana"), tile(tmp_path / "green.jpg", 2, "安娜\n🎉" * 9, faded=True),
             tile(tmp_path / "gone.jpg", 3, "Bo", clip=True)]  # fmt: skip
    draw(shown, tmp_path / "s.jpg", latin=LATIN, han=HAN)
    with Image.open(tmp_path / "s.jpg") as opened:
        sheet = opened.convert("RGB")
    bright, dark = near(sheet, (40, 200, 40)), near(sheet, tuple(round(part * FADED) for part in (40, 200, 40)))
    assert bright > 0.8 * 320 * 320
    assert 0.8 < dark / bright < 1.1
    assert near(sheet, (63, 63, 70)) > 0.8 * 320 * 320
    assert sheet.getpixel((2, 2)) == pytest.approx(PAPER, abs=3)
