"""Lines into sentences, sentences into clauses; stretches of a shadow, without gaps."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(
    r"(?:(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bapprox)[.!?…]+[\"')\]\ue000]*(?=\s|$)|[。！？]+[”」』）]*)"
    r"(?:\s*(?![👉👇👆☝➡⬇▶⏯🔽📥🖱])[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+)*\s*"
)
_LOWER_FOLLOWS = re.compile(r"[a-z0-9]")
_ABBREVIATED = re.compile(
    r"(?:^|[^\w\ue000\"”」)])\w?$|\d$|\b(?:vs|ca|no|nr|st|mr|mrs|ms|dr|fig|vol|min|max|sec|secs|mins|hrs|approx|incl|excl|etc"
    r"|resp|est|bzw|usw|evtl|ggf|inkl|bspw|env|pág|núm|aprox|тыс|мин|сек|руб|им|ул|стр)$",
    re.IGNORECASE,
)
"""What a full stop in front of a small letter belongs to; behind another word it ends a careless sentence."""
_LONGEST_ABBREVIATION = 8
_BREAK = re.compile(r"[,;:](?=\s)|[，；：|]|\s[—–-]+(?=\s)|—+|\s?[(（][^()（）]{1,300}[)）]")

Span = tuple[int, int]


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a shadow; white space and emoji behind one belong to it."""
    start = 0
    for hit in _END.finditer(text):
        if hit[0].strip() == "." and _LOWER_FOLLOWS.match(text, hit.end()):
            before = text[max(start, hit.start() - _LONGEST_ABBREVIATION) : hit.start()]
            if _ABBREVIATED.search(before):
                continue
        yield start, hit.end()
        start = hit.end()
    if start < len(text):
        yield start, len(text)


def clauses(text: str, sentence: Span, joint: re.Pattern[str]) -> list[Span]:
    """The clauses of a sentence. What separates two belongs to the later one; parentheses hold one of their own."""
    start, end = sentence
    borders = {start, end}
    opens, closes = [start], [start]
    for hit in _BREAK.finditer(text, start, end):
        borders.add(hit.start())
        if hit[0].endswith((")", "）")):
            borders.add(hit.end())
            opens.append(hit.start())
            closes.append(hit.end())
    for hit in joint.finditer(text, start, end):
        if hit.start() >= closes[bisect_right(opens, hit.start()) - 1]:
            borders.add(hit.start())
    return list(pairwise(sorted(borders)))
