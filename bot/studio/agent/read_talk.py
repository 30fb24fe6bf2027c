"""Questions about the film, its versions, and the kind of moments that somebody wants."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from bot.studio.agent.amounts import NUMBER, number
from bot.studio.agent.clip_operations import ChangeCount, KeepWords, SetTaste
from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import ListShots, Operation, Undo, UseVersion, Versions
from bot.studio.agent.text import Message

if TYPE_CHECKING:
    from bot.studio.recording.model import Taste

_ASKED = table("asked")
_TASTE = table("taste")
_WORDS = table("sentences")["all"]
_BACK = (
    r"(?:(?:please |can we |let's |i want to )*(?:go|switch|roll|get|take me|change|return|revert)(?: it)? (?:back )?"
    r"(?:to )?|(?:use|show|restore|take|give me|open|load|want|see|back to)(?: me)?\s+)?"
)
_VERSION = re.compile(
    rf"{_BACK}(?:the )?(?:(?:version|ver\.?|v)\s*(?:no\.?|number|#)?\s*(?P<a>{NUMBER})(?![a-z])"
    r"|(?<=the )(?P<b>first|second|third|fourth|fifth|sixth|original|very first) (?:version|cut|film|one you made))"
    r"(?: again| instead)?"
    r"|(?:还是)?(?:回到|返回|恢复到?|用回?|切换到|换回|退回到?|要|看)?"
    rf"(?:第\s*(?P<c>{NUMBER})\s*个?版本?|版本\s*(?P<d>{NUMBER})|(?P<e>最初|最早|最开始|原来)的?(?:那个|那一)?版本?)"
)
# What is done with versions beside going back to one.
_ABOUT_VERSIONS = re.compile(
    r"(?<![a-z])(?:delete|remove|compare|combine|merge|mix|join) (?:the )?(?:versions?|v)\s*\d[^,.;!?\n]*"
    r"|(?:删除|比较|对比|合并)(?:第?\S{0,3}版本?)[^,.;!?\n]*"
)
_ALL_BACK = re.compile(
    r"(?<![a-z])(?:undo|revert|take back) (?:everything|all(?: (?:the|my|of the))?(?: changes)?)(?![a-z])"
    r"|全部撤销|撤销(?:全部|所有)(?:修改|改动)?"
)
_STEPS = re.compile(
    rf"(?:undo|go back|take back|revert)\s+(?:the last )?(?P<a>{NUMBER}) (?:steps?|changes?|times?|edits?)"
    r"|undo (?P<twice>twice)"
    rf"|(?:撤销|后退|回退|退回?|取消)(?:最近|上面|前面)?(?:的)?(?P<b>{NUMBER})(?:步|次|个(?:修改|操作))"
)

_A_BIT_ZH = "(?:一点|一些|点|些)"
_MORE_OR_FEWER = {
    1.5: re.compile(
        r"(?<![a-z])(?:more|shorter) (?:clips|moments|scenes)(?![a-z])"
        rf"|片段(?:再)?(?:多|短){_A_BIT_ZH}|每(?:段|个片段)(?:再)?短{_A_BIT_ZH}"
    ),
    0.67: re.compile(
        r"(?<![a-z])(?:fewer|less|longer) (?:clips|moments|scenes)(?![a-z])"
        rf"|片段(?:再)?(?:少|长){_A_BIT_ZH}|每(?:段|个片段)(?:再)?长{_A_BIT_ZH}"
    ),
}


def read(message: Message) -> Iterator[Operation]:
    """Before anything else: what is asked about is no order, and numbers of versions are no places."""
    if message.take(_ASKED["versions"]):
        yield Versions()
    if message.take(_ASKED["shots"]):
        yield ListShots()
    if match := message.take(_STEPS):
        count = 2 if match["twice"] else int(number(match["a"] or match["b"]))
        yield Undo(steps=max(1, count))
    message.hide(_ABOUT_VERSIONS)
    if message.take(_ALL_BACK):
        yield UseVersion(number=1)
    if match := message.take(_VERSION):
        figure = match["a"] or match["b"] or match["c"] or match["d"]
        yield UseVersion(number=1 if figure in {None, "original", "very first"} else max(1, int(number(figure))))
    yield from [ChangeCount(factor=factor) for factor, row in _MORE_OR_FEWER.items() if message.take(row)][:1]
    yield from [SetTaste(taste=cast("Taste", taste)) for taste, row in _TASTE.items() if message.take(row)][:1]
    if message.take(_WORDS):
        yield KeepWords(on=True)
