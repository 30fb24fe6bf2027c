"""Which pictures, and in which order."""

import re
from collections.abc import Iterator

from bot.studio.agent.amounts import NUMBER, POSITIONS, number, positions
from bot.studio.agent.operations import Drop, Include, KeepOnly, Move, Operation, Sort, Swap, Thin
from bot.studio.agent.recipe import Order
from bot.studio.agent.text import Message

_WHERE = rf"(?P<where>{POSITIONS})"
_AND_WHERE = rf"(?P<where>{POSITIONS}(?:\s*(?:,|and|&|和|与|,\s*and)\s*(?:{POSITIONS}))*)"
_DROP_WORDS = (
    r"(?:drop|remove|delete|skip|exclude|take out|leave out|get rid of|without|lose|cut out|cut|discard|throw (?:out|away)"
    r"|omit|hide|don't (?:use|show|include)|do not (?:use|show|include))"
)
_DROP_ZH = r"(?:去掉|删掉|删除|移除|不要|去除|拿掉|剔除|扔掉|跳过|别用|不用|去除掉)"
_DROP = re.compile(
    rf"{_DROP_WORDS}\s+(?:the )?{_AND_WHERE}|{_DROP_ZH}\s*{_AND_WHERE.replace('where', 'there')}"
    rf"|(?:把|将)?{_AND_WHERE.replace('where', 'those')}(?:照片|图片)?\s*(?:都|全部)?(?:去掉|删掉|删除|移除|拿掉|去除|剔除|不要)"
)
_KEEP = re.compile(
    rf"(?:keep|use|show|include)\s+(?:only|just)\s+(?:the )?{_AND_WHERE}"
    rf"|(?:only|just)\s+(?:keep |use |show |include |want )?(?:the )?{_AND_WHERE.replace('where', 'there')}"
    rf"|(?:只|仅)(?:保留|要|用|留下|留|使用|显示)?\s*{_AND_WHERE.replace('where', 'those')}"
)
_THIN = re.compile(
    rf"(?:keep|use|show|take|include|pick|choose|select)?\s*(?:only|just|at most|no more than)\s+(?:keep |use |show |take )?"
    rf"(?P<count>{NUMBER})\s+(?:of (?:the|my|these) )?(?:photos?|pictures?|pics?|images?|shots?)"
    rf"|(?:只|最多)(?:保留|要|用|留|选)?(?P<zahl>{NUMBER})张"
)
_PLACE = (
    r"(?P<to>(?:very )?(?:start|beginning|front|first|end|back|last)\b|(?:position|place|spot|number|no\.|#)\s*\d+"
    rf"|\d+(?:st|nd|rd|th)\b|最前面?|开头|最开始|第一位?|最后面?|末尾|结尾|第\s*{NUMBER}\s*[位个张]?)"
)
_MOVE = re.compile(
    rf"(?:move|put|place|bring|shift)\s+(?:the )?{_WHERE}\s*(?:to|at|in|into|as)?\s*(?:the )?{_PLACE}"
    rf"|(?:把|将)?{_WHERE.replace('where', 'there')}(?:照片)?(?:移动?|放|挪|调|排)(?:到|在)?{_PLACE.replace('<to>', '<zu>')}"
)
_FIRST = re.compile(
    rf"(?:start|begin|open)(?:s|ing)?\s+with\s+(?:the )?{_WHERE}|(?:从|以|用){_WHERE.replace('where', 'there')}(?:照片)?(?:作为|做|当)?(?:开始|开头|开场)"
)
_FINAL = re.compile(
    rf"(?:end|finish|close)(?:s|ing)?\s+with\s+(?:the )?{_WHERE}|(?:以|用){_WHERE.replace('where', 'there')}(?:照片)?(?:作为|做|当)?(?:结尾|结束|收尾)"
)
_SWAP = re.compile(r"(?:swap|exchange|switch|交换|对调|调换)\s*(?P<what>[^.;!?\n\0]{1,60})")
_TOKEN = re.compile(
    rf"最后一?|\blast\b|\bfirst\b(?=\s+(?:and|with))|\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth)\b|[一二两三四五六七八九十]+"
)
_FIRST_TWO = re.compile(r"(?:the )?first two|前两|前2")
_LAST_TWO = re.compile(r"(?:the )?last two|最后两|后两|最后2")

_ORDERS: tuple[tuple[Order, re.Pattern[str]], ...] = (
    (
        "reverse",
        re.compile(
            r"\brevers(?:e|ed|ing)\b(?: (?:the )?(?:order|sequence|it|photos))?|\bbackwards?\b|\bnewest first\b|\bother way round\b|倒序|反过来|颠倒|倒过来|逆序"
        ),
    ),
    (
        "time",
        re.compile(
            r"\bchronolog\w+(?: order)?|\b(?:sort|order|arrange|reorder)\w*(?: (?:them|it|the photos|photos|everything))? (?:by|in order of) (?:the )?(?:time|date|when)\b"
            r"|\bby (?:capture )?(?:time|date)(?: taken)?\b|\boldest first\b|\bin (?:the )?order (?:of time|they were taken)\b|按(?:拍摄)?(?:时间|日期)(?:顺序)?(?:排序|排列|排)?|时间顺序"
        ),
    ),
    (
        "upload",
        re.compile(
            r"\b(?:in )?(?:the )?(?:same )?order (?:that |in which )?(?:i|we) (?:sent|uploaded|posted|gave|added)\b(?: them)?|\b(?:by )?upload order\b|\bas (?:i )?(?:sent|uploaded)\b|按(?:照)?(?:我)?(?:上传|发送|发)的?顺序|上传顺序"
        ),
    ),
    (
        "random",
        re.compile(
            r"\bshuffle\b(?: (?:them|it|the photos|the order))?|\brandom(?:ise|ize)?\b(?: order)?(?! transition)|\bmix up the order\b|打乱(?:顺序)?|随机(?:顺序|排序|排列)|乱序"
        ),
    ),
)
_ALL = re.compile(
    r"\b(?:use|include|show|keep|with|take) (?:all|every one)(?: of)?(?: (?:the|my|these|them|our))?(?: (?:\d+ )?(?:photos?|pictures?|pics|images?))?\b|\b(?:use|include) every (?:photo|picture)\b"
    r"|(?:用上?|包括|包含|放进?)(?:所有|全部)的?(?:照片|图片)?|(?:所有|全部)(?:的)?(?:照片|图片)?都(?:用上?|放|要|加)"
)
_NEW = re.compile(
    r"\b(?:add|include|use)\s+(?:in )?(?:the |these |those |my )?(?:new|extra|other|latest|more|rest of the)\s*(?:photos?|pictures?|pics|images?|ones|clips?)?\b|\badd (?:these|those|them|this)\b(?: (?:photos?|pictures?|too|as well))*"
    r"|(?:加上|加入|加进去?|放进去?|添加)(?:这些|新的?|其他的?|这几张|刚才的?)(?:照片|图片)?|(?:把)?(?:这些|新的?|这几张)(?:照片|图片)?(?:也|都)*(?:加进去|加上|加入|放进去)"
)


def read(message: Message) -> Iterator[Operation]:
    """All that the message says about single pictures and about their order."""
    if match := message.take(_SWAP):
        yield from _swap(match["what"])
    for match in message.take_all(_MOVE):
        yield from _moved(_where(match), match["to"] or match["zu"])
    for pattern, to in ((_FIRST, 1), (_FINAL, -1)):
        if match := message.take(pattern):
            yield from (Move(position=place, to=to) for place in _where(match)[:1])
    if match := message.take(_KEEP):
        yield KeepOnly(positions=_where(match))
    elif match := message.take(_THIN):
        yield Thin(count=max(1, int(number(match["count"] or match["zahl"]))))
    dropped = [place for match in message.take_all(_DROP) for place in _where(match)]
    if dropped:
        yield Drop(positions=tuple(dict.fromkeys(dropped)))
    for by, pattern in _ORDERS:
        if message.take(pattern):
            yield Sort(by=by)
            break
    if message.take(_ALL):
        yield Include(all=True)
    elif message.take(_NEW):
        yield Include()


def _where(match: re.Match[str]) -> tuple[int, ...]:
    groups = match.groupdict()
    text = next(groups[name] for name in ("where", "there", "those") if groups.get(name))
    pieces = re.findall(POSITIONS_WHOLE, text)
    return tuple(dict.fromkeys(place for piece in pieces for place in positions(piece)))


def _moved(places: tuple[int, ...], to: str) -> Iterator[Operation]:
    target = _target(to)
    for place in places[:1]:
        yield Move(position=place, to=target)


def _target(text: str) -> int:
    if any(word in text for word in ("start", "begin", "front", "first", "前", "开头", "开始", "第一")):
        return 1
    if any(word in text for word in ("end", "back", "last", "后", "末", "结尾")):
        return -1
    match = re.search(NUMBER, re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", text))
    return max(1, int(number(match[0]))) if match else 1


def _swap(what: str) -> Iterator[Operation]:
    if _FIRST_TWO.search(what):
        yield Swap(first=1, second=2)
    elif _LAST_TWO.search(what):
        yield Swap(first=-2, second=-1)
    else:
        words = _TOKEN.findall(what)[:2]
        if len(words) == 2:
            first, second = (-1 if word in {"last", "最后", "最后一"} else int(number(word)) for word in words)
            yield Swap(first=first, second=second)


POSITIONS_WHOLE = re.compile("(?:" + re.sub(r"(?<!\\)\((?!\?)", "(?:", POSITIONS) + ")")
