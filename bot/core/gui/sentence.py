"""One sentence: its clauses judged, each by itself and then by its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.gui.repair import joined
from bot.core.gui.shadow import QUOTED
from bot.core.gui.split import clauses
from bot.core.gui.steps import actions_of
from bot.core.gui.verdict import Fate, judge, tells

if TYPE_CHECKING:
    from bot.core.gui.orders import Action
    from bot.core.gui.shadow import Shadow
    from bot.core.gui.split import Span
    from bot.core.gui.verdict import Verdict
    from bot.core.gui.vocabulary import Grammar

_READABLE = re.compile(rf"[^\W\d_]|{QUOTED}")
_WORD = re.compile(r"\w")
_VERB = re.compile(
    r"\b(?:it|you|i|we|they|this|that|is|are|was|were|will|'s|'ll|have|has|can|takes?|your)\b", re.IGNORECASE
)
_TOUCHING = frozenset({Fate.GO, Fate.SHED, Fate.CUT})
_DECIDED = _TOUCHING | {Fate.KEEP}
FRAGMENT_WORDS, FRAGMENT_SIGNS = 3, 3
HEAD_WORDS, HEAD_SIGNS = 6, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What became of one."""

    text: str
    """With the white space behind it; empty when nothing stays."""
    touched: bool
    weak: bool
    """Goes too when its neighbour is gone."""
    actions: tuple[Action, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether nothing of it stays."""
        return self.touched and not self.text


def rewrite(shadow: Shadow, span: Span, grammar: Grammar, *, beside: bool = False) -> Sentence:
    """Take a sentence's instructions out. `beside`: a neighbour is one, so a weak sentence is one too."""
    original = shadow.slice(*span)
    if grammar.depicted.search(shadow.text, *span):
        return Sentence(text=original, touched=False, weak=False)
    verdicts = _judged(shadow, span, grammar)
    worded = [verdict for verdict in verdicts if _READABLE.search(shadow.text, *verdict.span)]
    if not any(verdict.fate in _TOUCHING for verdict in verdicts):
        weak = bool(worded) and all(verdict.fate in {Fate.WEAK, Fate.LEAN} for verdict in worded)
        if not (weak and beside):
            return Sentence(text=original, touched=False, weak=weak)
        steps = [True] * len(verdicts)
        return Sentence(text="", touched=True, weak=True, actions=actions_of(shadow, span, verdicts, steps, grammar))
    goes = _settled(shadow, verdicts, grammar)
    text = joined(shadow, span, verdicts, goes)
    return Sentence(text=text, touched=True, weak=False, actions=actions_of(shadow, span, verdicts, goes, grammar))


def _judged(shadow: Shadow, span: Span, grammar: Grammar) -> list[Verdict]:
    verdicts: list[Verdict] = []
    told = False
    for clause in clauses(shadow.text, span, grammar.joint):
        verdicts.append(judge(shadow, clause, grammar, whole=span[1], told=told))
        text = shadow.text[slice(*clause)]
        told = tells(text, grammar) or (told and grammar.goes_on.search(text) is not None)
    return verdicts


def _settled(shadow: Shadow, verdicts: list[Verdict], grammar: Grammar) -> list[bool]:
    """Which clauses go."""
    behind = _behind(verdicts)
    goes: list[bool] = []
    for at, verdict in enumerate(verdicts):
        before = bool(goes and goes[-1])
        if verdict.fate is Fate.KEEP:
            rest = before and verdicts[at - 1].fate is not Fate.SHED and _fragment(shadow, verdict)
            goes.append(rest or (at == 0 and behind[0] is Fate.GO and _heads(shadow, verdicts)))
        elif verdict.fate is Fate.LEAN:
            goes.append(before if behind[at] is None else behind[at] is not Fate.CUT and behind[at] is not Fate.KEEP)
        elif verdict.fate is Fate.TRAIL:
            goes.append(before)
        elif verdict.fate is Fate.WEAK:
            shed = before and verdicts[at - 1].fate is Fate.SHED
            offered = shed and grammar.optional.search(shadow.text, *verdict.span) is not None
            goes.append((before and not offered) or behind[at] is Fate.GO)
        else:
            goes.append(verdict.fate is not Fate.CUT)
    return goes


def _behind(verdicts: list[Verdict]) -> list[Fate | None]:
    """For each clause the fate of the next one that decides for itself."""
    behind: list[Fate | None] = []
    following: Fate | None = None
    for verdict in reversed(verdicts):
        behind.append(following)
        if verdict.fate in _DECIDED:
            following = verdict.fate
    return behind[::-1]


def _heads(shadow: Shadow, verdicts: list[Verdict]) -> bool:
    """Whether the first clause is only the name of what follows its colon: "Shortcut: press S"."""
    colon = shadow.text[verdicts[1].span[0]] in ":："
    return colon and verdicts[1].fate is Fate.GO and _fragment(shadow, verdicts[0], words=HEAD_WORDS, signs=HEAD_SIGNS)


def _fragment(shadow: Shadow, verdict: Verdict, *, words: int = FRAGMENT_WORDS, signs: int = FRAGMENT_SIGNS) -> bool:
    """The rest of an enumeration whose head is gone: "MP4", "the music"."""
    text = shadow.text[slice(*verdict.span)].strip(" ,;:.!?")
    if not _WORD.search(text):
        return False
    if text.isascii():
        return len(text.split()) <= words and not _VERB.search(text)
    return len(text.strip("，；：。！？")) <= signs
