"""Where in the recordings moments are to come from, or not: halves, first and last minutes, times on the clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.studio.agent.amounts import NUMBER, number
from bot.studio.agent.clip_operations import Span, Steer
from bot.studio.agent.durations import CLOCK, DURATION, INSTANT, duration, instant
from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import Operation
from bot.studio.agent.text import Message

How = Literal["within", "must", "never"]

_BEFORE_IT, _AFTER_IT = 6000, 4000  # of something that happens at an instant
_A_MOMENT = 90_000  # a stretch that is not longer is wanted itself, a longer one is where to look

_HOW = table("steer")
_MEANS: dict[str, How] = {"must": "must", "never": "never", "within": "within", "add": "must"}
_JOINED = re.compile(r"[\s\0,、&]*(?:and|or|和|与|跟|以及)?[\s\0]*(?:everything|anything|all|the|from|at)?[\s\0]*")
_CLAUSE = re.compile(r"[,.;!?\n\0](?!\d)|(?<![a-z])(?:and|but|then|also)(?![a-z])|然后|并且|但是?|而且")
_TO = r"\s*(?:-|–|—|~|to|till|until|through|and|到|至)\s*(?:the )?"
_RANGE = re.compile(
    rf"(?:(?:from|between|of|at|in|从|在)\s*)?(?P<a>{CLOCK}){_TO}(?P<b>{CLOCK})(?:\s*之?间)?"
    rf"|(?:from|between|从|第)\s*(?:the )?(?P<c>{INSTANT}|{NUMBER}){_TO}(?P<d>{INSTANT})(?:\s*之?间)?"
    rf"|(?P<e>minutes?\s+{NUMBER}){_TO}(?:minute )?(?P<f>{NUMBER})(?![\d:])"
)
_EDGE = re.compile(
    rf"(?:the\s+)?(?:very\s+)?(?P<side>first|last|opening|final|前面?|最后|后面?|开头|结尾)的?\s*(?P<long>{DURATION})"
    r"|(?:the\s+)?(?P<part>first|second|last|latter|final|middle)\s+(?P<share>half|third|quarter)"
    r"(?![\s-]+(?:of an |an )?hour)"
    r"|(?P<zh>[上前下后])半(?:场|段|部分|程|个?小时)?(?!分钟|秒)"
)
_OPEN = re.compile(
    rf"(?:(?P<word>after|before|until|till|from|since|past|prior to)\s+(?P<at>{INSTANT})(?P<on>\s+(?:on|onwards?))?"
    rf"|从?(?P<zh>{INSTANT})(?P<side>之后|以后|之前|以前|开始|起))"
)
_AT = re.compile(
    rf"(?:the\s+)?(?:\w+\s+)?(?:at|around|near|about)\s+(?P<a>{CLOCK})|(?P<b>{CLOCK})\s*(?:左右|处|时|那)?(?:的|那|有)?"
    r"(?!\s*(?:视频|短片|影片|片子|集锦|长))(?<=[处时的那右有])[^,.;!?\n\0]{0,6}"
)
_PAST, _PAST_ZH = re.compile(r"(?<![a-z])(?:after|past|beyond)\s*\Z"), re.compile(r"(?:之后|以后|过后)")
_UP_TO, _UP_TO_ZH = re.compile(r"(?<![a-z])(?:before|until|up to)\s*\Z"), re.compile(r"(?:之前|以前)")
_OF = re.compile(
    rf"\s*(?:of|in|from)\s+(?:the\s+)?(?:(?P<a>first|second|third|fourth|fifth|{NUMBER}(?:st|nd|rd|th))\s+"
    rf"(?:recording|video|file|clip)|(?:recording|video|file)\s+(?P<b>{NUMBER}))"
)
_ZH_OF = re.compile(rf"第\s*(?P<b>{NUMBER})\s*(?:个|段)(?:录像|视频|文件)(?:里|中)?的?\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A stretch where the message says it; `told` is whether the words beside it say what is to become of it."""

    start: int
    end: int
    told: bool
    steer: Steer


def read(message: Message) -> Iterator[Operation]:
    """All that the message says about places in the recordings; before lengths and positions, which look alike."""
    last: _Found | None = None
    for found in sorted(_found(message), key=lambda one: one.start):
        # "Skip the first minute and everything after 58:00": one verb for both.
        shared = last is not None and not found.told and _JOINED.fullmatch(message.folded, last.end, found.start)
        how = last.steer.how if last is not None and shared else found.steer.how
        last = replace(found, steer=replace(found.steer, how=how))
        message.at = found.start
        yield last.steer


def _found(message: Message) -> Iterator[_Found]:
    while match := _RANGE.search(message.folded):
        start = instant(match["a"] or match["c"] or match["e"])
        stop = instant(match["b"] or match["d"] or f"minute {match['f']}")
        brief = match["a"] is not None and stop - start <= _A_MOMENT and not match[0].startswith("between")
        yield _steered(
            message, match, Span(start=min(start, stop), stop=max(start, stop)), "must" if brief else "within"
        )
    while match := _EDGE.search(message.folded):
        yield _steered(message, match, _beyond(message, match) or _edge(match), "within")
    while match := _OPEN.search(message.folded):
        place = instant(match["at"] or match["zh"])
        late = (match["word"] or match["side"]) in {"after", "from", "since", "past", "之后", "以后", "开始", "起"}
        yield _steered(message, match, Span(start=place, stop=None) if late else Span(start=0, stop=place), "within")
    while match := _AT.search(message.folded):
        place = instant(match["a"] or match["b"])
        around = Span(start=max(0, place - _BEFORE_IT), stop=place + _AFTER_IT)
        yield _steered(message, match, around, "must")


def _beyond(message: Message, match: re.Match[str]) -> Span | None:
    """What comes after the first minutes, or before the last ones, where the words say so."""
    before, after = message.folded[: match.start()], message.folded[match.end() :]
    edge = _edge(match)
    if edge.start == 0 and edge.stop is not None and (_PAST.search(before) or _PAST_ZH.match(after)):
        return Span(start=edge.stop, stop=None if not edge.share else 1, share=edge.share)
    if edge.stop is None and (_UP_TO.search(before) or _UP_TO_ZH.match(after)):
        return Span(start=0, stop=edge.start)
    return None


def _edge(match: re.Match[str]) -> Span:
    if match["long"]:
        ms = duration(match["long"])
        front = match["side"] in {"first", "opening", "前", "前面", "开头"}
        return Span(start=0, stop=ms) if front else Span(start=-ms, stop=None)
    if match["zh"]:
        return Span(start=0, stop=0.5, share=True) if match["zh"] in "上前" else Span(start=0.5, stop=1, share=True)
    size = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4}[match["share"]]
    place = {"first": 0.0, "second": size, "middle": (1 - size) / 2}.get(match["part"], 1 - size)
    return Span(start=place, stop=place + size, share=True)


def _steered(message: Message, match: re.Match[str], span: Span, usual: How) -> _Found:
    """What is to become of the stretch by the words around it, up to the next comma; these are blanked."""
    start, end = match.span()
    left, right = _CLAUSE.split(message.folded[:start])[-1], _CLAUSE.split(message.folded[end:])[0]
    before, after = _ZH_OF.search(left), _OF.match(right)
    which = after or before
    recording = int(number(which["b"])) if which and which["b"] else _ordinal(after) if after else None
    told = next((_MEANS[name] for name, pattern in _HOW.items() if pattern.search(f"{left}\1{right}")), None)
    # The verb says what is done with the stretch and nothing else.
    first, last = start - _verb(left), end + (after.end() if after else 0) + _verb_after(right, after)
    message.blank(first, last)
    steer = Steer(how=told or usual, spans=(span,), recording=recording)
    return _Found(start=first, end=last, told=told is not None, steer=steer)


def _ordinal(match: re.Match[str]) -> int:
    return int(number(re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", match["a"])))


_VERB = re.compile(
    r"(?:(?:skip|drop|leave out|cut out|cut|exclude|avoid|ignore|omit|remove|without|not|no|nothing|keep|use|only|just"
    r"|take|include|add|don't use|do not use|everything|anything|best (?:bits|parts|moments)|but|the|break|stuff"
    r"|half[\s-]?time|from|in|of|between|that happens?|what happens?|parts?|moments?"
    r"|去掉|跳过|不要|别用|只要|只用|只|保留|用|加上|中场休息)\s*)+\Z"
)
_VERB_AFTER = re.compile(
    r"\s*(?:only|must be in|has to be in|should be in|is in(?: it)?|be in|out|the break"
    r"|(?:的)?(?:中场休息|部分|内容)?(?:一定要有?|必须(?:要)?有?|不要|跳过|去掉|要有|别漏了?))*"
)


def _verb(left: str) -> int:
    match = _VERB.search(left)
    return len(match[0]) if match else 0


def _verb_after(right: str, after: re.Match[str] | None) -> int:
    match = _VERB_AFTER.match(right, after.end() if after else 0)
    return match.end() - match.start() if match else 0
