"""Length and shape of the film."""

import re
from collections.abc import Iterator

from bot.studio.agent.amounts import NUMBER, take_time
from bot.studio.agent.operations import ChangeLength, Operation, Refuse, SetLength, SetPace, SetShape
from bot.studio.agent.recipe import Shape
from bot.studio.agent.text import Message

_PICTURES = r"(?!\s*(?:photos?|pictures?|pics?|images?|shots?|ones|照片|图片))"
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    (
        "portrait",
        re.compile(
            r"(?<!\d)9\s*(?:[:x×/]|by)\s*16(?!\d)|\bvertical(?:ly)?\b|\bportrait\b(?: (?:mode|format|video))?"
            rf"{_PICTURES}|\btik\s?tok\b|\b(?:youtube |yt )?shorts\b|\b(?:instagram|insta|ig|facebook|fb)\s+(?:reels?|stor(?:y|ies))\b"
            r"|(?<!highlight )(?<!photo )(?<!video )\breels\b|\bsnapchat\b|\bfor (?:my )?(?:phone|mobile|stories|a story)\b"
            r"|抖音|竖屏|竖版|竖向|竖着|竖幅|小红书|快手|视频号|手机屏"
        ),
    ),
    (
        "square",
        re.compile(
            r"(?<!\d)1\s*(?:[:x×/]|by)\s*1(?!\d)|\bsquare\b(?: (?:format|video))?"
            rf"{_PICTURES}|\b(?:instagram|insta|ig)\s+(?:post|feed|square)\b|正方形|方形|方图|正方"
        ),
    ),
    (
        "landscape",
        re.compile(
            r"(?<!\d)16\s*(?:[:x×/]|by)\s*9(?!\d)|\blandscape\b(?: (?:mode|format|video))?"
            rf"{_PICTURES}|\bhorizontal(?:ly)?\b|\bwide\s?screen\b|\byou\s?tube\b|\bfor (?:the |my |a )?(?:tv|television)\b"
            r"|横屏|横版|横向|横着|横幅|b站|哔哩哔哩|油管|电视"
        ),
    ),
)
_OTHER_SHAPE = re.compile(
    r"(?<!\d)(?:4\s*[:x×]\s*[35]|3\s*[:x×]\s*[42]|5\s*[:x×]\s*4|2\s*[:x×]\s*[13]|21\s*[:x×]\s*9)(?!\d)"
)

_TRIM = re.compile(
    rf"(?:cut|trim|remove|drop|delete|skip|use|keep|only|去掉|剪掉|删掉|只用|只要|保留)[^.;!?]{{0,20}}?"
    rf"(?:first|last|from|前|最后|后)\s*(?:the\s+)?{NUMBER}[\s-]*(?:s|secs?|seconds?|mins?|minutes?|秒钟?|分钟?)(?![a-z])"
)
_EACH_AFTER = re.compile(
    r"\A\s*(?:long\s*)?(?:per|each|for each|for every|every|a|an?)\s*(?:photo|picture|pic|image|slide|shot|one\b|\Z)|\A\s*each\b|\A\s*(?:一张|每张)"
)
_EACH_BEFORE = re.compile(
    r"(?:\b(?:each|every) (?:photo|picture|pic|image|slide|shot|one)\b|(?:每张|每幅|每一张|每个)(?:照片|图片|图)?)[^.;!?\0]{0,15}\Z"
)
_BY_AFTER = re.compile(r"\A\s*(shorter|longer|less|more)\b")
_BY_BEFORE = re.compile(r"(缩短|减少|短|延长|加长|增加|长|shorten(?: it)?(?: by)|extend(?: it)?(?: by))\s*\Z")

_FACTORS = (
    (
        re.compile(
            r"\bhalf (?:as long|the length|as short|its length)\b|\bcut (?:it|the length) in half\b|(?:时长|长度)?(?:减半|缩短一半)"
        ),
        0.5,
    ),
    (
        re.compile(
            r"\b(?:twice as long|double (?:the length|its length|it)|two times longer)\b|(?:时长|长度)?(?:加倍|延长一倍)|两倍长"
        ),
        2.0,
    ),
    (re.compile(r"\bmuch shorter\b|\ba lot shorter\b|\bway shorter\b|短很多|短得多"), 0.5),
    (re.compile(r"\bmuch longer\b|\ba lot longer\b|\bway longer\b|长很多|长得多"), 2.0),
    (re.compile(r"\bshorter\b|\bshorten\b|\btoo long\b|\btighter\b|短一点|短一些|短点|短些|更短|再短|缩短|太长"), 0.75),
    (
        re.compile(
            r"\blonger\b|\bextend\b|\btoo short\b|\blengthen\b|(?<!时)长一点|长一些|长点|长些|更长|再长|延长|加长|太短"
        ),
        4 / 3,
    ),
)
_QUICK = re.compile(
    r"\bfaster\b|\bquicker\b|\bsnapp(?:y|ier)\b|\bfast[\s-]*(?:paced?|cuts?|cutting)\b|\bspeed (?:it |this |things )?up\b|\bquick(?:er)? cuts\b"
    r"|\btoo slow\b|\bpunch(?:y|ier)\b|\bmore dynamic\b|更快|快一点|快一些|快点|快些|快节奏|节奏快|节奏加快|加快|太慢|紧凑"
)
_SLOW = re.compile(
    r"\bslower\b|\bslow (?:it|this|things) down\b|\bmore slowly\b|\btoo (?:fast|quick|hectic)\b|\bslow[\s-]*paced?\b"
    r"|慢一点|慢一些|慢点|慢些|更慢|放慢|慢节奏|节奏慢|太快"
)


def read_shape(message: Message) -> Iterator[Operation]:
    """The canvas; before lengths are read, since 9:16 looks like a time."""
    if message.take(_OTHER_SHAPE):
        yield Refuse(what="shape")
    found = [shape for shape, pattern in _SHAPES if [*message.take_all(pattern)]]
    if found:
        yield SetShape(shape=found[0])


def read_length(message: Message) -> Iterator[Operation]:
    """How long: absolute, per picture, by a difference or by a factor."""
    if message.take(_TRIM):
        yield Refuse(what="trim")
    while time := take_time(message):
        yield _length(message, *time)
    for pattern, factor in _FACTORS:
        if message.take(pattern):
            yield ChangeLength(factor=factor)
            break


def read_pace(message: Message) -> Iterator[Operation]:
    """Faster and slower: how long each picture stays, and how abruptly it goes."""
    if message.take(_QUICK):
        yield from (SetPace(pace="quick"), ChangeLength(factor=0.75))
    elif message.take(_SLOW):
        yield from (SetPace(pace="normal"), ChangeLength(factor=4 / 3))


def _length(message: Message, ms: int, start: int, end: int) -> Operation:
    before, after = message.folded[:start], message.folded[end:]
    if match := _BY_AFTER.search(after):
        message.blank(end, end + match.end())
        return ChangeLength(by_ms=-ms if match[1] in {"shorter", "less"} else ms)
    if match := _BY_BEFORE.search(before):
        message.blank(match.start(), start)
        return ChangeLength(by_ms=-ms if match[1][0] in "缩减短s" else ms)
    return SetLength(ms=ms, each=bool(_EACH_AFTER.search(after) or _EACH_BEFORE.search(before)))
