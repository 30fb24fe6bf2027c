"""Places in a recording and lengths of time inside a phrase, in English and Chinese words."""

import re

from bot.studio.agent.amounts import NUMBER, number

_UNITS = (
    (r"hours?|hrs?|h|个?小时", 3_600_000),
    (r"minutes?|mins?|m|分钟|分", 60_000),
    (r"seconds?|secs?|s|秒钟|秒", 1000),
)
_ANY_UNIT = "|".join(names for names, _ in _UNITS)
_FIXED = (
    (re.compile(r"\b(?:an?|one) hour and a half\b|\bone and a half hours\b|一个半小时"), 5_400_000),
    (re.compile(r"\b(?:an?|one) minute and a half\b|\bone and a half minutes\b|一分半钟?"), 90_000),
    (re.compile(r"\b(?:a )?quarter of an hour\b|一刻钟"), 900_000),
    (re.compile(r"\bhalf an hour\b|\bhalf[\s-]hour\b|半个?小时"), 1_800_000),
    (re.compile(r"\bhalf a minute\b|半分钟"), 30_000),
    (re.compile(r"\bhalf a second\b|半秒钟?"), 500),
    (re.compile(r"\b(?:a )?couple of seconds\b|几秒钟?"), 2000),
    (re.compile(r"\b(?:a )?couple of minutes\b"), 120_000),
    (re.compile(r"\b(?:an?|another) hour\b"), 3_600_000),
    (re.compile(r"\b(?:an?|another) minute\b"), 60_000),
    (re.compile(r"\b(?:an?|another) second\b"), 1000),
)
_ONE = rf"(?<![a-z0-9.:])(?:{NUMBER})(?:\s+more)?[\s-]*(?:{_ANY_UNIT})(?![a-z])"
_VALUE = re.compile(rf"({NUMBER})(?:\s+more)?[\s-]*(?:{'|'.join(f'({names})' for names, _ in _UNITS)})(?![a-z])")

DURATION = rf"(?:{'|'.join(row.pattern for row, _ in _FIXED)}|{_ONE}(?:\s*(?:and\s+)?{_ONE})?)"
_CLOCK = r"(?<![\d:])(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?![\d:])"
_MINUTE = (
    rf"(?:第?{NUMBER}\s*(?:分钟|分)(?:{NUMBER}秒)?|minutes?\s+{NUMBER}|(?:the\s+)?\d+(?:st|nd|rd|th) minute|"
    rf"{NUMBER}\s*(?:minutes?|mins?)(?![a-z]))"
)
CLOCK = _CLOCK
INSTANT = rf"(?:{_CLOCK}|{_MINUTE})"


def duration(text: str) -> int:
    """The length in ms that a match of DURATION says."""
    for pattern, ms in _FIXED:
        if pattern.search(text):
            return ms
    total = 0.0
    for match in _VALUE.finditer(text):
        total += number(match[1]) * next(ms for group, (_, ms) in enumerate(_UNITS, 2) if match[group])
    return round(total)


def instant(text: str) -> int:
    """The place in ms that a match of INSTANT says."""
    if match := re.search(_CLOCK, text):
        parts = [int(part) for part in match[0].split(":")]
        hours, minutes, seconds = [0, *parts][-3:]
        return (hours * 3600 + minutes * 60 + seconds) * 1000
    numbers = [number(word) for word in re.findall(NUMBER, re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", text))]
    whole, rest = [*numbers, 0, 0][:2]
    return round(whole * 60_000 + rest * 1000)


def clock(ms: int) -> str:
    """A place in a recording as players show it, to the second: `12:04`, `1:02:03`."""
    seconds = round(ms / 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
