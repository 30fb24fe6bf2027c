from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.event.dates import HORIZON, moment
from bot.core.event.orders import Ask, Order, join_code, read

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("Sunday", "2026-11-22 23:59"),
        ("friday", "2026-11-20 23:59"),
        ("Sunday 18:00", "2026-11-22 18:00"),
        ("tomorrow at 6pm", "2026-11-21 18:00"),
        ("the day after tomorrow", "2026-11-22 23:59"),
        ("24 Nov", "2026-11-24 23:59"),
        ("November 24th, 9:30", "2026-11-24 09:30"),
        ("1st of March", "2027-03-01 23:59"),
        ("2026-12-01 12:15", "2026-12-01 12:15"),
        ("22:00", "2026-11-20 22:00"),
        ("9:00", "2026-11-21 09:00"),
        ("12am", "2026-11-21 00:00"),
        ("周日", "2026-11-22 23:59"),
        ("下周一", "2026-11-23 23:59"),
        ("星期天晚上22点半", "2026-11-22 22:30"),
        ("11月24日", "2026-11-24 23:59"),
        ("2026年12月1日", "2026-12-01 23:59"),
        ("明天20点", "2026-11-21 20:00"),
    ],
)
def test_dates_as_people_write_them(words, when):
    assert moment(words, NOW) == datetime.fromisoformat(when).replace(tzinfo=UTC)


@pytest.mark.parametrize("words", ["", "the cake is cut", "2020-01-01", "31 Feb", "2999-01-01", "99:99"])
def test_what_is_no_date_or_is_past(words):
    assert moment(words, NOW) is None


@given(st.text())
def test_any_text_is_a_moment_ahead_or_none(words):
    found = moment(words, NOW)
    assert found is None or NOW < found <= NOW + HORIZON


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ('start "Ana & Bo" until Sunday', Order(ask=Ask.START, title="Ana & Bo", until=moment("Sunday", NOW))),
        ("start Ana & Bo until Sunday", Order(ask=Ask.START, title="Ana & Bo", until=moment("Sunday", NOW))),
        ("start “Until dawn”", Order(ask=Ask.START, title="Until dawn")),
        ("start Waiting until the end", Order(ask=Ask.START, title="Waiting until the end")),
        ("Start", Order(ask=Ask.START)),
        ("开始《小安和小波》到周日", Order(ask=Ask.START, title="小安和小波", until=moment("周日", NOW))),
        ("开始 小安的生日 直到11月24日为止", Order(ask=Ask.START, title="小安的生日", until=moment("11月24日", NOW))),
        ("close", Order(ask=Ask.CLOSE)),
        ("names", Order(ask=Ask.NAMES)),
        ("names off", Order(ask=Ask.NO_NAMES)),
        ("署名 关", Order(ask=Ask.NO_NAMES)),
        ("allow spend admins", Order(ask=Ask.RULES, words="allow spend admins")),
        ("结束", Order(ask=Ask.CLOSE)),
        ("go", Order(ask=Ask.GO)),
        ("join ab-12 cd", Order(ask=Ask.JOIN, code="AB12CD")),
        ("", Order(ask=Ask.HOW)),
        ("dance", Order(ask=Ask.HOW)),
    ],
)
def test_orders(text, order):
    assert read("event", text, NOW) == order


def test_commands_of_their_own():
    assert read("optout", "whatever", NOW) == Order(ask=Ask.OPT_OUT)
    assert read("join", " k7m2 ", NOW) == Order(ask=Ask.JOIN, code="K7M2")
    assert (join_code("join_k7m2"), join_code("help"), join_code("join me")) == ("K7M2", "", "")


@given(st.text())
def test_any_words_behind_the_command_are_read(text):
    order = read("event", text, NOW)
    assert len(order.title) <= 60
