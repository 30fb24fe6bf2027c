"""What a render is expected to take: learned from its like, corrected on the way."""

from dataclasses import replace

import numpy as np
import pytest

from bot.studio.jobs.estimate import Timed, Work, from_json, left, seconds, to_json, work_of
from tests.studio.film.making import draft, photo

FILM = Work(frames=900, pixels=2.0736, photos=10, megapixels=120.0, clips=0.0, again=False)


def machine(work, *, slow=1.0, start=1.2, copies=0.3):
    """What a film takes on a machine that is not the one of the rule of thumb."""
    drawn = work.frames * work.pixels * 0.004 + work.megapixels * 0.015 + work.clips * 0.4
    return slow * (start + drawn * (copies if work.again else 1.0))


def films(count, seed=1):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        frames, photos = int(rng.integers(120, 3000)), int(rng.integers(2, 40))
        clips = float(rng.choice([0.0, 0.0, frames / 60]))
        yield Work(
            frames=frames,
            pixels=float(rng.choice([0.5184, 1.1664, 2.0736])),
            photos=photos,
            megapixels=photos * float(rng.uniform(1, 24)),
            clips=clips,
            again=bool(rng.integers(2)),
        )


@pytest.mark.parametrize("slow", [0.5, 1.0, 6.0])
def test_a_machine_is_learned_from_a_few_films(slow):
    noise = np.random.default_rng(5)
    history = [Timed(work=one, seconds=machine(one, slow=slow) * noise.uniform(0.93, 1.08)) for one in films(40)]
    off = [abs(seconds(one, history) / machine(one, slow=slow) - 1) for one in films(60, seed=9)]
    assert np.median(off) < 0.25
    assert max(off) < 1.0
    blind = [abs(seconds(one, []) / machine(one, slow=slow) - 1) for one in films(60, seed=9)]
    assert np.median(off) < np.median(blind)


def test_one_film_that_hung_changes_nothing_much():
    usual = [Timed(work=FILM, seconds=14.0)] * 8
    assert seconds(FILM, [*usual, Timed(work=FILM, seconds=900.0)]) == pytest.approx(14.0)


def test_without_a_history_there_is_a_rule_of_thumb():
    assert 8 < seconds(FILM, []) < 30
    assert seconds(replace(FILM, frames=1800), []) > 1.6 * seconds(FILM, [])


@pytest.mark.parametrize(
    ("elapsed", "share", "expected"),
    [
        (0, 0, 20),
        (10, 0.5, 10),
        (10, 0.25, 0.75 * 10 + 0.25 * 30),
        (10, 1.0, 0),
        (30, 0.1, 0.9 * -10 + 0.1 * 270),
        (60, 0, 0),
    ],
)
def test_the_film_s_own_pace_counts_ever_more(elapsed, share, expected):
    assert left(20, elapsed, share) == pytest.approx(expected)


def test_what_a_draft_asks_for():
    clip = {"d": 4000, "m": {"asset": "c", "kind": "video"}}
    film = draft([photo("a", 2000), photo("b", 1000), clip], size=(1920, 1080))
    work = work_of(film, {"a": (4000, 3000), "b": (2000, 1000), "c": (1920, 1080)}, again=True)
    assert work == Work(frames=210, pixels=2.0736, photos=2, megapixels=14.0, clips=4.0, again=True)
    assert from_json(to_json(work)) == work
    assert work_of({"t": 7}, {}, again=False) is None
    assert work_of(draft([photo("gone", 2000)]), {}, again=False).megapixels == 0
