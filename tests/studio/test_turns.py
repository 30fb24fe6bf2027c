"""Whose render is next: a table of queues, and what no order of arrivals may break."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.jobs.turns import Turns, Waiting, fits_beside, in_turn


def queue(line):
    """Renders in order of submission, as "a10 b2": session and seconds."""
    return [Waiting(number=n, session=word[0], cost=float(word[1:])) for n, word in enumerate(line.split())]


def told(jobs):
    return " ".join(f"{one.session}{one.cost:g}" for one in jobs)


@pytest.mark.parametrize(
    ("line", "due", "order"),
    [
        ("a1 a1 a1", {}, "a1 a1 a1"),
        ("a10 a10 a10 a10 b2 b2", {}, "a10 b2 b2 a10 a10 a10"),
        ("a4 a4 b4 b4 c4 c4", {}, "a4 b4 c4 a4 b4 c4"),
        ("a1 a1 a1 a1 b3 b3", {}, "a1 b3 a1 a1 a1 b3"),
        ("a5 b5", {"a": 20.0}, "b5 a5"),
        ("a5 b5", {"a": 3.0}, "a5 b5"),
        ("a5 b5 b5 b5 b5", {"a": 20.0}, "b5 b5 a5 b5 b5"),
    ],
)
def test_sessions_take_turns_by_what_their_films_cost(line, due, order):
    assert told(in_turn(queue(line), due, 10.0)) == order


def test_who_was_away_has_saved_nothing_up():
    turns = Turns()
    for job in queue("a30 b30 a30 b30 a30"):
        turns.take(job)
    late = queue("a30 c10 c10 c10 c10 c10 c10 c10 c10 b30")
    order = told(turns.order(late))
    assert order.startswith("c10"), "a newcomer is served at once"
    assert order.index("b30") < order.rindex("c10"), "but not for as long as the others had been"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 40)), max_size=25))
def test_everything_has_its_turn_and_a_session_keeps_its_order(films):
    jobs = [Waiting(number=n, session=session, cost=cost) for n, (session, cost) in enumerate(films)]
    turns, done = Turns(), []
    while jobs:
        chosen = turns.order(jobs)[0]
        turns.take(chosen)
        jobs.remove(chosen)
        done.append(chosen)
    for session in "abcd":
        own = [one.number for one in done if one.session == session]
        assert own == sorted(own)
    # While two sessions wait, neither gets ahead of the other by more than one film of each.
    for first, second in ("ab", "cd"):
        largest = max((one.cost for one in done), default=0)
        ends = min(max((i for i, one in enumerate(done) if one.session == s), default=0) for s in (first, second))
        had = dict.fromkeys((first, second), 0)
        for one in done[:ends]:
            if one.session in had:
                had[one.session] += one.cost
                assert abs(had[first] - had[second]) <= 2 * largest


@pytest.mark.parametrize(
    ("cost", "left", "fits"), [(5, [], True), (5, [10], True), (5, [9], False), (1, [60, 3], True), (1, [60, 1], False)]
)
def test_only_a_much_shorter_film_is_begun_beside_another(cost, left, fits):
    assert fits_beside(cost, left) is fits
