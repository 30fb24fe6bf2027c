"""What stays of a sentence, made to read well: no dangling "and", a capital in front, its full stop behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.gui.shadow import Shadow
    from bot.core.gui.split import Span
    from bot.core.gui.verdict import Verdict

_END = re.compile(
    r"([.!?…。！？]+)([\"')\]”」』）*_`\s\ue000]*(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\s]*))$"
)
_LEFT_AT_START = re.compile(
    r"^(?:[\s,;:，；：、—–-]|(?:and then|and|but|so|then|or|which|while|because|y|et|und|e|и)(?![\w-])\s*"
    r"|并且|并(?!排)|然后|再(?!次)|但是?|而且|接着|因为|所以|或者?)+",
    re.IGNORECASE,
)
_LEFT_AT_END = re.compile(r"(?:[\s,;:，；：、—–-]|\b(?:and|or|but|to|then|so)\b|(?:并|再|然后))+$")
_HALTED = re.compile(r"([:：])\s*[,，]")
"""A colon that what was to follow it is gone from."""
_OTHERWISE = re.compile(r",? (?:or|oder|ou|или) ", re.IGNORECASE)
"""What the first choice goes before is no choice any more."""
_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")
_GAPS = re.compile(r"(?<=\S) {2,}(?=\S)")


def joined(shadow: Shadow, span: Span, verdicts: Sequence[Verdict], goes: Sequence[bool]) -> str:
    """The clauses that stay, as one sentence with the white space behind it; empty when no word stays."""
    original = shadow.slice(*span)
    pieces: list[str] = []
    before = span[0]
    for verdict, gone, before_gone in zip(verdicts, goes, (False, *goes), strict=False):
        if gone:
            before = verdict.span[0]
            continue
        at = verdict.span[0]
        if pieces and before_gone and (hit := _OTHERWISE.match(shadow.text, at, verdict.span[1])):
            at = hit.end()
            pieces.append(": " if shadow.text[before] in ":：" else ", ")
        for start, end in verdict.cuts:
            pieces.append(shadow.slice(at, start))
            at = end
        pieces.append(shadow.slice(at, verdict.span[1]))
    text = _GAPS.sub(" ", "".join(pieces)) if any(verdict.cuts for verdict in verdicts) else "".join(pieces)
    text = _HALTED.sub(r"\1", text)
    space = original[len(original.rstrip()) :]
    if not _WORD.search(text):
        return ""
    if goes[0] or verdicts[0].cuts:
        text = _begun(text, original)
    ending = _END.search(original)
    if ending and not _END.search(text):
        mark = "。" if "？" in ending[1] else "." if "?" in ending[1] else ending[1]  # what was asked is gone
        text = _LEFT_AT_END.sub("", text.rstrip()) + mark + ending[2]
    elif goes[-1]:
        text = _LEFT_AT_END.sub("", text.rstrip())
    return balanced(text.rstrip() + space)


def _begun(text: str, original: str) -> str:
    lead = original[: len(original) - len(original.lstrip())]
    text = _LEFT_AT_START.sub("", text, count=1).lstrip()
    first = _LETTER.search(text)
    capital = _LETTER.search(original)
    if first and capital and capital[0].isupper() and len(first[0].upper()) == 1:
        text = text[: first.start()] + first[0].upper() + text[first.end() :]
    return lead + text


def balanced(text: str) -> str:
    """Emphasis whose other half is gone is no emphasis."""
    for mark in ("**", "`", "__"):
        if text.count(mark) % 2:
            text = text.replace(mark, "")
    return text
