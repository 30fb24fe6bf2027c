"""Which moments are chosen: what always holds, and what wishes do."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.recording.choose import choose
from bot.studio.recording.model import STEP, Moment, Recording, Signals, Stretch, Wish
from bot.studio.recording.stored import from_json, to_json
from bot.studio.runs.known import media_of
from bot.studio.store.assets import Asset


def recording(
    seconds: int, events: tuple[int, ...] = (), *, key: int = 2000, speech: int = 0, seed: int = 1
) -> Recording:
    """A match: noise as a rule, a crowd at each of `events` (seconds), a key every `key` ms, `speech` in 100 spoken."""
    rng = random.Random(seed)
    steps = seconds * 1000 // STEP
    loud = [64 + rng.randrange(-12, 12) for _ in range(steps)]
    crowd = [rng.randrange(25) for _ in range(steps)]
    for event in events:
        at = event * 1000 // STEP
        loud[at : at + 8], crowd[at : at + 8] = [210] * 8, [200] * 8
    said: list[int] = []
    while len(said) < steps:
        said += [255] * rng.randrange(1, 8) + [0] * rng.randrange(1, 4) if rng.randrange(100) < speech else [0] * 6
    signals = Signals(
        loud=tuple(loud[:steps]), crowd=tuple(crowd[:steps]), motion=(64,) * steps, speech=tuple(said[:steps])
    )
    return Recording(duration=seconds * 1000, signals=signals, keys=tuple(range(0, seconds * 1000, key)))


def total(moments: tuple[Moment, ...]) -> int:
    return sum(moment.stop - moment.start for moment in moments)


def stretches(longest: int) -> st.SearchStrategy[Stretch]:
    pairs = st.tuples(st.integers(0, longest), st.integers(500, longest))
    return pairs.map(lambda pair: Stretch(start=pair[0], stop=pair[0] + pair[1]))


@settings(max_examples=40, deadline=None)
@given(
    films=st.lists(st.tuples(st.integers(61, 900), st.integers(0, 100), st.sampled_from((500, 2000, 10_000)))
    , min_size=1, max_size=3),
    length=st.integers(4_000, 240_000),
    most=st.none() | st.integers(1, 12),
    must=st.lists(stretches(20_000), max_size=2),
    never=st.lists(stretches(60_000), max_size=2),
    words=st.booleans(),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_what_always_holds(
    films: list[tuple[int, int, int]],
    length: int,
    most: int | None,
    must: list[Stretch],
    never: list[Stretch],
    words: bool,
    seed: int,
) -> None:
    recordings = {
        f"r{number}": recording(seconds, (seconds // 3,), speech=speech, key=key, seed=seed + number)
        for number, (seconds, speech, key) in enumerate(films)
    }
    wish = Wish(length=length, most=most, must=tuple(must), never=tuple(never), words=words)
    moments = choose(recordings, wish)
    assert moments == choose(recordings, wish)
    for moment in moments:
        assert 0 <= moment.start < moment.stop <= recordings[moment.asset].duration
        assert 0 <= moment.score <= 1
        assert not any(moment.start < one.stop and one.start < moment.stop for one in never)
    by_place = sorted(moments, key=lambda moment: (moment.asset, moment.start))
    assert list(moments) == by_place
    for before, after in pairwise(by_place):
        assert before.asset != after.asset or before.stop <= after.start
    shown = {(moment.asset, at) for moment in moments for at in range(moment.start, moment.stop, 100)}
    for one in must:
        for asset, film in recordings.items():
            for at in range(one.start, min(one.stop, film.duration), 1000):
                left_out = any(no.start <= at < no.stop for no in never)
                assert left_out or any(m.asset == asset and m.start <= at < m.stop for m in moments)
    if not must and most is None and not never and not words and length < sum(f.duration for f in recordings.values()):
        assert abs(total(moments) - length) <= 0.02 * length
    if most is not None and not must:
        assert len(moments) <= most
    assert len(shown) > 0 or length < 500 or bool(never)


def test_the_windows_hold_what_led_to_the_noise() -> None:
    film = recording(1200, (200, 500, 501, 900))
    moments = choose({"a": film}, Wish(length=30_000, most=3))
    for event in (200, 500, 900):
        (moment,) = (one for one in moments if one.start <= event * 1000 < one.stop)
        assert 4_000 - 1_200 <= event * 1000 - moment.start <= 6_000 + 1_200
        assert moment.why in {"loud", "crowd"}


def test_a_recording_survives_the_disk_and_reaches_the_agent() -> None:
    film = replace(
        recording(75, (20,), speech=30),
        broken=((1000, 2500),),
        pauses=((5, 70),),
        blank=((3, 9),),
        looks=((7, "0f"),),
        track=1,
    )
    measures = json.loads(json.dumps(to_json(film)))
    assert from_json(measures) == film
    clip = Asset(
        id="a", session_id="s", position=0, filename="match.mp4", kind="video", width=64, height=48, duration_ms=75_000,
        fps=10.0, taken_at=None, size=1, sha256="", measures=measures,
    )  # fmt: skip
    assert media_of(clip).recording == film
    assert media_of(replace(clip, measures=None)).recording is None
    assert len(json.dumps(to_json(recording(7200)))) < 120_000


def test_a_recording_without_sound_or_index_is_spread_evenly() -> None:
    moments = choose({"a": Recording(duration=600_000, signals=Signals())}, Wish(length=60_000))
    assert {moment.why for moment in moments} == {"spread"}
    assert abs(total(moments) - 60_000) <= 1_200
    gaps = [after.start - before.stop for before, after in pairwise(moments)]
    assert min(gaps) > 10_000
    assert moments[0].start < 150_000
    assert moments[-1].stop > 450_000


def test_edges_lie_where_copying_can_begin() -> None:
    film = recording(900, (100, 300, 500, 700))
    moments = choose({"a": film}, Wish(length=60_000), overlap=400)
    keys = set(film.keys)
    assert moments[0].start + 300 in keys, "behind the rise from black"
    assert all(moment.start + 200 in keys for moment in moments[1:])
    assert all(moment.stop - 200 in keys for moment in moments[:-1])


def test_wishes() -> None:
    film = recording(1200, (100, 300, 500, 700, 900, 1100))
    first_half = choose({"a": film}, Wish(length=40_000, within=(Stretch(start=0, stop=600_000),)))
    assert max(moment.stop for moment in first_half) <= 600_000
    few = choose({"a": film}, Wish(length=120_000, most=4))
    assert len(few) <= 4
    many = choose({"a": film}, Wish(length=40_000, fewest=14))
    assert len(many) >= 14
    must = choose({"a": film}, Wish(length=60_000, must=(Stretch(start=750_000, stop=790_000),)))
    (asked,) = (moment for moment in must if moment.why == "asked")
    assert asked.start <= 750_000 < 790_000 <= asked.stop
    assert abs(total(must) - 60_000) <= 1_200
    by_strength = choose({"a": film}, Wish(length=60_000, in_order=False))
    assert list(by_strength) == sorted(by_strength, key=lambda moment: -moment.score)


def test_quiet_moments_lie_away_from_the_noise() -> None:
    film = recording(600, tuple(range(0, 300, 10)))
    moments = choose({"a": film}, Wish(length=30_000, taste="quiet"))
    assert {moment.why for moment in moments} == {"quiet"}
    assert min(moment.start for moment in moments) >= 290_000


def test_every_recording_gives_one() -> None:
    films = {"loud": recording(600, tuple(range(30, 600, 40))), "dull": recording(300), "short": recording(61)}
    moments = choose(films, Wish(length=60_000))
    assert {moment.asset for moment in moments} == set(films)
    assert [moment.asset for moment in moments] == sorted((m.asset for m in moments), key=list(films).index)
    of = {asset: total(tuple(one for one in moments if one.asset == asset)) for asset in films}
    assert of["loud"] > of["dull"]


def test_nobody_is_cut_off() -> None:
    talk = recording(900, (100, 300, 500), speech=100)
    for words in (True, False):
        for length in (20_000, 60_000, 120_000):
            moments = choose({"a": talk}, Wish(length=length, words=words))
            edges = {edge for moment in moments for edge in (moment.start, moment.stop)} - {0, talk.duration}
            assert all(talk.signals.speech[edge // STEP] < 128 for edge in edges)
            assert abs(total(moments) - length) <= 0.02 * length


def test_where_nothing_is_heard_what_moves_decides() -> None:
    film = recording(600)
    motion = [64] * 1200
    for at in (200, 600, 1000):
        motion[at : at + 14] = [150] * 14
    for loud in (film.signals.loud, ()):
        seen = replace(film, signals=replace(film.signals, loud=loud, crowd=(), motion=tuple(motion)))
        moments = choose({"": seen}, Wish(length=24_000, most=3))
        assert [moment.why for moment in moments] == ["motion"] * 3
        assert all(any(one.start <= at * STEP < one.stop for one in moments) for at in (201, 601, 1001))


def test_of_what_looks_alike_one_is_enough() -> None:
    film = recording(1200, (300, 600, 900), seed=3)
    for alone in (300, 600, 900):
        looks = tuple((at * 1000, "0" * 16 if at == alone else "f" * 16) for at in (300, 600, 900))
        moments = choose({"": replace(film, looks=looks)}, Wish(length=16_000, most=2))
        assert any(moment.start <= alone * 1000 < moment.stop for moment in moments)


def test_somebody_who_only_speaks_up_is_no_event() -> None:
    film = recording(900, (450,))
    loud, speech = list(film.signals.loud), [0] * 1800
    for at in range(60, 900, 60):
        if at != 450:
            loud[2 * at : 2 * at + 8], speech[2 * at : 2 * at + 8] = [255] * 8, [255] * 8
    signals = replace(film.signals, loud=tuple(loud), speech=tuple(speech))
    (strongest, *others) = choose({"": replace(film, signals=signals)}, Wish(length=30_000, in_order=False))
    assert strongest.start <= 450_000 < strongest.stop
    assert all(other.score < 0.6 * strongest.score for other in others)
