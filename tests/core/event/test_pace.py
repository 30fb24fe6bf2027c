from hypothesis import given
from hypothesis import strategies as st

from bot.core.event.pace import MINUTE, Pace


def test_a_member_and_a_chat_have_their_minute():
    pace = Pace(member=2, chat=3)
    asked = [("a", 0), ("a", 1), ("a", 2), ("b", 3), ("c", 4), ("c", 61), ("a", 61), ("a", 62)]
    let = [pace.lets(now, member=who, chat="1") for who, now in asked]
    assert let == [True, True, False, True, False, True, True, False]
    assert pace.lets(62, member="d", chat="2")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=60))
def test_never_more_than_the_limit_within_a_minute(asked):
    pace, let, now = Pace(member=2, chat=4), [], 0.0
    for who, after in asked:
        now += after
        if pace.lets(now, member=who, chat="1"):
            let.append((who, now))
    for who, at in let:
        within = [other for other, when in let if at - MINUTE < when <= at]
        assert len(within) <= 4
        assert within.count(who) <= 2
