"""The actions of a sentence: which of its instructions are steps of their own, and what an edit is to be told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.gui.meaning import TELLING, first_of
from bot.core.gui.orders import Action, ActionKind
from bot.core.gui.verdict import Fate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.gui.meaning import Meaning
    from bot.core.gui.shadow import Shadow
    from bot.core.gui.split import Span
    from bot.core.gui.verdict import Verdict
    from bot.core.gui.vocabulary import Grammar

PROMPT_LENGTH = 80
SENTENCE_READ = 4_000
"""Characters of a sentence in which its aim is looked for."""
LABEL_WORDS, LABEL_LENGTH = 2, 8
"""A label that is shorter than both ("Done", "OK") is no order."""
_AIMING = frozenset({Fate.LEAN, Fate.KEEP})
_ECHO = re.compile(
    r"\b(?:on|click|press|tap|hit|push|select|choose|use|try|open)\W+(?:it|this|that|them|there)\W{0,9}$"
    r"|^\W*(?:just |simply )?(?:look for|find|locate|it's|that's)\b"
    r"|(?:点击|单击|点按|按下?|点一?下)它?(?:即可|就行|就好|吧|哦)?\W{0,9}$"
)
"""An instruction about what was just spoken of is the same one."""
_HERE = re.compile(r"\b(?:click|tap|press)\W+here\W*$|点击?(?:这里|此处)\W*$", re.IGNORECASE)
_AIM = re.compile(r"\W*(?:to|if you (?:want|need|wish) to|in order to) |\W*(?:若要|如需|要想|想要)", re.IGNORECASE)
"""What an instruction is for, in front of it."""
_EARLIER = re.compile(r"\b(?:after|once|before|when)\b|[后前]", re.IGNORECASE)
"""What has another time is no aim: "after exporting, click Share"."""


def actions_of(
    shadow: Shadow, span: Span, verdicts: Sequence[Verdict], goes: Sequence[bool], grammar: Grammar
) -> tuple[Action, ...]:
    """What the clauses that go ask for, in order."""
    span = (span[0], min(span[1], span[0] + SENTENCE_READ))
    optional = grammar.optional.search(shadow.text, *span) is not None
    judged = list(zip(verdicts, goes, strict=True))
    heading = judged[0][0] if verdicts[0].fate is Fate.WEAK else None  # "Export: click the arrow"
    leaning = (
        shadow.read(*verdict.span)
        for verdict, gone in judged
        if gone and (verdict.fate in _AIMING or verdict is heading)
    )
    around = " ".join(text for text in leaning if not _EARLIER.search(text))[:SENTENCE_READ]
    aim = first_of(around, grammar, TELLING) if around else None  # "to export it, click the arrow"
    said = [
        (verdict, verdict.meaning) for verdict, gone in judged if verdict.meaning and (gone or verdict.fate is Fate.CUT)
    ]
    if any(verdict.fate is not Fate.SHED for verdict, _ in said):  # where something is done is no step of its own
        said = [one for one in said if one[0].fate is not Fate.SHED]
    said, aim = _without_aim(shadow, said, aim)
    told = first_of(shadow.read(*span), grammar, TELLING)  # "the download did not start? Click here"
    kinds = [
        ((aim or (told if _HERE.search(text) else None) or meaning.kind) if meaning.vague else meaning.kind, text)
        for at, (verdict, meaning) in enumerate(said)
        if not ((text := shadow.read(*verdict.span)) and at and meaning.vague and _ECHO.search(text))
    ]
    prompt = _prompt(shadow, span, grammar) if any(kind is ActionKind.EDIT for kind, _ in kinds) else ""
    return tuple(
        Action(kind=kind, optional=optional, prompt=prompt, closes=grammar.closing.search(text) is not None)
        if kind is ActionKind.EDIT
        else Action(kind=kind, optional=optional)
        for kind, text in kinds
    )


def _without_aim(
    shadow: Shadow, said: list[tuple[Verdict, Meaning]], aim: ActionKind | None
) -> tuple[list[tuple[Verdict, Meaning]], ActionKind | None]:
    """ "To cancel the plan, go to Settings" is one instruction: the aim says what it is for, the rest how."""
    if len(said) < 2 or not _AIM.match(shadow.read(*said[0][0].span)):
        return said, aim
    means = said[0][1].kind
    if means in TELLING:
        return [one for one in said if one[1].kind in TELLING], aim
    return said[1:], aim or means


def _prompt(shadow: Shadow, span: Span, grammar: Grammar) -> str:
    """The words of a suggestion without the interface, if it has any of its own."""
    for pattern in grammar.purpose:
        if not (hit := pattern.search(shadow.text, *span)):
            continue
        seen = hit[pattern.groups]
        start, end = hit.span(pattern.groups)
        words = shadow.origin[shadow.index[start] : shadow.index[end]].strip(" \"'“”‘’「」『』【】《》«»„*`.,")
        label = pattern.groups == 0 and len(words.split()) < LABEL_WORDS and len(words) < LABEL_LENGTH
        rules = (*(rule for _, rule in grammar.drop), grammar.manner, grammar.place)
        if words and not label and not any(rule.search(seen) for rule in rules):
            return words[:PROMPT_LENGTH]
    return ""
