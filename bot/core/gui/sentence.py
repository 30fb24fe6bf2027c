"""One sentence: its clauses judged together, what stays joined so that it reads well."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.gui.meaning import TELLING, first_of
from bot.core.gui.orders import Action, ActionKind
from bot.core.gui.shadow import QUOTED
from bot.core.gui.split import clauses
from bot.core.gui.verdict import Fate, judge, text_of

if TYPE_CHECKING:
    from bot.core.gui.shadow import Shadow
    from bot.core.gui.split import Span
    from bot.core.gui.verdict import Verdict
    from bot.core.gui.vocabulary import Grammar

_END = re.compile(
    r"([.!?…。！？]+)([\"')\]”」』）*_`\s\ue000]*(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\s]*))$"
)
_LEFT_AT_START = re.compile(
    r"^(?:[\s,;:，；：、—–-]|(?:and then|and|but|so|then|or|which|while|because|y|et|und|e|и)(?![\w-])\s*"
    r"|并且|并(?!排)|然后|再(?!次)|但是?|而且|接着)+",
    re.IGNORECASE,
)
_LEFT_AT_END = re.compile(r"(?:[\s,;:，；：、—–-]|\b(?:and|or|but|to|then|so)\b|(?:并|再|然后))+$")
_WORD = re.compile(r"\w")
_READABLE = re.compile(rf"[^\W\d_]|{QUOTED}")
_VERB = re.compile(
    r"\b(?:it|you|i|we|they|this|that|is|are|was|were|will|'s|'ll|have|has|can|takes?|your)\b", re.IGNORECASE
)
PROMPT_LENGTH = 80
LABEL_WORDS, LABEL_LENGTH = 2, 8
"""A label that is shorter than both ("Done", "OK") is no order."""
_DECIDED = frozenset({Fate.GO, Fate.SHED, Fate.CUT, Fate.KEEP})
_GAPS = re.compile(r"(?<=\S) {2,}(?=\S)")
_AIMING = frozenset({Fate.LEAN, Fate.KEEP})
_ECHO = re.compile(r"\b(?:it|this|that|them|there)\W*$")
"""An instruction about what was just spoken of is the same one."""
_EARLIER = re.compile(r"\b(?:after|once|before|when)\b|[后前]", re.IGNORECASE)
"""What has another time is no aim: "after exporting, click Share"."""
_TOUCHING = frozenset({Fate.GO, Fate.SHED, Fate.CUT})


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
    verdicts = [judge(shadow, clause, grammar, whole=span[1]) for clause in clauses(shadow.text, span, grammar.joint)]
    worded = [verdict for verdict in verdicts if _READABLE.search(shadow.text, *verdict.span)]
    if not any(verdict.fate in _TOUCHING for verdict in verdicts):
        weak = bool(worded) and all(verdict.fate in {Fate.WEAK, Fate.LEAN} for verdict in worded)
        if not (weak and beside):
            return Sentence(text=original, touched=False, weak=weak)
        steps = [True] * len(verdicts)
        return Sentence(text="", touched=True, weak=True, actions=_actions(shadow, span, verdicts, steps, grammar))
    fates = _settled(shadow, verdicts, grammar)
    text = _joined(shadow, span, verdicts, fates)
    return Sentence(text=text, touched=True, weak=False, actions=_actions(shadow, span, verdicts, fates, grammar))


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
    return colon and verdicts[1].fate is Fate.GO and _fragment(shadow, verdicts[0], words=6, signs=8)


def _fragment(shadow: Shadow, verdict: Verdict, *, words: int = 3, signs: int = 3) -> bool:
    """The rest of an enumeration whose head is gone: "MP4", "the music"."""
    text = shadow.text[slice(*verdict.span)].strip(" ,;:.!?")
    if not _WORD.search(text):
        return False
    if text.isascii():
        return len(text.split()) <= words and not _VERB.search(text)
    return len(text.strip("，；：。！？")) <= signs


def _joined(shadow: Shadow, span: Span, verdicts: list[Verdict], goes: list[bool]) -> str:
    original = shadow.slice(*span)
    pieces: list[str] = []
    for verdict, gone in zip(verdicts, goes, strict=True):
        if gone:
            continue
        at = verdict.span[0]
        for start, end in verdict.cuts:
            pieces.append(shadow.slice(at, start))
            at = end
        pieces.append(shadow.slice(at, verdict.span[1]))
    text = _GAPS.sub(" ", "".join(pieces)) if any(verdict.cuts for verdict in verdicts) else "".join(pieces)
    space = original[len(original.rstrip()) :]
    if not _WORD.search(text):
        return ""
    if goes[0] or verdicts[0].cuts:
        text = _begun(text, original)
    ending = _END.search(original)
    if ending and not _END.search(text):
        mark = ending[1] if "?" not in ending[1] and "？" not in ending[1] else ("。" if ending[1] == "？" else ".")
        text = _LEFT_AT_END.sub("", text.rstrip()) + mark + ending[2]
    elif goes[-1]:
        text = _LEFT_AT_END.sub("", text.rstrip())
    return balanced(text.rstrip() + space)


def _begun(text: str, original: str) -> str:
    lead = original[: len(original) - len(original.lstrip())]
    text = _LEFT_AT_START.sub("", text, count=1).lstrip()
    first = re.search(r"[^\W\d_]", text)
    capital = re.search(r"[^\W\d_]", original)
    if first and capital and capital[0].isupper() and len(first[0].upper()) == 1:
        text = text[: first.start()] + first[0].upper() + text[first.end() :]
    return lead + text


def balanced(text: str) -> str:
    """Emphasis whose other half is gone is no emphasis."""
    for mark in ("**", "`", "__"):
        if text.count(mark) % 2:
            text = text.replace(mark, "")
    return text


def _actions(
    shadow: Shadow, span: Span, verdicts: list[Verdict], goes: list[bool], grammar: Grammar
) -> tuple[Action, ...]:
    optional = grammar.optional.search(shadow.text, *span) is not None
    judged = list(zip(verdicts, goes, strict=True))
    around = " ".join(
        text_of(shadow, verdict.span)
        for verdict, gone in judged
        if gone and verdict.fate in _AIMING and not _EARLIER.search(text_of(shadow, verdict.span))
    )
    aim = first_of(around, grammar, TELLING) if around else None  # "to export it, click the arrow"
    said = [
        (verdict, verdict.meaning) for verdict, gone in judged if verdict.meaning and (gone or verdict.fate is Fate.CUT)
    ]
    if any(verdict.fate is not Fate.SHED for verdict, _ in said):  # where something is done is no step of its own
        said = [one for one in said if one[0].fate is not Fate.SHED]
    kinds = [
        aim if aim and meaning.vague else meaning.kind
        for at, (verdict, meaning) in enumerate(said)
        if not (at and meaning.vague and _ECHO.search(text_of(shadow, verdict.span)))
    ]
    prompt = _prompt(shadow, span, grammar) if ActionKind.EDIT in kinds else ""
    return tuple(
        Action(kind=kind, optional=optional, prompt=prompt if kind is ActionKind.EDIT else "") for kind in kinds
    )


def _prompt(shadow: Shadow, span: Span, grammar: Grammar) -> str:
    """The words of a suggestion without the interface, if it has any of its own."""
    for pattern in grammar.purpose:
        if not (hit := pattern.search(shadow.text, *span)):
            continue
        seen = hit[pattern.groups]
        words = text_of(shadow, hit.span(pattern.groups)).strip(" \"'“”‘’「」『』【】《》«»„*`.,")
        label = pattern.groups == 0 and len(words.split()) < LABEL_WORDS and len(words) < LABEL_LENGTH
        rules = (*(rule for _, rule in grammar.drop), grammar.manner, grammar.place)
        if words and not label and not any(rule.search(seen) for rule in rules):
            return words[:PROMPT_LENGTH]
    return ""
