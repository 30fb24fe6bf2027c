"""Length and shape of the film."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from bot.studio.agent.amounts import take_time
from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import ChangeLength, Operation, Refuse, SetLength, SetPace, SetShape, SetTransition
from bot.studio.agent.text import Message

if TYPE_CHECKING:
    from bot.studio.agent.recipe import Shape

_SHAPES = table("shape")
_FACTORS = table("factor")
_PACE = table("pace")
_FAST_CUTS = table("fast_cuts")["all"]

_OTHER_SHAPE = re.compile(
    r"(?<!\d)(?:4\s*[:x×]\s*[35]|3\s*[:x×]\s*[42]|5\s*[:x×]\s*4|2\s*[:x×]\s*[13]|21\s*[:x×]\s*9)(?!\d)"
)

_EACH_AFTER = re.compile(
    r"\A\s*(?:long\s*)?(?:per|each|for each|for every|every|a|an?)\s*"
    r"(?:photo|picture|pic|image|slide|shot|clip|moment|scene|one\b|\Z)"
    r"|\A\s*(?:long\s*)?each\b|\A\s*(?:一张|每张|一段|每段)"
)
_EACH_BEFORE = re.compile(
    r"(?:\b(?:each|every) (?:photo|picture|pic|image|slide|shot|clip|moment|scene|one)\b"
    r"|(?:每张|每幅|每一张|每个|每段|每一段)(?:照片|图片|图|片段)?|\beach(?: about)?"
    r"|\b(?:clips|moments|shots) (?:of|with|that are)|\bno (?:clip|moment|shot) longer than)[^,.;!?\0]{0,25}\Z"
)
_PERCENT = re.compile(r"(\d{1,2})\s*%\s*(shorter|longer)")
_BY_AFTER = re.compile(r"\A\s*(shorter|longer|less|more)\b")
_BY_BEFORE = re.compile(
    r"(缩短|减少|短|延长|加长|增加|(?<!增)加(?:上)?|长"
    r"|shorten(?: it)?(?: by)|shorter by|extend(?: it)?(?: by)|longer by|\badd(?: another)?)\s*\Z"
)


def read_shape(message: Message) -> Iterator[Operation]:
    """The canvas; before lengths are read, since 9:16 looks like a time."""
    if message.take(_OTHER_SHAPE):
        yield Refuse(what="shape")
    found = [shape for shape, pattern in _SHAPES.items() if [*message.take_all(pattern)]]
    if found:
        yield SetShape(shape=cast("Shape", found[0]))


def read_length(message: Message) -> Iterator[Operation]:
    """How long: absolute, per picture, by a difference or by a factor."""
    while time := take_time(message):
        yield _length(message, *time)
    if match := message.take(_PERCENT):
        yield ChangeLength(factor=1 + int(match[1]) / 100 * (1 if match[2] == "longer" else -1))
    yield from [ChangeLength(factor=float(factor)) for factor, row in _FACTORS.items() if message.take(row)][:1]


def read_pace(message: Message) -> Iterator[Operation]:
    """Faster and slower: how long each picture stays, and how abruptly it goes."""
    if message.take(_FAST_CUTS):
        yield from (SetPace(pace="quick"), SetTransition(style="cut"))
    elif message.take(_PACE["quick"]):
        yield from (SetPace(pace="quick"), ChangeLength(factor=0.75))
    elif message.take(_PACE["slow"]):
        yield from (SetPace(pace="normal"), ChangeLength(factor=1.3333))


def _length(message: Message, ms: int, start: int, end: int) -> Operation:
    before, after = message.folded[:start], message.folded[end:]
    if match := _BY_AFTER.search(after):
        message.blank(end, end + match.end())
        return ChangeLength(by_ms=-ms if match[1] in {"shorter", "less"} else ms)
    if match := _BY_BEFORE.search(before):
        message.blank(match.start(), start)
        return ChangeLength(by_ms=-ms if match[1][0] in "缩减短s" else ms)
    return SetLength(ms=ms, each=bool(_EACH_AFTER.search(after) or _EACH_BEFORE.search(before)))
