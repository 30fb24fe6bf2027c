from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.event.clocks import TOLERANCE, in_order, moments
from tests.core.event.making import START, share


def test_by_the_camera_else_by_the_message():
    shares = [share(1, taken=-30), share(2, "Bo", minutes=-10), share(3, "Cy", taken=-60)]
    assert in_order(shares) == [3, 1, 2]
    assert moments(shares)[2] == START - timedelta(minutes=10)


def test_a_clock_that_is_ahead_is_set_back_as_a_block():
    shares = [
        share(1, "Ana", taken=65, minutes=10),  # both an hour ahead
        share(2, "Ana", taken=50, minutes=12),
        share(3, "Bo", taken=0, minutes=12),
    ]
    when = moments(shares)
    assert when[1] == START + timedelta(minutes=5)
    assert when[1] - when[2] == timedelta(minutes=15)
    assert when[3] == START


def test_a_clock_that_was_never_set_ends_with_what_was_sent_first():
    year = 365 * 24 * 60
    shares = [
        share(1, "Ana", taken=-year, minutes=20),
        share(2, "Ana", taken=-year + 7, minutes=30),
        share(3, "Bo", taken=-5, minutes=1),
        share(4, "Bo", taken=-4, minutes=2),
    ]
    when = moments(shares)
    assert when[2] == START + timedelta(minutes=20)
    assert when[2] - when[1] == timedelta(minutes=7)


def test_old_pictures_of_everybody_stay_where_they_are():
    shares = [share(1, "Ana", taken=-60 * 24 * 400), share(2, "Bo")]
    assert in_order(shares) == [1, 2]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(-10_000, 10_000)), min_size=1, max_size=12))
def test_nothing_was_taken_after_it_was_sent_and_blocks_stay_blocks(rows):
    shares = [share(number, person, taken=taken) for number, (person, taken) in enumerate(rows)]
    when = moments(shares)
    for one in shares:
        assert when[one.id] <= one.sent + TOLERANCE
        same = next(other for other in shares if other.person == one.person)
        assert when[one.id] - when[same.id] == one.look.taken - same.look.taken
