"""What the editing service's agent is asked for, in words that rules and models understand alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.event.ledger import COUNTED
from bot.core.shape import order_for
from bot.core.tips import changes_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.event.collection import Share
    from bot.core.event.ledger import Ledger

SECONDS_EACH = 2.0
SHORTEST, LONGEST = 20, 120
"""Seconds of a film whose length nobody asked for."""
CREDITS = 110
"""Characters of names at the end; who does not fit is counted."""

EVERYTHING = {False: "Use all photos.", True: "所有照片都用上。"}
"""Nothing is to be left out; the key says whether in Chinese."""

_QUOTES = re.compile(r"[\"“”„«»「」『』《》\n\r]")
_FIGURE = re.compile(r"\d|minute|分钟|分鐘|一分|半分")


def brief(request: str, *, chinese: bool, files: int, title: str, names: Sequence[str], shape: str = "") -> str:
    """The request with what an event's film needs besides: its length, shape, order and title, and who is in it.

    A `shape` (one of `core.shape.SHAPES`) is named before there is a film: changing it later costs another one.
    """
    if chinese:
        ask = (f"一共{seconds(files)}秒", "按上传顺序排列", "标题“{}”", "片尾写“{}”", "。", "、")
    else:
        length = f"Make it {seconds(files)} seconds long"
        ask = (length, "Keep the upload order", 'Title "{}"', 'End credits "{}"', ". ", ", ")
    length, order, headline, closing, stop, comma = ask
    parts = [request.strip().rstrip(".。")]
    parts += [] if _FIGURE.search(request) else [length]
    framed = "" if changes_shape(request) else order_for(shape, chinese=chinese)
    parts += [framed] if framed else []
    parts.append(order)
    parts += [headline.format(quotable(title))] if title else []
    parts += [closing.format(ending(names, comma))] if names else []
    return stop.join(parts) + stop.strip()


def mostly_tall(shares: Sequence[Share], found: Ledger) -> bool:
    """Whether most files that count are higher than wide."""
    looks = [share.look for share in shares if found.fates[share.id] in COUNTED and share.look]
    return 2 * sum(look.tall for look in looks) > len(looks)


def seconds(files: int) -> int:
    """How long a film of so many files is to be."""
    return round(min(LONGEST, max(SHORTEST, files * SECONDS_EACH)))


def ending(names: Sequence[str], comma: str = ", ") -> str:
    """The names, as many as can be read; the rest is counted."""
    shown: list[str] = []
    for name in map(quotable, names):
        if len(comma.join([*shown, name])) > CREDITS:
            return comma.join([*shown, f"+{len(names) - len(shown)}"])
        shown.append(name)
    return comma.join(shown)


def quotable(text: str) -> str:
    """Words of a person as content: nothing in them can end the quotation that they stand in."""
    return " ".join(_QUOTES.sub(" ", text).split())[:CREDITS]


def missing(people: Sequence[tuple[str, frozenset[int]]], shown: frozenset[int]) -> list[str]:
    """Whose usable files are all absent from the film; `people` has each key with the ids of their files."""
    return [key for key, files in people if files and not files & shown]
