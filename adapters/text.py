"""Words in the sizes that chat platforms take: counted as they count, cut where a reader would pause."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PAUSES = ("\n\n", "\n", ". ", "。", "！", "？", "! ", "? ", "; ", "；", ", ", "，", " ")
"""Where a text may be cut, best first. The pause stays with what comes before it."""
_ZERO_WIDTH_JOINER = "\u200d"
_ELLIPSIS = "…"


def utf16_units(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts: a character beyond the first plane counts twice."""
    return len(text) + sum(char > "\uffff" for char in text)


def whole(text: str) -> str:
    """The text with halves of characters (lone surrogates, which JSON can bring) replaced: they fit no encoding."""
    return text.encode("utf-8", "replace").decode()


def split(text: str, limit: int, *, measure: Callable[[str], int] = utf16_units) -> list[str]:
    """Cut a text into parts of at most `limit`, as `measure` counts, each without white space around it.

    Cuts fall at a paragraph, a line, a sentence or a word where one is in reach, and never inside a character as a
    reader sees it. A text of white space has no parts.
    """
    return [part for part in _parts(text.strip(), limit, measure) if part]


def shorten(text: str, limit: int, *, measure: Callable[[str], int] = utf16_units) -> str:
    """The text if it fits, else its beginning with an ellipsis; at most `limit` as `measure` counts."""
    if measure(text) <= limit:
        return text
    room = limit - measure(_ELLIPSIS)
    head = text[: _reach(text, room, measure)].rstrip()
    return head + _ELLIPSIS if measure(head) <= room else _ELLIPSIS


def _parts(text: str, limit: int, measure: Callable[[str], int]) -> Iterator[str]:
    while measure(text) > limit:
        end = _cut(text, _reach(text, limit, measure))
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    yield text


def _reach(text: str, limit: int, measure: Callable[[str], int]) -> int:
    """The longest beginning, in characters, that fits and ends between two characters as a reader sees them.

    At least one character, so that every text comes to an end even if a single one is larger than the limit.
    """
    low, high = 0, min(len(text), max(limit, 1))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= limit else (low, middle - 1)
    end = low
    while 0 < end < len(text) and _joined(text, end):
        end -= 1
    return end or max(low, 1)


def _cut(text: str, reach: int) -> int:
    """A good place at or before `reach`: the best kind of pause that leaves at least half of what fits."""
    for pause in _PAUSES:
        at = text.rfind(pause, 0, reach + len(pause))
        end = at + len(pause)
        if at >= reach // 2 and len(text[:end].rstrip()) <= reach:
            return end
    return reach


def _joined(text: str, at: int) -> bool:
    """Whether what stands before and after a position is one character to a reader."""
    before, after = text[at - 1], text[at]
    if after == _ZERO_WIDTH_JOINER or before == _ZERO_WIDTH_JOINER:
        return True
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True  # accents, variation selectors, skin tones
    if _is_flag_letter(before) and _is_flag_letter(after):
        letters = 0
        while letters < at and _is_flag_letter(text[at - 1 - letters]):
            letters += 1
        return letters % 2 == 1
    return before == "\r" and after == "\n"


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
