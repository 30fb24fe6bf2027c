"""What stays of a heading, or of "To export:", when all that it announced is gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.gui.repair import balanced
from bot.core.gui.shadow import QUOTED, shadow_of
from bot.core.gui.split import clauses, sentences

if TYPE_CHECKING:
    from bot.core.gui.split import Span
    from bot.core.gui.vocabulary import Grammar

_COLON = re.compile(r"[:：](?=[*_\s]*$)")
_JOINT_LEFT = re.compile(r"(?:[\s,;，；、—–-]|\b(?:and|but|so)\b)+$")
_ENDS = re.compile(r"[.!?…。！？][\"')”」』）*_`\s]*$")
_WORD = re.compile(rf"[\w{QUOTED}]")


def left_alone(body: str, grammar: Grammar) -> str:
    """What a heading says by itself: "The film is ready" of "The film is ready, and here is how to get it:".

    Empty when there are none. What ends in a colon leads to something unless it tells; what does not is content unless
    it names an instruction ("How to export", "Next steps").
    """
    shadow = shadow_of(body, grammar.simplified)
    leads = _COLON.search(body) is not None

    def announces(span: Span, *, first: bool) -> bool:
        words = shadow.text[slice(*span)]
        told = grammar.told.search(words) or (not first and grammar.goes_on.search(words))
        return not told and (leads or grammar.label.search(words) is not None)

    parts = [part for span in sentences(shadow.text) for part in clauses(shadow.text, span, grammar.joint)]
    worded = [part for part in parts if _WORD.search(shadow.text[slice(*part)])]
    kept = len(worded)
    while kept and announces(worded[kept - 1], first=kept == 1):
        kept -= 1
    if kept == 0:
        return ""
    whole = kept == len(worded)
    if whole and not leads:
        return body
    text = _COLON.sub("", body) if whole else shadow.slice(0, worded[kept - 1][1])
    text = balanced(_JOINT_LEFT.sub("", text)).rstrip()
    if _ENDS.search(text) or not leads:
        return text
    marks = text[len(text.rstrip("*_")) :]
    return text.removesuffix(marks) + ("。" if "：" in body else ".") + marks
