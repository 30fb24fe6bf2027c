"""Titles, captions, credits: what is to stand in the picture."""

import re
from collections.abc import Iterator

from bot.studio.agent.amounts import POSITIONS, positions
from bot.studio.agent.lexicon import table
from bot.studio.agent.operations import (
    Ask,
    DateCaptions,
    DateTitle,
    NameCaptions,
    Operation,
    SetCaption,
    SetCredits,
    SetTitle,
)
from bot.studio.agent.text import QUOTE, Message

_REMOVE = (
    r"(?:remove|no|drop|delete|without|lose|get rid of|take (?:off|out|away)|skip|omit|don't (?:add|want|need|use)"
    r"|do not (?:add|want|need|use)|turn off|hide|not? need(?: an?| any)?)\s+(?:the |an? |any |my |that |all )*"
)
_REMOVE_ZH = r"(?:去掉|删除|删掉|不要|不需要|取消|移除|去除|没有|别加|不加|关掉|拿掉)(?:这个|那个|所有|全部)?的?"
_REMOVED_ZH = r"(?:都|全部)?(?:去掉|删掉|删除|移除|去除|拿掉|取消)"

# Words without quotes end where the sentence goes on to something else.
_NEXT = (
    r"\s+(?:and|then|with|but|plus)\s+(?:also\s+|then\s+)?(?:make|add|use|set|put|keep|export|change|remove|drop|give|no"
    r"|some|turn|warm|upbeat|calm|happy|relax\w*|energetic|(?:the )?music|captions?|(?:end )?credits|cross\w*|reorder"
    r"|swap|move|render|send|start|end|fade|slide|it|an?\s+\w+\s+(?:music|track|mood))\b"
    r"|\s+in\s+(?:\d+[:x]|vertical|portrait|landscape|square)|\s+(?:please|pls|thanks)\b"
)
_BARE = rf"(?P<bare>[^\s,.;:!?\n\x02\0][^,.;!?\n\x02\0]{{0,80}}?)(?=\s*(?:[,.;!?\n\0]|$)|{_NEXT})"

_CREDITS = (
    r"(?:(?:end|closing|final|ending)[\s-]*(?:credits?|card|titles?|text|caption|words)|(?<!many )(?<!my )\bcredits\b"
    r"|\boutro\b|片尾字幕|片尾文字|片尾|结尾文字|结尾字幕|结束语|结尾)"
)
_TITLE = r"(?:\b(?:opening |main )?(?:titles?|titled|headline|heading)\b|标题|题目|片名|片头)"
_CAPTION = r"(?:\b(?:sub)?captions?\b|\blower[\s-]thirds?\b|字幕|说明文字|文字说明|说明|文字)"
_SAYS = (
    r"\s*(?::|=|saying|says?|that (?:says?|reads)|reading|to say|to read|should (?:be|say|read)|to be|to|is|as|called"
    r"|改成|改为|换成|设为|设成|叫做|叫|写上|写着|写|是|为|用|就叫)\s*"
)
_CALL = (
    r"(?:\b(?:call|(?:re)?name|title) (?:it|this|that|(?:the|my|our) (?:film|video|reel|movie|clip|slideshow))\s+"
    r"(?:to\s+)?|\b(?:called|named|entitled|titled)\s+|(?:叫做|叫作|命名为|取名为?|起名叫?|名为)\s*)"
)
_ADD = (
    r"(?:\b(?:add|put|give|insert|want|include|need|with|set|change|use|show|create|make|turn on)\b"
    r"|加|添加|放|来|写|配|要)"
)

_DATES = table("dates")

_CREDITS_OFF = re.compile(rf"{_REMOVE}{_CREDITS}|{_REMOVE_ZH}{_CREDITS}|{_CREDITS}{_REMOVED_ZH}")
_CREDITS_QUOTED = re.compile(rf"{_CREDITS}[^\x02.;!?\n]{{0,30}}?{QUOTE}")
_CREDITS_ENDS = (
    re.compile(
        r"\b(?:end|finish|close|conclude|ends|ending)\s+(?:it |the (?:film|video|reel) )?(?:with|on|by saying)\s+"
        rf"(?:the (?:words?|text|line) )?{QUOTE}"
    ),
    re.compile(rf"(?:以|用){QUOTE}(?:来)?(?:结尾|结束|收尾|作结)"),
    re.compile(rf"最后(?:写上?|打上|加上|放上?){QUOTE}"),
)
_CREDITS_BARE = re.compile(rf"{_CREDITS}(?:{_SAYS}|\s+with\s+){_BARE}")
_CREDITS_ASKED = re.compile(rf"{_ADD}[^.;!?\x02\n]{{0,25}}?(?P<eat>{_CREDITS})")
_NOBODY = re.compile(r"(?:(?:our|the|my|their|all|everyone's|everybody's)\s*)*names?|(?:我们|大家|所有人)的?名字")

_TITLE_OFF = re.compile(rf"{_REMOVE}{_TITLE}|{_TITLE} off\b|{_REMOVE_ZH}{_TITLE}|{_TITLE}{_REMOVED_ZH}")
_TITLE_QUOTED = re.compile(rf"(?:{_TITLE}[^\x02.;!?\n]{{0,30}}?|{_CALL}|叫){QUOTE}")
_TITLE_NAMED = re.compile(
    rf"{QUOTE}\s*(?:(?:as|for|is|to be) (?:the |an? |its )?title|(?:作为|当作?|做|为)(?:标题|题目|片名))"
)
_TITLE_BARE = re.compile(rf"(?:{_TITLE}{_SAYS}|{_CALL}){_BARE}")
_TITLE_DIRECT = re.compile(
    r"\btitle\s+(?!and\b|or\b|with|at\b|on\b|in\b|card|too\b|please|bigger|larger|smaller|font|colou?r|for\b|from\b|the\b"
    rf"|should|must|screen|slide|text\b|if\b|but\b|more\b){_BARE}"
)
_TITLE_ASKED = re.compile(rf"{_ADD}[^.;!?\x02\n]{{0,25}}?(?P<eat>{_TITLE})")

_EACH_WORD = rf"(?:{_CREDITS}|{_CAPTION}|{_TITLE})"
_SEVERAL_OFF = re.compile(
    rf"(?:{_REMOVE}|{_REMOVE_ZH}){_EACH_WORD}(?:\s*(?:,|and|or|&|和|与|、|跟)\s*(?:the |all |any |my )*{_EACH_WORD})+"
)

_WHERE = rf"(?P<where>{POSITIONS})"
_CAPTION_OFF = re.compile(rf"{_REMOVE}{_CAPTION}|{_CAPTION} off\b|{_REMOVE_ZH}{_CAPTION}|{_CAPTION}{_REMOVED_ZH}")
_CAPTION_AT = re.compile(rf"{_CAPTION}\s*(?:for |on |to |under |of )?(?:the )?{_WHERE}[^\x02.;!?\n]{{0,12}}?{QUOTE}")
_CAPTION_ON = re.compile(rf"{QUOTE}\s*(?:as (?:an? |the )?caption\s*)?(?:on|to|under|for|below)\s+(?:the )?{_WHERE}")
_CAPTION_UNDER = re.compile(
    rf"(?:on|under|for|below|给|在|为)?\s*(?:the )?{_WHERE}\s*(?:照片)?(?:上面|下面|上|下|里)?的?[\s,:]*"
    rf"(?:write|put|say|add|caption|加上|添加|加|写上|写|配上|配)?\s*(?:{_CAPTION}|write|写)[^\x02.;!?\n]{{0,8}}?{QUOTE}"
)
_CAPTION_BARE = re.compile(rf"{_CAPTION}\s*(?:for |on |to |under )?(?:the )?{_WHERE}\s*(?::|as|with|saying)\s*{_BARE}")
_CAPTION_ALL = re.compile(rf"{_CAPTION}[^\x02.;!?\n]{{0,30}}?{QUOTE}")
_CAPTION_NAMES = re.compile(
    rf"{_ADD}[^.;!?\x02\n]{{0,25}}?(?P<eat>{_CAPTION})|{_CAPTION}[^.;!?\n]{{0,20}}(?:names?|文件名)"
    r"|\bcaption (?:each|every|all|the|them)\b"
)


def read(message: Message) -> Iterator[Operation]:
    """All that the message says about words in the picture; credits first, since they are called titles too."""
    yield from _dates(message)
    yield from _all_off(message)
    yield from _credits(message)
    yield from _captions(message)
    yield from _title(message)
    # Quotations that nobody claimed stay hidden: they are content, whatever they say.


def _all_off(message: Message) -> Iterator[Operation]:
    """Several of them taken away by one verb."""
    for match in message.take_all(_SEVERAL_OFF):
        for pattern, operation in (
            (_CREDITS, SetCredits(text=None)),
            (_CAPTION, SetCaption(text=None)),
            (_TITLE, SetTitle(text=None)),
        ):
            if re.search(pattern, match[0]):
                yield operation


def _dates(message: Message) -> Iterator[Operation]:
    if message.take(_DATES["off"]):
        yield from (DateTitle(on=False), DateCaptions(on=False))
        return
    if message.take(_DATES["captions"]):
        yield DateCaptions(on=True)
    if message.take(_DATES["title"]):
        yield DateTitle(on=True)


def _credits(message: Message) -> Iterator[Operation]:
    if message.take(_CREDITS_OFF):
        yield SetCredits(text=None)
    elif match := message.take(_CREDITS_QUOTED) or _ended(message):
        yield SetCredits(text=message.quoted(match))
    elif match := message.take(_CREDITS_BARE):
        words = message.written(match, "bare")
        yield Ask(about="credits") if _NOBODY.fullmatch(words.lower()) else SetCredits(text=words)
    elif message.take(_CREDITS_ASKED):
        yield Ask(about="credits")


def _ended(message: Message) -> re.Match[str] | None:
    return next((match for pattern in _CREDITS_ENDS if (match := message.take(pattern))), None)


def _captions(message: Message) -> Iterator[Operation]:
    if message.take(_CAPTION_OFF):
        yield SetCaption(text=None)
        return
    placed = [*_placed(message)]
    yield from placed
    if match := message.take(_CAPTION_ALL):
        yield SetCaption(text=message.quoted(match))
    elif not placed and message.take(_CAPTION_NAMES):
        yield NameCaptions()


def _placed(message: Message) -> Iterator[Operation]:
    for pattern in (_CAPTION_AT, _CAPTION_ON, _CAPTION_UNDER):
        for match in message.take_all(pattern):
            yield SetCaption(text=message.quoted(match), positions=positions(match["where"]))
    for match in message.take_all(_CAPTION_BARE):
        yield SetCaption(text=message.written(match, "bare"), positions=positions(match["where"]))


def _title(message: Message) -> Iterator[Operation]:
    if message.take(_TITLE_OFF):
        yield SetTitle(text=None)
    elif match := message.take(_TITLE_QUOTED) or message.take(_TITLE_NAMED):
        yield SetTitle(text=message.quoted(match))
    elif match := message.take(_TITLE_BARE) or message.take(_TITLE_DIRECT):
        yield SetTitle(text=message.written(match, "bare"))
    elif message.take(_TITLE_ASKED):
        yield Ask(about="title")
