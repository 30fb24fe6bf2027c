"""Until when: a day, perhaps with a time, as people write it in English and Chinese."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

END_OF_DAY = time(23, 59)
HORIZON = timedelta(days=366)
"""A date that lies further ahead was not meant."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_CHINESE_DAYS = "一二三四五六日"
_CLOCK = re.compile(r"(?<!\d)(?:at\s+)?(\d{1,2})(?::(\d{2})|[点點时時](半)?)\s*(am|pm)?|(?<!\d)(\d{1,2})\s*(am|pm)\b")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)")
_CHINESE_DATE = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号號]?")
_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?\.?" for name in _MONTHS)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})(?!\w)")
_MONTH_DAY = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)")
_WEEKDAY = re.compile("|".join(rf"\b{name[:3]}(?:{name[3:]})?\b" for name in _WEEKDAYS))
_CHINESE_WEEKDAY = re.compile(r"(下)?(?:个|個)?(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])")
_RELATIVE = (
    (re.compile(r"\btoday\b|\btonight\b|今天|今晚"), 0),
    (re.compile(r"\bday after tomorrow\b|后天|後天"), 2),
    (re.compile(r"\btomorrow\b|明天|明晚"), 1),
)


def moment(words: str, now: datetime) -> datetime | None:
    """The moment that the words mean, seen from `now` and in its zone; None when they mean none or one that is past.

    A day without a time lasts until its end; a weekday is the next one, today included.
    """
    text = words.lower()
    day, rest = _day(text, now)
    clock = _clock(rest)
    if day is None and clock is None:
        return None
    found = datetime.combine((day or now).date(), clock or END_OF_DAY, tzinfo=now.tzinfo)
    if day is None and found <= now:
        found += timedelta(days=1)
    return found if now < found <= now + HORIZON else None


def _day(text: str, now: datetime) -> tuple[datetime | None, str]:
    """The day, and the words without it."""
    if match := _ISO.search(text):
        return _dated(now, int(match[2]), int(match[3]), year=int(match[1])), _without(text, match)
    if match := _CHINESE_DATE.search(text):
        return _dated(now, int(match[1]), int(match[2])), _without(text, match)
    if match := _DAY_MONTH.search(text):
        return _dated(now, _month(match[2]), int(match[1])), _without(text, match)
    if match := _MONTH_DAY.search(text):
        return _dated(now, _month(match[1]), int(match[2])), _without(text, match)
    if match := _CHINESE_WEEKDAY.search(text):
        number = _CHINESE_DAYS.index("日" if match[2] == "天" else match[2])
        ahead = 7 - now.weekday() + number if match[1] else (number - now.weekday()) % 7
        return now + timedelta(days=ahead), _without(text, match)
    if match := _WEEKDAY.search(text):
        number = next(index for index, name in enumerate(_WEEKDAYS) if name.startswith(match[0][:3]))
        return now + timedelta(days=(number - now.weekday()) % 7), _without(text, match)
    for pattern, days in _RELATIVE:
        if match := pattern.search(text):
            return now + timedelta(days=days), _without(text, match)
    return None, text


def _dated(now: datetime, month: int, day: int, *, year: int = 0) -> datetime | None:
    """A date; without a year the next one of that name."""
    try:
        found = now.replace(year=year or now.year, month=month, day=day)
        return found if year or found >= now else found.replace(year=now.year + 1)
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word[:3]))


def _clock(text: str) -> time | None:
    match = _CLOCK.search(text)
    if match is None:
        return None
    hour, half = int(match[1] or match[5]), match[4] or match[6]
    minute = 30 if match[3] else int(match[2] or 0)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (half == "pm")
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
