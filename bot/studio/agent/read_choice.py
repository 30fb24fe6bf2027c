"""What was left out: questions about it, and what is to come back or to go."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import Explain, Include, Operation, Tidy
from bot.studio.agent.text import Message

if TYPE_CHECKING:
    from bot.studio.agent.recipe import Reason

_WHY = table("why")["all"]
_LEFT = table("left")
_REST_OF_CLAUSE = re.compile(r"(?:[^.;!?\n\0]|\.(?=\w))*")

_SOME = r"(?:the |all |any |every |even |also |those |these |my |of |near[\s-]?)*"
_AWAY = re.compile(
    r"(?<![a-z])(?:drop|remove|delete|skip|exclude|leave out|get rid of|weed out|filter out|throw out|without|no"
    rf"|(?:don't|do not|never) (?:use|include|show|add|keep|want))\s+{_SOME}\Z"
    r"|(?:去掉|删掉|删除|移除|不要|不用|别用|去除|剔除|过滤掉?|排除|跳过)(?:所有|全部|那些)?的?\Z"
)
_BACK = re.compile(
    r"(?<![a-z])(?:keep|use|include|show|add|bring back|put back|put in|take in|restore|want)\s+(?:back )?"
    rf"{_SOME}\Z|(?:用上?|加上|加回|加入|放回|放进|恢复|保留|留下|找回|也要)(?:所有|全部|那些)?的?\Z"
)
_AWAY_AFTER = re.compile(r"(?:照片)?(?:都|全部|全)?(?:去掉|删掉|删除|移除|去除|剔除|不要)")
_BACK_AFTER = re.compile(r"(?:照片)?(?:也|都|全部|全)+(?:要|用上?|放|加上?|保留|留下?)|\s(?:back|too|as well)\b")
_AND = re.compile(r"[\s,、]*(?:and|or|和|与|跟|以及)?[\s,]*(?:the |all |any |those )*")


def read(message: Message) -> Iterator[Operation]:
    """Before anything else: "why did you drop the third one" is no order to drop it."""
    while found := _WHY.search(message.folded):
        rest = _REST_OF_CLAUSE.match(message.folded, found.end())
        end = rest.end() if rest else found.end()
        question = message.original[found.start() : end]
        message.blank(found.start(), end)
        yield Explain(question=question)
    wanted: dict[str, list[Reason]] = {"away": [], "back": []}
    for reason, way, start, end in _named(message.folded):
        wanted[way].append(reason)
        message.blank(start, end)
    if wanted["away"]:
        yield Tidy(reasons=tuple(dict.fromkeys(wanted["away"])))
    if wanted["back"]:
        yield Include(reasons=tuple(dict.fromkeys(wanted["back"])))


def _named(text: str) -> list[tuple["Reason", str, int, int]]:
    """The reasons that a message names, whether these photos are to go away or to come back, and where it says so."""
    matches = sorted(
        ((found.start(), found.end(), reason) for reason, row in _LEFT.items() for found in row.finditer(text)),
    )
    ways = [_way(text, start, end) for start, end, _ in matches]
    # What stands in one list shares a verb, before it in English and often after it in Chinese.
    joined = [bool(_AND.fullmatch(text, one[1], other[0])) for one, other in pairwise(matches)]
    for index in range(1, len(ways)):
        if joined[index - 1] and ways[index - 1][0] and not ways[index][0]:
            ways[index] = (ways[index - 1][0], matches[index][0])
    for index in range(len(ways) - 2, -1, -1):
        if joined[index] and ways[index + 1][0] and not ways[index][0]:
            ways[index] = (ways[index + 1][0], matches[index][0])
    return [
        (cast("Reason", reason), way, first, end)
        for (_, end, reason), (way, first) in zip(matches, ways, strict=True)
        if way
    ]


def _way(text: str, start: int, end: int) -> tuple[str, int]:
    """What is said about a noun between `start` and `end`, and where its verb begins; "" when nothing is."""
    before = text[max(0, start - 60) : start]
    for way, pattern, behind in (("away", _AWAY, _AWAY_AFTER), ("back", _BACK, _BACK_AFTER)):
        if verb := pattern.search(before):
            return way, start - len(before) + verb.start()
        if behind.match(text, end):
            return way, start
    return "", start
