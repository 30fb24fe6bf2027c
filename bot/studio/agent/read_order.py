"""Which pictures, and in which order."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from bot.studio.agent.amounts import NUMBER, POSITION_LIST, POSITIONS, all_positions, number, positions
from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import Drop, Include, KeepOnly, Move, Operation, Sort, Swap, Thin
from bot.studio.agent.text import Message

if TYPE_CHECKING:
    from bot.studio.agent.recipe import Order


def _named(name: str, pattern: str = POSITIONS) -> str:
    """A pattern of positions under a group name of its own: one name cannot stand twice in an expression."""
    return rf"(?P<{name}>{pattern})"


_LISTED = rf"{NUMBER}(?:\s*(?:,\s*and|,|and|&|-|–|to|through)\s*{NUMBER})*"
_DROP_WORDS = (
    r"(?:drop|remove|delete|skip|exclude|take out|leave out|get rid of|without|lose|cut out|cut|discard|omit|hide"
    r"|throw (?:out|away)|(?:don't|do not) (?:use|show|include))"
)
_DROP_ZH = r"(?:去掉|删掉|删除|移除|不要|去除|拿掉|剔除|扔掉|跳过|别用|不用)"
_DROP = re.compile(
    rf"{_DROP_WORDS}\s+(?:the )?{_named('a', POSITION_LIST)}|{_DROP_ZH}\s*{_named('b', POSITION_LIST)}"
    rf"|(?:把|将)?{_named('c', POSITION_LIST)}(?:照片|图片)?\s*(?:都|全部)?(?:去掉|删掉|删除|移除|拿掉|去除|剔除|不要)"
)
_KEEP = re.compile(
    rf"(?:keep|use|show|include)\s+(?:only|just)\s+(?:the )?{_named('a', POSITION_LIST)}"
    rf"|(?:only|just)\s+(?:keep |use |show |include |want )?(?:the )?{_named('b', POSITION_LIST)}"
    rf"|(?:只|仅)(?:保留|要|用|留下|留|使用|显示)?\s*{_named('c', POSITION_LIST)}"
    rf"|keep (?:the )?(?P<d>(?:photos|pictures|clips|moments|shots|numbers)\s+{_LISTED}"
    rf"|(?:first|last)\s+{NUMBER}\s+(?:photos|pictures|clips|moments|shots))(?! (?:but|as|in ))"
)
_THIN = re.compile(
    r"(?:only|just|at most|no more than|up to|a maximum of|max(?:imum)?\.?)\s+(?:keep |use |show |take )?"
    rf"(?P<count>{NUMBER})\s+(?:of (?:the|my|these) )?"
    r"(?:photos?|pictures?|pics?|images?|shots?|clips?|moments?|scenes?)"
    rf"|(?:只|最多|不超过|不多于|顶多)(?:保留|要|用|留|选)?(?P<zh>{NUMBER})(?:张|段|个(?:片段|镜头|画面)?)"
)
_CLIPS = r"(?:clips|moments|scenes|shots|highlights)"
_COUNT = re.compile(
    r"(?:(?<![a-z])(?:use|want|take|give me|with|into|in|exactly|make it|choose|pick|select)\s+"
    rf"(?:exactly |about |around |just )?(?P<count>{NUMBER})\s+{_CLIPS}(?! (?:longer|shorter|more)))"
    rf"|(?:(?<=[,;.] )|\A)(?P<bare>{NUMBER})\s+{_CLIPS}(?=\s*(?:[,;.!]|\Z))"
    rf"|(?:要|用|选|剪成|分成|做成|正好|刚好)(?P<zh>{NUMBER})(?:段|个(?:片段|镜头|瞬间))"
)
_BESIDE = re.compile(
    rf"(?:move|put|place|bring|shift)\s+(?:the )?{_named('a')}\s*(?:right |directly )?"
    rf"(?P<side>before|after|in front of|behind)\s*(?:the )?{_named('to')}"
    rf"|(?:把|将){_named('b')}(?:移动?|放|挪|调|排)(?:到|在)?{_named('there')}(?:的)?(?P<zh>前面?|后面?|之前|之后)"
)
_PLACES = (
    r"(?:(?:very )?(?:start|beginning|front|first|end|back|last)\b|(?:position|place|spot|number|no\.|#)\s*\d+"
    rf"|\d+(?:st|nd|rd|th)\b|最前面?|开头|最开始|第一位?|最后面?|末尾|结尾|第\s*{NUMBER}\s*[位个张]?)"
)
_MOVE = re.compile(
    rf"(?:move|put|place|bring|shift)\s+(?:the )?{_named('a')}\s*(?:to|at|in|into|as)?"
    rf"\s*(?:the )?{_named('to', _PLACES)}"
    rf"|(?:把|将)?{_named('b')}(?:照片)?(?:移动?|放|挪|调|排)(?:到|在)?{_named('there', _PLACES)}"
)
_AS = r"(?:照片)?(?:作为|做|当)?"
_FIRST = re.compile(
    rf"(?:start|begin|open)(?:s|ing)?\s+(?:it |the (?:film|reel|video) )?with\s+(?:the )?{_named('a')}"
    rf"|(?:从|以|用){_named('b')}{_AS}(?:开始|开头|开场)"
)
_FINAL = re.compile(
    rf"(?:end|finish|close)(?:s|ing)?\s+(?:it |the (?:film|reel|video) )?with\s+(?:the )?{_named('a')}"
    rf"|(?:以|用){_named('b')}{_AS}(?:结尾|结束|收尾)"
)
_PLACE = (
    r"(?:the\s+)?(?:photos?|pictures?|clips?|moments?|shots?|numbers?|no\.|#|第)?\s*"
    r"(?:最后一?|last|\d+(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[一二两三四五六七八九十]+)(?![a-z0-9])"
    r"\s*(?:photos?|pictures?|clips?|moments?|shots?|ones?|张照片|张|个|段)?"
)
_PAIR = (
    r"(?:the\s+)?(?P<{}>first|last|前|最后|后)\s*(?:two|2|两)(?![a-z0-9])"
    r"\s*(?:photos?|pictures?|clips?|moments?|张照片|张|个|段)?"
)
_SWAP_WORD = r"(?:swap|exchange|switch|交换|对调|调换|互换)"
_SWAP = re.compile(
    rf"{_SWAP_WORD}\s*(?:{_PAIR.format('pair')}|(?P<a>{_PLACE})\s*(?:and|with|for|&|,|和|跟|与|、)\s*(?P<b>{_PLACE}))"
    rf"|(?:把|将)?{_PAIR.format('turned')}(?:互相|位置)?(?:对调|交换|调换|互换|换(?:个|一下)?位置|换一下)"
)
_TOKEN = re.compile(
    r"最后|\blast\b|\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b|[一二两三四五六七八九十]+"
)

_ORDERS = table("order")
_INCLUDE = table("include")


def read(message: Message) -> Iterator[Operation]:
    """All that the message says about single pictures and about their order."""
    yield from [_swap(match) for match in message.take_all(_SWAP)]
    for beside in message.take_all(_BESIDE):
        yield from _beside(beside)
    for move in message.take_all(_MOVE):
        yield from _moved(_where(move), move["to"] or move["there"])
    for pattern, to in ((_FIRST, 1), (_FINAL, -1)):
        if match := message.take(pattern):
            yield from (Move(position=place, to=to) for place in _where(match)[:1])
    if match := message.take(_KEEP):
        yield KeepOnly(positions=_where(match))
    elif match := message.take(_THIN):
        yield Thin(count=max(1, int(number(match["count"] or match["zh"]))))
    elif match := message.take(_COUNT):
        count = match["count"] or match["bare"] or match["zh"]
        yield Thin(count=max(1, int(number(count))), exactly=True)
    dropped = [place for drop in message.take_all(_DROP) for place in _where(drop)]
    if dropped:
        yield Drop(positions=tuple(dict.fromkeys(dropped)))
    yield from [Sort(by=cast("Order", by)) for by, pattern in _ORDERS.items() if message.take(pattern)][:1]
    if message.take(_INCLUDE["all"]):
        yield Include(all=True)
    elif message.take(_INCLUDE["new"]):
        yield Include()


def _where(match: re.Match[str]) -> tuple[int, ...]:
    groups = match.groupdict()
    text = next(groups[name] for name in "abcd" if groups.get(name))
    return all_positions(text)


def _moved(places: tuple[int, ...], to: str) -> Iterator[Operation]:
    target = _target(to)
    for place in places[:1]:
        yield Move(position=place, to=target)


def _beside(match: re.Match[str]) -> Iterator[Operation]:
    """A place beside another picture, as the place that it will have once it is there."""
    position, other = positions(match["a"] or match["b"])[:1], positions(match["to"] or match["there"])[:1]
    if not position or not other:
        return
    behind = (match["side"] or match["zh"]) in {"after", "behind", "后", "后面", "之后"}
    (source,), (place,) = position, other
    if place == -1:
        yield Move(position=source, to=-1) if behind else Move(position=source, to=-2)
    elif place > 0:
        yield Move(position=source, to=max(1, place + behind - (0 < source < place)))


def _target(text: str) -> int:
    if any(word in text for word in ("start", "begin", "front", "first", "前", "开头", "开始", "第一")):
        return 1
    if any(word in text for word in ("end", "back", "last", "后", "末", "结尾")):
        return -1
    match = re.search(NUMBER, re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", text))
    return max(1, int(number(match[0]))) if match else 1


def _swap(match: re.Match[str]) -> Operation:
    if pair := match["pair"] or match["turned"]:
        return Swap(first=1, second=2) if pair in {"first", "前"} else Swap(first=-2, second=-1)
    words = [_TOKEN.search(match[name]) for name in ("a", "b")]
    first, second = (-1 if word and word[0] in {"last", "最后"} else int(number(word[0])) for word in words if word)
    return Swap(first=first, second=second)
