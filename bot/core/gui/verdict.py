"""What a clause is: content, an instruction for an interface, or something that goes where its neighbour goes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.core.gui.meaning import meant, named
from bot.core.gui.shadow import HIDDEN

if TYPE_CHECKING:
    from bot.core.gui.meaning import Meaning
    from bot.core.gui.shadow import Shadow
    from bot.core.gui.split import Span
    from bot.core.gui.vocabulary import Grammar

_MARKS = " ,;:.!?，；：。！？()（）—–-" + HIDDEN
_CLAUSE_READ = 2_000
"""Characters of one clause that are looked at. No agent speaks in longer ones."""


class Fate(Enum):
    """What happens to a clause."""

    KEEP = auto()
    GO = auto()
    CUT = auto()
    """Stays, but for a phrase."""
    LEAN = auto()
    """Leans on the clause after it, or before it at the end: "if you want to change that"."""
    TRAIL = auto()
    """Leans on the clause before it: "which is in the corner"."""
    WEAK = auto()
    """An instruction only beside another: "choose 1080p"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """About one clause of a sentence."""

    span: Span
    fate: Fate
    meaning: Meaning | None = None
    cuts: tuple[Span, ...] = ()


def judge(shadow: Shadow, span: Span, grammar: Grammar, *, whole: int) -> Verdict:
    """The verdict about one clause, its neighbours apart. `whole`: where its sentence ends."""
    start, end = span
    text = shadow.text[start : min(end, start + _CLAUSE_READ)]
    cuts = tuple((start + hit.start(), start + hit.end()) for hit in grammar.cut.finditer(text) if hit[0].strip())
    rest = grammar.cut.sub("", text) if cuts else text
    told = grammar.narrator.search(text) is not None
    hit = _instruction(text, grammar)
    if hit and (not cuts or _instruction(rest, grammar)):
        if told or hit[0] == "none":
            return Verdict(span=span, fate=Fate.GO)
        target = text_of(shadow, (start + hit[1], end))
        return Verdict(span=span, fate=Fate.GO, meaning=meant(hit[0], target, text_of(shadow, span), grammar))
    if cuts:
        rule = hit[0] if hit else "mention"
        empty = not rest.strip(_MARKS)
        # a place alone ("in the panel on the right, ...") is told apart by what is done there
        meaning = None if told else named(text_of(shadow, (start, whole if empty else end)), rule, grammar)
        if empty or grammar.bare.search(rest):
            return Verdict(span=span, fate=Fate.GO, meaning=meaning)
        return Verdict(span=span, fate=Fate.CUT, meaning=meaning, cuts=cuts)
    for fate, pattern in ((Fate.LEAN, grammar.support), (Fate.WEAK, grammar.weak), (Fate.TRAIL, grammar.tail)):
        if pattern.search(text):
            return Verdict(span=span, fate=fate)
    return Verdict(span=span, fate=Fate.KEEP)


def text_of(shadow: Shadow, span: Span) -> str:
    """The original of a clause."""
    return shadow.origin[shadow.index[span[0]] : shadow.index[span[1]]]


def _instruction(text: str, grammar: Grammar) -> tuple[str, int] | None:
    """The first rule that finds an instruction, and where."""
    for kind, pattern in grammar.drop:
        if hit := pattern.search(text):
            return kind, hit.start()
    return None
