"""Numbers, lengths of time and positions in English and Chinese words."""

import re

from bot.studio.agent.text import Message

_ENGLISH = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "forty-five": 45,
    "forty five": 45,
    "sixty": 60,
    "ninety": 90,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_CHINESE = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WORDS = "|".join(sorted((word for word in _ENGLISH if word.isascii()), key=len, reverse=True))

# Bounded, so that a message of nothing but digits is read in bounded time.
NUMBER = rf"(?:\d{{1,9}}(?:\.\d{{1,6}})?|(?:{_WORDS})\b|[零一二两三四五六七八九十百]{{1,8}})"


def number(word: str) -> float:
    """The value of a match of NUMBER."""
    word = word.strip()
    if word in _ENGLISH:
        return _ENGLISH[word]
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return min(float(word), 1e6)
    return _chinese(word)


def _chinese(word: str) -> int:
    total = digit = 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _CHINESE[char]
    return total + digit


_SECOND = r"(?:s|secs?|seconds?|秒钟|秒)(?![a-z])"
_MINUTE = r"(?:m|mins?|minutes?|分钟|分)(?![a-z])"
_GAP = r"[\s-]*"
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])")
_RANGE = re.compile(rf"(?<![a-z0-9.])\d+(?:\.\d+)?\s*(?:-|–|to|到|~)\s*(?=\d+(?:\.\d+)?{_GAP}(?:{_SECOND}|{_MINUTE}))")
_SPECIAL = (
    (re.compile(r"\bhalf an? minute\b|半分钟|半分鐘"), 30_000),
    (re.compile(r"\ba couple of minutes\b"), 120_000),
    (re.compile(r"\b(?:a|one) minute and a half\b|\bone and a half minutes\b|一分半钟?"), 90_000),
    (re.compile(r"\ba[\s-]minute\b"), 60_000),
)
_MINUTES = re.compile(
    rf"(?<![a-z0-9.])({NUMBER}){_GAP}{_MINUTE}(?:{_GAP}(?:and)?{_GAP}({NUMBER}){_GAP}{_SECOND}"
    r"|\s([1-5]\d)(?![\d:.%]|\s*(?:photos?|pictures?|clips?|moments?)))?"
)
_SECONDS = re.compile(rf"(?<![a-z0-9.])({NUMBER}){_GAP}{_SECOND}")


def take_time(message: Message) -> tuple[int, int, int] | None:
    """The first length of time as (ms, start, end); of a range the longer end. What it says is blanked."""
    message.take(_RANGE)
    for pattern, ms in _SPECIAL:
        if match := message.take(pattern):
            return ms, *match.span()
    if match := message.take(_CLOCK):
        return (int(match[1]) * 60 + int(match[2])) * 1000, *match.span()
    if match := message.take(_MINUTES):
        seconds = match[2] or match[3]
        return round(number(match[1]) * 60_000 + (number(seconds) if seconds else 0) * 1000), *match.span()
    if match := message.take(_SECONDS):
        return round(number(match[1]) * 1000), *match.span()
    return None


_THINGS = (
    r"(?:photos?|pictures?|pics?|images?|clips?|shots?|slides?|videos?|moments?|scenes?|segments?|highlights?|ones?"
    r"|张照片|张图片|张图|张|个视频|个片段|个镜头|个瞬间|个画面|段视频|段片段|段录像|个|段|幅)"
)
_LABEL = (
    r"(?:photos?|pictures?|pics?|images?|clips?|shots?|slides?|videos?|moments?|scenes?|segments?"
    r"|numbers?|no\.|nr\.|#|第)"
)
_ORDINAL = r"(?:\d+(?:st|nd|rd|th)\b|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b)"
_SEPARATOR = r"(?:\s*(?:,\s*and|,|and|&|\+|和|与|跟)\s*(?:第)?)"
_SPAN = r"(?:\s*(?:-|–|to|through|until|到|至|~)\s*(?:第)?)"
_LIST = rf"{NUMBER}(?:(?:{_SEPARATOR}|{_SPAN})#?{NUMBER})*"

_TIME = rf"\s*(?:{_SECOND}|{_MINUTE}|%)"
_EDGE = re.compile(rf"(?:the\s+)?(first|last|final|前|最后|后)\s*({NUMBER})(?!{_TIME})(?:\s*{_THINGS})?")
_LAST = re.compile(
    rf"(?:the\s+)?(?:very\s+)?(?:last|final)\s+{_THINGS}|最后一?{_THINGS}"
    r"|\bthe\s+(?:very\s+)?last\b(?!\s+(?:\d|half|third|quarter|part|time|version|second|minute|hour))"
)
_NTH = re.compile(
    rf"(?:the\s+)?({_ORDINAL}(?:{_SEPARATOR}(?:the\s+)?{_ORDINAL})*)\s*(?:{_THINGS})?(?!\s*(?:half|part|minute))"
)
_NUMBERED = re.compile(rf"(?:{_LABEL}\s*){{1,3}}({_LIST})\s*{_THINGS}?")
# A bare number before a noun is a count ("use 3 photos"), not a place.
_BARE = re.compile(rf"(?=\d)({_LIST})(?![\d.]|\s*{_THINGS}|{_TIME})")

POSITIONS = rf"(?:{_EDGE.pattern}|{_LAST.pattern}|{_NUMBERED.pattern}|{_NTH.pattern}|{_BARE.pattern})".replace(
    "(?P<", "(?:"
)


POSITION_LIST = rf"{POSITIONS}(?:\s*(?:,\s*and|,|and|&|和|与|跟)\s*(?:{POSITIONS}))*"
_ONE_PHRASE = re.compile("(?:" + re.sub(r"(?<!\\)\((?!\?)", "(?:", POSITIONS) + ")")


def all_positions(text: str) -> tuple[int, ...]:
    """Where a list of such phrases points."""
    pieces = re.findall(_ONE_PHRASE, text)
    return tuple(dict.fromkeys(place for piece in pieces for place in positions(piece)))


def positions(text: str) -> tuple[int, ...]:
    """Where a phrase such as `photos 3, 7 and 9`, `the last two clips` or `第2到4张` points; () when nowhere."""
    if match := _EDGE.search(text):
        count = min(int(number(match[2])), 400)
        front = match[1] in {"first", "前"}
        return tuple(range(1, count + 1)) if front else tuple(range(-count, 0))
    if _LAST.search(text):
        return (-1,)
    if match := _NTH.match(text.strip()):
        words = re.findall(_ORDINAL, match[1])
        return tuple(int(number(re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", word))) for word in words)
    match = _NUMBERED.search(text) or _BARE.search(text)
    return _listed(match[1]) if match else ()


def _listed(text: str) -> tuple[int, ...]:
    found: list[int] = []
    for piece in re.split(_SEPARATOR, text):
        ends = [int(number(word)) for word in re.findall(NUMBER, piece)]
        if len(ends) == 2 and ends[0] <= ends[1]:
            found.extend(range(ends[0], min(ends[1], ends[0] + 400) + 1))
        else:
            found.extend(ends)
    return tuple(place for place in dict.fromkeys(found) if place > 0)
