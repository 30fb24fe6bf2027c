"""What is to become of single pictures: earlier, later, longer, shorter, so many seconds, another one instead."""

import re
from collections.abc import Iterator

from bot.studio.agent.amounts import NUMBER, POSITIONS, number, positions
from bot.studio.agent.clip_operations import More, Replace, Retime, Trim
from bot.studio.agent.durations import DURATION, duration
from bot.studio.agent.operations import Operation, Swap
from bot.studio.agent.text import Message

_IT = r"(?:\bit\b|\b(?:this|that) (?:one|clip|moment|photo)\b|它|这一?[段个张]|那一?[段个张])"


def _one(name: str) -> str:
    return rf"(?:the\s+)?(?P<{name}>{_IT}|{POSITIONS})"


def _named(name: str) -> str:
    """Positions without a bare "it", by which people mean the film."""
    return (
        rf"(?:the\s+)?(?P<{name}>\b(?:this|that) (?:one|clip|moment|photo)\b|这一?[段个张]|那一?[段个张]|{POSITIONS})"
    )


def _time(name: str) -> str:
    return rf"(?:by |for |about |another )?(?P<{name}>{DURATION})"


_FRONT = r"(?:start|beginning|front|head|top)"
_BACK = r"(?:end|back|tail|finish)"
_FRONT_ZH, _BACK_ZH = r"(?:的)?(?:前面|开头|前头|之前|前|开始)", r"(?:的)?(?:后面|结尾|末尾|尾巴|之后|最后|后|尾)"
_MORE_ZH, _LESS_ZH = (
    r"(?:再|都)?(?:多留|多|加上?|增加|延长|补|留)",
    r"(?:再|都)?(?:剪掉|去掉|减掉?|少|砍掉|裁掉|删掉|剪)",
)
_CUT = r"(?:cut|trim|take|shave|chop|remove|drop|clip)"

_BEGINS = rf"(?:\b(?:start|begin) {_one('p')}|{_one('q')} (?:should |to )?(?:starts?|begins?))"
_ENDS = rf"(?:\b(?:end|stop) {_one('p')}|{_one('q')} (?:should |to )?(?:ends?|stops?))"

_TRIMS: tuple[tuple[re.Pattern[str], int, int], ...] = tuple(
    (re.compile(pattern), start, end)
    for pattern, start, end in (
        (rf"\badd {_time('d')} (?:more )?(?:before|in front of|(?:to|at) the {_FRONT} of) {_one('p')}", -1, 0),
        (rf"\badd {_time('d')} (?:more )?(?:after|behind|(?:to|at) the {_BACK} of) {_one('p')}", 0, 1),
        (rf"\bgive {_one('p')} {_time('d')} (?:more )?(?:before|(?:at|in) (?:the |its )?{_FRONT})", -1, 0),
        (rf"\bgive {_one('p')} {_time('d')} (?:more )?(?:after|(?:at|in) (?:the |its )?{_BACK})", 0, 1),
        (rf"\b{_CUT} {_time('d')} (?:off|from|of)?\s*(?:the )?{_FRONT} (?:of|from) {_one('p')}", 1, 0),
        (rf"\b{_CUT} {_time('d')} (?:off|from|of)?\s*(?:the )?{_BACK} (?:of|from) {_one('p')}", 0, -1),
        (rf"\b{_CUT} (?:the )?first {_time('d')} (?:of|from|off) {_one('p')}", 1, 0),
        (rf"\b{_CUT} (?:the )?last {_time('d')} (?:of|from|off) {_one('p')}", 0, -1),
        (
            rf"{_BEGINS} {_time('d')} later",
            1,
            0,
        ),
        (
            rf"{_BEGINS} {_time('d')} (?:earlier|sooner|before)",
            -1,
            0,
        ),
        (rf"{_ENDS} {_time('d')} later", 0, 1),
        (
            rf"{_ENDS} {_time('d')} (?:earlier|sooner|before)",
            0,
            -1,
        ),
        (rf"(?:在|给|把)?{_one('p')}{_FRONT_ZH}{_MORE_ZH}{_time('d')}", -1, 0),
        (rf"(?:在|给|把)?{_one('p')}{_BACK_ZH}{_MORE_ZH}{_time('d')}", 0, 1),
        (rf"(?:在|给|把)?{_one('p')}{_FRONT_ZH}{_LESS_ZH}{_time('d')}", 1, 0),
        (rf"(?:在|给|把)?{_one('p')}{_BACK_ZH}{_LESS_ZH}{_time('d')}", 0, -1),
        (rf"(?:让|把)?(?:{_one('p')})?(?:晚|推迟|迟){_time('d')}(?:再)?开始", 1, 0),
        (rf"(?:让|把)?(?:{_one('p')})?(?:早|提前|提早){_time('d')}开始", -1, 0),
        (rf"(?:让|把)?(?:{_one('p')})?(?:晚|推迟|迟){_time('d')}(?:再)?结束", 0, 1),
        (rf"(?:让|把)?(?:{_one('p')})?(?:早|提前|提早){_time('d')}结束", 0, -1),
    )
)
_BE = r"(?:make|let|keep|hold|show|leave|have|give|set|display|stretch|extend|shorten|lengthen)"
_BY = re.compile(
    rf"(?:\b{_BE} {_named('p')}(?: run| last| stay| be| play)?|{_named('q')}(?: should be| to be)?)"
    rf" {_time('d')} (?P<way>longer|shorter|more|less)"
    rf"|\b(?P<verb>extend|lengthen|shorten) {_named('r')} {_time('e')}"
    rf"|(?:把|让|给)?{_named('s')}(?:再|要)?(?P<zh>长|短|延长|加长|缩短|多|少){_time('f')}"
)
_FACTOR = re.compile(
    rf"(?:\b{_BE} {_named('p')}(?: be| last| stay)?|{_named('q')}(?: (?:should|to|can|could) (?:be|last|stay))?)"
    r" (?P<much>a bit |a little |slightly |much |a lot |way )?(?P<way>longer|shorter)"
    rf"|\b{_BE} {_named('t')} (?P<twice>twice|half) as (?:long|short)"
    rf"|{_named('u')} (?:is|looks|feels) (?:much |a bit |a little |way )?too (?P<too>long|short)"
    rf"|{_named('v')}(?:有点|有些)?太(?P<too_zh>长|短)了?"
    r"|\b(?P<verb>extend|lengthen|shorten) (?:the )?" + _named("r") + r"|"
    rf"(?:把|让|给)?{_named('s')}(?:再|要|可以|停留|放|多停留|显示)?"
    r"(?P<zh>长一点|长一些|长点|长些|更长|久一点|久一些|延长|加长|短一点|短一些|短点|短些|更短|缩短)"
)
_FOR = re.compile(
    rf"\b{_BE} {_named('p')} (?:for|to|at|be|last|stay(?: for)?) {_time('d')}"
    rf"|{_named('q')}(?: should (?:be|last|stay)(?: for)?| for| to| at|:)? {_time('e')}"
    r"(?! (?:longer|shorter|more|less|later|earlier))(?: long)?"
    rf"|(?:把|让|给)?{_named('s')}(?:只?停?留|停|显示|放|保持|改成|改为|设为|设成|用|要|持续|为|(?:缩短|延长|加长|剪|减|缩|加)(?:到|至|成))?"
    rf"{_time('f')}"
)
_INSTEAD = re.compile(
    rf"\b(?:replace|swap out|swap|exchange|change|switch|substitute) {_named('p')} (?:with|for|to|by) "
    r"(?:another|something|some other|a different|a new|other|a better|one more)\b[^,.;!?\n\0]{0,12}"
    rf"|\b(?:another|a different|some other)(?: one| moment| clip)? (?:instead of|in place of|for) {_named('q')}"
    rf"|(?:换掉|替换掉?|更换|换一[个段])\s*{_named('t')}"
    r"|\b(?:replace|swap out|exchange) (?:it|that)(?: please)?(?=\s*(?:with (?:another|something)|[,.;!?\n\0]|$))"
    r"|(?<=[,;.])\s*(?:给我)?换一?[个段](?=\s*(?:吧|[,.;!?\n\0]|$))"
    rf"|\breplace {_named('r')}(?=\s*(?:please)?\s*(?:[,.;!?\n\0]|$))"
    rf"|(?:把|将)?{_named('s')}(?:给我)?换成?(?:另|别的?|其他的?)?(?:一)?(?:个|段|张|别的|其他的?|掉|一下)"
    r"(?!位置|顺序)(?:片段)?"
)
_EXCHANGE = re.compile(
    rf"(?:把|将)?(?P<a>{POSITIONS})\s*(?:和|跟|与|同|、)\s*(?P<b>{POSITIONS})(?:的)?(?:位置|顺序)?(?:互相)?"
    r"(?:换(?:个|一下|下)?(?:位置|顺序)?|对调|互换|交换|调换|调个?(?:位置|顺序))"
    rf"|(?:the )?(?P<c>{POSITIONS}) and (?:the )?(?P<d>{POSITIONS}) (?:should |to |can |must )?"
    r"(?:swap|switch|change|trade|exchange)(?: places?| positions?)?(?![a-z])"
)
_ANOTHER = re.compile(
    rf"\b(?:add|include|use|take|show|want|with|give me)\s+(?:me )?(?:another|(?P<count>{NUMBER}) "
    r"(?:more|other|further)|(?P<some>some more|more|a few more)) (?:moments?|clips?|scenes?|bits?|parts?|highlights?)"
    rf"|(?:再|多)(?:加|来|选|要)(?P<zh>{NUMBER}|几)(?:段|个)(?:片段|精彩|镜头)?"
)
_MORE = re.compile(r"\bmore\b|\banother\b")
_A_BIT = 2000
_A_BIT_EARLIER = re.compile(
    rf"(?:make |let )?{_one('p')} (?:should )?(?P<edge>start|begin|end|stop)s? "
    r"(?:a (?:bit|little) |slightly |somewhat )?(?P<way>earlier|sooner|later)"
    rf"|(?:让|把)?{_one('s')}(?P<zh>早|晚)(?:一点|一些|点|些)(?P<edge_zh>开始|结束)"
)
_LATER, _STARTS = {"later", "晚"}, {"start", "begin", "开始"}
_MUCH = {"a bit ": 1.25, "a little ": 1.25, "slightly ": 1.25, "much ": 2.0, "a lot ": 2.0, "way ": 2.0}
_LONGER = 1.5
_LESS = ("half", "short", "短", "更短", "缩")
_SHORTER = {"shorter", "less", "shorten", "短", "缩短", "少"}


def read_trims(message: Message) -> Iterator[Operation]:
    """Where single clips begin and end; before the places in recordings, which look alike."""
    for pattern, start, end in _TRIMS:
        for match in message.take_all(pattern):
            ms = duration(match["d"])
            yield Trim(positions=_places(match), start_by=start * ms, end_by=end * ms)


def read(message: Message) -> Iterator[Operation]:
    """All else about the time of single pictures; before lengths, drops and swaps, which look alike."""
    for match in message.take_all(_EXCHANGE):
        first, second = positions(match["a"] or match["c"]), positions(match["b"] or match["d"])
        if first and second:
            yield Swap(first=first[0], second=second[0])
    for match in message.take_all(_INSTEAD):
        yield Replace(positions=_places(match))
    for match in message.take_all(_A_BIT_EARLIER):
        ms = _A_BIT if (match["way"] or match["zh"]) in _LATER else -_A_BIT
        start = (match["edge"] or match["edge_zh"]) in _STARTS
        yield Trim(positions=_places(match), start_by=ms if start else 0, end_by=0 if start else ms)
    for match in message.take_all(_ANOTHER):
        count = match["count"] or match["zh"]
        yield More(count=3 if match["some"] or count == "几" else int(number(count)) if count else 1)
    for match in message.take_all(_BY):
        sign = -1 if (match["way"] or match["verb"] or match["zh"]) in _SHORTER else 1
        yield Retime(positions=_places(match), by_ms=sign * duration(match["d"] or match["e"] or match["f"]))
    for match in message.take_all(_FOR):
        said = match["d"] or match["e"] or match["f"]
        more = _MORE.search(said)
        yield Retime(positions=_places(match), ms=None if more else duration(said), by_ms=duration(said) if more else 0)
    for match in message.take_all(_FACTOR):
        factor = 2.0 if match["twice"] else _MUCH.get(match["much"] or "", _LONGER)
        too = match["too"] or match["too_zh"]
        said = match["twice"] or match["way"] or match["verb"] or match["zh"] or ""
        shorter = too in {"long", "长"} if too else said.startswith(_LESS)
        yield Retime(positions=_places(match), factor=1 / factor if shorter else factor)


def _places(match: re.Match[str]) -> tuple[int, ...]:
    """Where the match points; 0, which is what was spoken of last, for "it" and for nothing."""
    groups = match.groupdict()
    text = next((groups[name] for name in "pqrstuv" if groups.get(name)), "")
    return positions(text) or (0,)
