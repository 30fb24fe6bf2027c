"""Which action an instruction stands for: by what it does, and by what it does it to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.gui.orders import ActionKind

if TYPE_CHECKING:
    from bot.core.gui.vocabulary import Grammar

_FIXED = {"drag": ActionKind.EDIT, "view": ActionKind.TIMELINE}
TELLING = {ActionKind.EXPORT, ActionKind.TIMELINE, ActionKind.CREDITS}
_AIM_ENDS = re.compile(
    r"\b(?:to|for|so|if|when|before|after|once|in|at|on|from|below|beneath|above|beside|near|of|under|next)\b"
    r"|即可|就|来|可以|可|便|以便|进行|后"
)
_PURPOSE = re.compile(r"\b(?:to|for|so)\b|即可|就|来|可以|便|以便|进行")
_WITHIN = re.compile(r"(?<=.)[^，。；]*[里中上下内侧边角方]的(?=.)")
"""In Chinese what is pressed follows where it is."""
_TELLING_VERB = re.compile(
    r"\W*(?:(?:and|then|now|please) )*(?:play|preview|watch|export|download)\b"
    r"|\W*(?:没问题|满意|确认|无误|看好|然后|了|后|的话|，|就|再|即可|可以)*(?:导出|下载|播放|预览)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:below|beneath|under(?:neath)?|above|next to|beside|near|(?:left|right) of) (?:the|your) (?:\w+ )?"
    r"(?:preview|player|timeline|button|icon|slider|menu|panel|tab|bar)\b"
    r"|\bexports? (?:page|section|screen|list)\b",
    re.IGNORECASE,
)
"""Where something is says nothing about what it does."""
_WORD = re.compile(r"\w")
_OWN_LABEL = re.compile(r"[\"“‘「『【《„«*`]\w|(?<!\w)'\w|(?<=\s)[A-Z]\w")


@dataclass(frozen=True, slots=True)
class Meaning:
    """An action, and whether only the lack of anything better made it an edit."""

    kind: ActionKind
    vague: bool = False


def meant(rule: str, found: str, target: str, clause: str, grammar: Grammar) -> Meaning:
    """The meaning of an instruction: what a `rule` found in a clause, and what follows in it."""
    if rule in _FIXED:
        return Meaning(_FIXED[rule])
    if rule == "open":
        return Meaning(first_of(clause, grammar, {ActionKind.CREDITS}) or ActionKind.STATE)
    if rule in {"mention", "thing"}:
        return named(clause, rule, grammar)
    aim, purpose = clause, clause
    if rule == "press" and not grammar.verb_last:
        end, then = _AIM_ENDS.search(target, 4 if target.startswith(" on ") else 0), _PURPOSE.search(target)
        aim = _WITHIN.sub("", found + (target[: end.start()] if end else target))
        purpose = target[then.start() :] if then else "" if _WORD.search(target) else clause
        if kind := first_of(aim, grammar, TELLING | {ActionKind.STATE}):
            return Meaning(kind)
        if _OWN_LABEL.search(aim.lstrip()):  # the capital that begins a sentence is no label
            return Meaning(ActionKind.EDIT)
    kind = first_of(purpose, grammar, TELLING)
    return Meaning(kind or ActionKind.EDIT, vague=kind is None)


def named(clause: str, rule: str, grammar: Grammar) -> Meaning:
    """What the telling words of a clause stand for, where nothing is pressed."""
    if found := first_of(_BESIDE.sub("", clause), grammar, TELLING):
        return Meaning(found)
    edits = rule in {"press", "drag", "use"} or first_of(clause, grammar, {ActionKind.EDIT})
    return Meaning(ActionKind.EDIT if edits else ActionKind.STATE, vague=True)


def labelled(clause: str, grammar: Grammar) -> Meaning | None:
    """What a step beside an instruction stands for, when its label or verb is telling: "select **Export**"."""
    telling = _OWN_LABEL.search(clause) or _TELLING_VERB.match(clause)
    kind = first_of(clause, grammar, TELLING) if telling else None
    return Meaning(kind) if kind else None


def first_of(text: str, grammar: Grammar, wanted: set[ActionKind]) -> ActionKind | None:
    """The first of these actions that a text names."""
    hits = [
        (hit.start(), kind) for kind, pattern in grammar.actions if kind in wanted and (hit := pattern.search(text))
    ]
    return ActionKind(min(hits)[1]) if hits else None
