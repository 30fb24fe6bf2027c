"""Speed and colours, of the film or of single pictures."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from bot.studio.agent.amounts import NUMBER, POSITION_LIST, POSITIONS, all_positions, number, positions
from bot.studio.agent.clip_operations import SetLook, SetSpeed
from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import Operation
from bot.studio.agent.text import Message

if TYPE_CHECKING:
    from bot.studio.film.model import Look

_SPEEDS = table("speed")
_LOOKS = table("look")
_TIMES = re.compile(
    rf"(?<![a-z0-9.:])(?P<a>\d+(?:\.\d+)?)\s*[x×](?![a-z0-9])(?: (?:speed|as fast|faster))?"
    rf"|(?<![a-z0-9])x(?P<b>\d+(?:\.\d+)?)(?![a-z0-9])|(?P<c>{NUMBER}) times (?:the speed|as fast|faster|speed)"
    rf"|(?P<d>{NUMBER}(?:\.\d+)?)倍(?:速|的?速度)(?:播放)?"
)
_EDGES = re.compile(
    r"[,.;!?\n\0]|(?<![a-z])(?:but|then)(?![a-z])"
    r"|(?<![a-z])and(?![a-z])(?!\s*(?:the\s+)?(?:\d|last|first|second|third|fourth|fifth|sixth))"
)
_EXCEPT = re.compile(
    rf"\s*,?\s*(?:except|but not|apart from|other than|excluding)(?: for)? (?:the )?(?P<where>{POSITION_LIST})"
    rf"|,?(?:除了)?(?P<zh>{POSITION_LIST})(?:除外|不要)"
)
_AFTER = re.compile(rf"\s*(?:for|on|to|of|in|at|with|look|filter|effect)*\s*(?:the )?(?P<where>{POSITION_LIST})")
_BEFORE = re.compile(
    r"(?:make|play|show|turn|give|put|set|run|slow down|speed up|let|把|让|给|将)?\s*"
    rf"(?:the )?(?P<where>{POSITION_LIST})\s*"
    r"(?:照片|片段|的)?(?:in(?:to)?|to|at|a|an|run|play|be|look|should|with|the|is|用|做成|变成|改成|改为|换成|设为|调成|放|加|加上|来)?"
    r"(?:\s*(?:in|a|an|at|be|the|个|一个))?\s*\Z"
)
_VERB = re.compile(r"(?:slow down|speed up)\s*\Z")


_PACED = re.compile(
    rf"(?:make|play|run|let)\s+(?:the )?(?P<a>{POSITIONS})(?: go| run| play)? (?:much |a bit |a little )?"
    r"(?P<way>slower|faster)"
    rf"|(?:把|让)?(?P<b>{POSITIONS})(?:再)?(?P<zh>慢|快)(?:一点|一些|点|些)"
)


def read(message: Message) -> Iterator[Operation]:
    """All that the message says about speed and colours."""
    for match in message.take_all(_TIMES):
        factor = number(next(group for group in match.groups()[:4] if group))
        yield SetSpeed(factor=factor, positions=_where(message, match))
    for match in message.take_all(_PACED):
        slower = (match["way"] or match["zh"]) in {"slower", "慢"}
        yield SetSpeed(factor=0.5 if slower else 2.0, positions=positions(match["a"] or match["b"]))
    for name, pattern in _SPEEDS.items():
        for match in message.take_all(pattern):
            yield SetSpeed(factor=float(name), positions=_where(message, match))
    for look, pattern in _LOOKS.items():
        for match in message.take_all(pattern):
            spared = _spared(message, match)
            yield SetLook(look=cast("Look", look), positions=_where(message, match))
            if spared:
                yield SetLook(look="plain", positions=spared)


def _spared(message: Message, match: re.Match[str]) -> tuple[int, ...]:
    """Which pictures are to stay as they are."""
    found = _EXCEPT.match(message.folded, match.end())
    if found is None:
        return ()
    message.blank(*found.span())
    return all_positions(found["where"] or found["zh"])


def _where(message: Message, match: re.Match[str]) -> tuple[int, ...]:
    """Which pictures the words beside a match name, in the same clause; these are blanked. () for the whole film."""
    start, end = match.span()
    right = _EDGES.split(message.folded[end:])[0]
    if after := _AFTER.match(right):
        message.blank(end, end + after.end())
        return all_positions(after["where"])
    left = _EDGES.split(message.folded[:start])[-1]
    if before := _BEFORE.search(left):
        message.blank(start - len(left) + before.start(), start)
        return all_positions(before["where"])
    return ()
