"""Set words in lines: faces run by run, breaks where the script allows them, lines of balanced length."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bot.studio.film.glyphs import FILES, FONTS, Face, normal, runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What may not begin a line, and what may not end one, in Chinese and Japanese setting.
_NO_START = frozenset("，。、；：？！）】》〉」』〕…—～·,.;:?!)]}%％ゃゅょっャュョッー々")
_NO_END = frozenset("（【《〈「『〔([{￥$")
_EMOJI = 0.88  # of the size of letters, above which they stand out
_STOPS = frozenset("，。、；：？！,.;:?!—–")


@lru_cache(maxsize=64)
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FILES[face], round(size * _EMOJI) if face == "emoji" else size)


def width(line: str, face: Face, size: int) -> float:
    """Length of a line in pixels."""
    return sum(_font(used, size).getlength(text) for used, text in runs(line, face))


def break_lines(words: str, face: Face, size: int, room: float) -> list[str]:
    """Break into as few lines as fit `room` pixels, as evenly as that number allows, best after punctuation.

    Newlines in `words` are kept.
    """
    lines: list[str] = []
    for paragraph in normal(words).split("\n"):
        atoms = _atoms(paragraph.strip(), face, size, room)
        if atoms:
            lines += _even_lines(atoms, [width(atom, face, size) for atom in atoms], room)
    return lines


def breaks_naturally(lines: list[str]) -> bool:
    """Whether no line but the last ends in the middle of a Chinese or Japanese phrase."""
    ends = [(line[-1], following[0]) for line, following in pairwise(lines)]
    return all(last in _STOPS or not (_is_wide(last) and _is_wide(first)) for last, first in ends)


def _even_lines(atoms: list[str], widths: list[float], room: float) -> list[str]:
    """The cheapest way to break, by dynamic programming: few lines first, then equal ones, then natural ends."""
    ideal = sum(widths) / max(1, math.ceil(sum(widths) / room))
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # lines, cost and start of the last line, up to each atom
    for end in range(1, len(atoms) + 1):
        options: list[tuple[int, float, int]] = []
        for start in range(end - 1, -1, -1):
            length = sum(widths[start:end])
            if length > room and start < end - 1:
                break
            natural = atoms[end - 1][-1] in _STOPS or end == len(atoms)
            cost = ((length - ideal) / room) ** 2 + (0 if natural else 0.012 if atoms[end - 1][-1] == " " else 0.03)
            options.append((best[start][0] + 1, best[start][1] + cost, start))
        best.append(min(options))
    lines: list[str] = []
    end = len(atoms)
    while end:
        start = best[end][2]
        lines.insert(0, "".join(atoms[start:end]).strip())
        end = start
    return [line for line in lines if line]


def _atoms(text: str, face: Face, size: int, room: float) -> list[str]:
    """What may not be broken: words with the space after them, or single wide characters with their punctuation."""
    atoms: list[str] = []
    for character in text:
        glued = bool(atoms) and (
            character in _NO_START
            or character == " "
            or atoms[-1][-1] in _NO_END
            or not (_is_wide(character) or _is_wide(atoms[-1][-1]) or atoms[-1][-1] == " ")
        )
        if glued and width(atoms[-1] + character, face, size) <= room:
            atoms[-1] += character
        else:
            atoms.append(character)
    return atoms


def _is_wide(character: str) -> bool:
    code = ord(character)
    return 0x2E80 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3 or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFF60


def draw(lines: list[str], face: Face, size: int, leading: float, *, centred: bool) -> NDArray[np.float32]:
    """Coverage (0..1) of the set lines, `(height, width)`, tight to the line boxes with a margin of a quarter em."""
    margin = size // 4
    step = round(size * leading)
    widths = [width(line, face, size) for line in lines]
    across = int(max(widths)) + 2 * margin + 1
    down = step * (len(lines) - 1) + round(size * 1.25) + 2 * margin
    picture = Image.new("L", (across, down), 0)
    pen = ImageDraw.Draw(picture)
    for index, (line, length) in enumerate(zip(lines, widths, strict=True)):
        x = margin + ((across - 2 * margin - length) / 2 if centred else 0)
        baseline = margin + index * step + round(size * 0.98)
        for used, text in runs(line, face):
            pen.text((x, baseline), text, fill=255, font=_font(used, size), anchor="ls")
            x += _font(used, size).getlength(text)
    return np.asarray(picture, dtype=np.float32) / np.float32(255)
