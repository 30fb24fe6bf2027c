"""Until when: every way of writing a day and a time of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.event.dates import END_OF_DAY, moment

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # a Friday
WEEK = ["fri", "sat", "sun", "mon", "tue", "wed", "thu"]
CHINESE_WEEK = ["周五", "星期六", "礼拜天", "週一", "周二", "禮拜三", "星期四"]
NEXT_WEEK = ["下周一", "下周二", "下周三", "下周四", "下个星期五", "下周六", "下周日"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov"]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        *[(name, ahead) for ahead, name in enumerate(WEEK)],
        *[(name, ahead) for ahead, name in enumerate(CHINESE_WEEK)],
        *[(name, ahead) for ahead, name in enumerate(NEXT_WEEK, 3)],
        ("today", 0), ("tonight", 0), ("今晚", 0), ("明晚", 1), ("后天", 2), ("後天", 2), ("the day after tomorrow", 2),
    ],
)  # fmt: skip
def test_days_from_a_friday_on(words, days):
    found = moment(words, NOW)
    assert found == datetime.combine(NOW.date() + timedelta(days=days), END_OF_DAY, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("24 nov", (11, 24)), ("nov. 24", (11, 24)), ("24th of november", (11, 24)), ("december 1st", (12, 1)),
        ("2nd dec", (12, 2)), ("3rd dec", (12, 3)), ("31 dec", (12, 31)),
        ("2026.12.3", (12, 3)), ("2026/12/4", (12, 4)),
        ("12月5号", (12, 5)), ("12月6號", (12, 6)),
    ],
)  # fmt: skip
def test_dates_of_this_year(words, when):
    assert moment(words, NOW) == datetime(2026, *when, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(("words", "month"), [(name, month) for month, name in enumerate(MONTHS, 1)])
def test_a_date_that_is_past_is_next_years(words, month):
    assert moment(f"{words} 2", NOW) == datetime(2027, month, 2, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("at 18", None, None), ("14:00", 21, (14, 0)), ("14:01", 20, (14, 1)), ("3pm", 20, (15, 0)),
        ("12 pm", 21, (12, 0)),
        ("1:30 pm", 21, (13, 30)), ("11:30 pm", 20, (23, 30)), ("12:10 am", 21, (0, 10)), ("13 pm", 21, (13, 0)),
        ("15点半", 20, (15, 30)), ("9點", 21, (9, 0)), ("20时", 20, (20, 0)), ("23:59", 20, (23, 59)),
        ("0:00", 21, (0, 0)),
        ("24:00", None, None), ("25:30", None, None), ("10:60", None, None), ("10:75", None, None),
    ],
)  # fmt: skip
def test_times_of_a_day(words, day, clock):
    assert moment(words, NOW) == (day and datetime(2026, 11, day, *clock, tzinfo=UTC))
