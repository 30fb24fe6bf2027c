"""A contact sheet: small pictures in rows, each with its number, for choosing among them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageEnhance, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WIDTH = 1600
"""Pixels across, at most; messengers show little more."""
GAP = 8
PAPER, INK, PALE, EMPTY = (24, 24, 27), (255, 255, 255), (190, 190, 195), (63, 63, 70)
FADED = 0.25
"""How bright a picture is that was dropped."""
_SHAPE = 4 / 3
"""Columns to rows: about what a phone shows without turning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One place of the sheet."""

    picture: Path
    """A small JPEG; the place stays empty where there is none."""
    label: str
    name: str
    """What stands below, or nothing."""
    clip: bool
    faded: bool


def draw(tiles: Sequence[Tile], target: Path, *, latin: Path, han: Path) -> None:
    """Write the sheet as a JPEG. `latin` and `han` are fonts; the second one draws what lies beyond U+2E80.

    Raises OSError when the target or a font cannot be used.
    """
    columns = min(len(tiles), math.ceil(math.sqrt(len(tiles) * _SHAPE)))
    rows = math.ceil(len(tiles) / columns)
    side = min(320, (WIDTH - GAP) // columns - GAP)
    below = side // 7 + GAP if any(tile.name for tile in tiles) else 0
    size = GAP + columns * (side + GAP), GAP + rows * (side + below + GAP)
    sheet = Image.new("RGB", size, PAPER)
    for place, tile in enumerate(tiles):
        corner = GAP + place % columns * (side + GAP), GAP + place // columns * (side + below + GAP)
        _place(sheet, tile, corner, side, (latin, han))
    sheet.save(target, "JPEG", quality=85)


def _place(sheet: Image.Image, tile: Tile, corner: tuple[int, int], side: int, fonts: tuple[Path, Path]) -> None:
    pen = ImageDraw.Draw(sheet)
    left, top = corner
    pen.rectangle((left, top, left + side - 1, top + side - 1), fill=EMPTY)
    if (shown := _small(tile.picture, side)) is not None:
        shown = ImageEnhance.Brightness(shown).enhance(FADED) if tile.faded else shown
        sheet.paste(shown, (left + (side - shown.width) // 2, top + (side - shown.height) // 2))
    if tile.clip:
        middle, half = (left + side // 2, top + side // 2), side // 10
        pen.polygon([(middle[0] - half, middle[1] - half), (middle[0] - half, middle[1] + half),
                     (middle[0] + half, middle[1])], fill=INK)  # fmt: skip
    if tile.faded:
        pen.line((left, top, left + side, top + side), fill=PALE, width=max(2, side // 60))
    font = _font(tile.label, side // 6, fonts)
    wide = font.getlength(tile.label) + side / 8
    pen.rounded_rectangle((left, top, left + wide, top + side // 5), radius=side // 24, fill=PAPER)
    pen.text((left + side / 16, top + side // 10), tile.label, fill=INK, font=font, anchor="lm")
    if name := " ".join(tile.name.split()):
        small = _font(name, side // 9, fonts)
        pen.text((left, top + side + side // 14), _fitting(name, small, side), fill=PALE, font=small, anchor="lm")


def _small(picture: Path, side: int) -> Image.Image | None:
    try:
        with Image.open(picture) as found:
            shown = found.convert("RGB")
    except OSError:  # forgotten meanwhile
        return None
    shown.thumbnail((side, side))
    return shown


def _font(text: str, size: int, fonts: tuple[Path, Path]) -> ImageFont.FreeTypeFont:
    latin, han = fonts
    return ImageFont.truetype(han if any(ord(sign) >= 0x2E80 for sign in text) else latin, size)


def _fitting(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    for length in range(len(text), 0, -1):
        shown = text if length == len(text) else f"{text[:length]}…"
        if font.getlength(shown) <= width:
            return shown
    return ""
