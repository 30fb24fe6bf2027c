"""Which of the bundled fonts has which character. Reads the fonts' own tables; no system font is ever asked."""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Literal

FONTS = Path(__file__).resolve().parent.parent / "fonts"
Face = Literal["display", "text", "cjk", "emoji"]
FILES: dict[Face, str] = {
    "display": "InterDisplay-SemiBold.otf",
    "text": "Inter-Medium.otf",
    "cjk": "NotoSansSC-Medium-subset.otf",
    "emoji": "NotoEmoji-Medium-subset.ttf",
}

# Joiners and variation selectors only steer their neighbours; without a glyph for those they mean nothing.
_SILENT = frozenset({0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)})


def normal(words: str) -> str:
    """Composed characters where they exist, as fonts have them."""
    return unicodedata.normalize("NFC", words)


def missing(words: str) -> str:
    """The characters that no bundled font can draw, each once, in order of appearance."""
    seen = dict.fromkeys(c for c in normal(words) if not c.isspace() and ord(c) not in _SILENT and face_of(c) is None)
    return "".join(seen)


def face_of(character: str, first: Face = "text") -> Face | None:
    """The face that draws this character: the preferred one if it can, else the CJK one, else emoji; None if none."""
    order: tuple[Face, ...] = (first, "cjk", "emoji")
    return next((face for face in order if ord(character) in covered(face)), None)


def runs(line: str, first: Face) -> list[tuple[Face, str]]:
    """Split into pieces of one face each. What no face has is left out."""
    pieces: list[tuple[Face, str]] = []
    for character in normal(line):
        if ord(character) in _SILENT:
            if pieces and pieces[-1][0] == "emoji" and ord(character) in covered("emoji"):
                pieces[-1] = ("emoji", pieces[-1][1] + character)  # joiners make one sign of several
            continue
        face = face_of(character, first)
        if face is None:
            continue
        if character == " " and pieces and pieces[-1][0] != "emoji":  # which has no space
            face = pieces[-1][0]
        if pieces and pieces[-1][0] == face:
            pieces[-1] = (face, pieces[-1][1] + character)
        else:
            pieces.append((face, character))
    return pieces


@lru_cache(maxsize=len(FILES))
def covered(face: Face) -> frozenset[int]:
    """The code points in a font's character map."""
    data = (FONTS / FILES[face]).read_bytes()
    tables = {data[at : at + 4]: at for at in range(12, 12 + 16 * int.from_bytes(data[4:6], "big"), 16)}
    (start,) = struct.unpack_from(">I", data, tables[b"cmap"] + 8)
    codes: set[int] = set()
    for index in range(struct.unpack_from(">H", data, start + 2)[0]):
        _, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * index)
        codes |= _codes(data, start + offset)
    return frozenset(codes)


def _codes(data: bytes, at: int) -> set[int]:
    """One subtable: format 4 (segments of 16-bit codes) or 12 (groups of 32-bit codes); others repeat these."""
    (kind,) = struct.unpack_from(">H", data, at)
    if kind == 12:
        (count,) = struct.unpack_from(">I", data, at + 12)
        groups = (struct.unpack_from(">III", data, at + 16 + 12 * index) for index in range(count))
        return {code for first, last, _ in groups for code in range(first, last + 1)}
    if kind != 4:
        return set()
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    return {code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1) if code != 0xFFFF}
