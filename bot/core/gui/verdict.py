"""What a clause is: content, an instruction for an interface, or something that goes where its neighbour goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.core.gui.meaning import Meaning, labelled, meant, named
from bot.core.gui.shadow import HIDDEN, QUOTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.gui.shadow import Shadow
    from bot.core.gui.split import Span
    from bot.core.gui.vocabulary import Grammar

_DEEDS = frozenset({"none", "press", "drag", "use", "view"})
"""Rules that make a clause an instruction wherever it takes place."""
_NAMINGS = frozenset({"open", "mention", "thing"})
"""Rules that only look at what remains once the place is gone."""
_MERELY_NAMED = frozenset({"mention", "thing"})
_MARKS = " ,;:.!?，；：。！？()（）—–-" + HIDDEN
_WORD = re.compile(rf"[\w{QUOTED}]")
_CLAUSE_READ = 2_000
"""Characters of one clause that are looked at. No agent speaks in longer ones."""


class Fate(Enum):
    """What happens to a clause."""

    KEEP = auto()
    GO = auto()
    SHED = auto()
    """Goes, and asks nothing: a place ("in the panel on the right"), a way ("using the handles")."""
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


def judge(shadow: Shadow, span: Span, grammar: Grammar, *, whole: int, told: bool = False) -> Verdict:
    """The verdict about one clause, its neighbours apart. `whole`: where its sentence ends.

    `told`: the agent tells of itself in the clause before.
    """
    start, end = span[0], min(span[1], span[0] + _CLAUSE_READ)
    text = shadow.text[start:end]
    if not _WORD.search(text):
        return Verdict(span=span, fate=Fate.KEEP)
    plain = _blanked(text, grammar.manner)
    rest = _blanked(plain, grammar.place)
    goes_on = told and grammar.goes_on.search(text) is not None
    told = goes_on or tells(text, grammar)
    namings = _NAMINGS - {"thing"} if told else _NAMINGS
    if grammar.scene.search(text):
        namings -= _MERELY_NAMED
    if hit := _first(plain, grammar, _DEEDS) or _first(rest, grammar, namings):
        if told or hit[0] == "none":
            return Verdict(span=span, fate=Fate.GO)
        rule, left, right = hit
        verb, rest_of_it = shadow.read(start + left, start + right), shadow.read(start + right, end)
        return Verdict(span=span, fate=Fate.GO, meaning=meant(rule, verb, rest_of_it, shadow.read(start, end), grammar))
    if rest != text:
        gone = not rest.strip(_MARKS)
        rule = "press" if plain != text else "mention"
        # a place alone ("in the panel on the right, ...") is told apart by what is done there
        meaning = (
            None
            if told
            else named(shadow.read(start, min(whole, start + _CLAUSE_READ) if gone else end), rule, grammar)
        )
        if gone:
            return Verdict(span=span, fate=Fate.SHED, meaning=meaning)
        remains = " ".join(rest.split())
        if grammar.command.search(remains) or (rest != plain and grammar.bare.search(remains)):
            return Verdict(span=span, fate=Fate.GO, meaning=meaning)
        return Verdict(span=span, fate=Fate.CUT, meaning=meaning, cuts=tuple(_cuts(text, grammar, start)))
    if goes_on or grammar.kept.search(text):
        return Verdict(span=span, fate=Fate.KEEP)
    if grammar.support.search(text):
        return Verdict(span=span, fate=Fate.LEAN)
    if grammar.weak.search(text):
        return Verdict(span=span, fate=Fate.WEAK, meaning=labelled(shadow.read(start, end), grammar))
    if grammar.tail.search(text):
        return Verdict(span=span, fate=Fate.TRAIL, meaning=labelled(shadow.read(start, end), grammar))
    return Verdict(span=span, fate=Fate.KEEP)


def tells(text: str, grammar: Grammar) -> bool:
    """Whether the agent tells of itself in a clause."""
    return grammar.narrator.search(text) is not None


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda hit: " " * len(hit[0]), text)


def _cuts(text: str, grammar: Grammar, offset: int) -> Iterator[Span]:
    plain = _blanked(text, grammar.manner)
    found = [*grammar.manner.finditer(text), *grammar.place.finditer(plain)]
    for start, end in sorted(hit.span() for hit in found if hit[0].strip()):
        yield offset + start, offset + end


def _first(text: str, grammar: Grammar, rules: frozenset[str]) -> tuple[str, int, int] | None:
    """The first rule of these kinds that finds an instruction, and where."""
    for rule, pattern in grammar.drop:
        if rule in rules and (hit := pattern.search(text)):
            return rule, *hit.span()
    return None
