"""What is chosen from recordings whose events are known, however they were stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.planted import AV1, MPEG4, TUNING, VP9, X265, Planted, plant
from bot.studio.media.formats import Seen
from bot.studio.media.prober import look_here
from bot.studio.recording.choose import choose
from bot.studio.recording.measure import measure
from bot.studio.recording.model import Moment, Recording, Wish
from tests.studio.counterpart import studio, texts
from tests.studio.film.speaking import RATE, speech

SECONDS = 64
STORED: dict[str, dict[str, Any]] = {
    "quiet.mp4": {"gain": -12.0, "group": 0.5},
    "loud.mkv": {"gain": 12.0, "group": 10.0},
    "hevc.mp4": {"codec": X265, "group": 5.0},
    "large.avi": {"codec": MPEG4, "size": (320, 180)},
    "vp9.webm": {"codec": VP9, "group": 3.0},
    "av1.mp4": {"codec": AV1, "group": 4.0},
}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return plant(tmp_path_factory.mktemp("planted") / "usual.mp4", TUNING, 1, seconds=SECONDS, events=2)


def reel(path: Path) -> tuple[Moment, ...]:
    return choose({"": measure(path)}, Wish(length=16_000, most=2))


def shared(one: tuple[Moment, ...], other: tuple[Moment, ...]) -> float:
    """How much of the one is in the other."""
    pairs = ((min(a.stop, b.stop) - max(a.start, b.start)) for a in one for b in other)
    return sum(max(0, both) for both in pairs) / sum(moment.stop - moment.start for moment in one)


def test_what_was_planted_is_found(usual: Planted) -> None:
    moments = reel(usual.path)
    for start, stop in usual.events:
        middle = 500 * (start + stop)
        assert any(moment.start <= middle < moment.stop for moment in moments)


@pytest.mark.parametrize("name", STORED)
def test_the_same_moments_however_it_is_stored(name: str, usual: Planted, tmp_path: Path) -> None:
    other = plant(tmp_path / name, TUNING, 1, seconds=SECONDS, events=2, **STORED[name])
    assert shared(reel(usual.path), reel(other.path)) >= 0.8


def test_the_prober_tells_a_recording_from_a_clip(usual: Planted, tmp_path: Path) -> None:
    seen = look_here(usual.path, 30.0)
    assert isinstance(seen, Seen)
    assert isinstance(seen.recording, Recording)
    assert seen.recording == measure(usual.path)
    assert seen.duration_ms == pytest.approx(SECONDS * 1000, abs=100)


async def test_a_recording_over_http_becomes_a_reel_of_its_moments(usual: Planted, tmp_path: Path) -> None:
    async with studio(tmp_path) as client:
        assert (await client.upload(("match.mp4", usual.path.read_bytes()))).json()["code"] == 0
        texts(await client.say("pull the best moments into a 16 second reel, at most 2 clips"))
        state = await client.state()
    (analysis,) = state["video_analyses"].values()
    assert {"signals", "keys", "pauses"}.isdisjoint(analysis)
    assert analysis["broken"] == []
    shots = state["draft"]["t"][0]["sg"]
    assert sum(shot["d"] for shot in shots) == pytest.approx(16_000, rel=0.02)
    for start, stop in usual.events:
        middle = 500 * (start + stop)
        assert any(shot["m"]["in"] <= middle < shot["m"]["in"] + shot["d"] for shot in shots)


def silence(seconds: float, _: np.random.Generator) -> np.ndarray:
    return np.zeros(int(seconds * RATE))


def test_nobody_is_cut_off_who_really_speaks(tmp_path: Path) -> None:
    sound = speech(SECONDS, seed=5)[0]
    only_talk = replace(TUNING, crowds=(silence,), distractors=(silence,), ambience=(lambda *_: sound * 50.0,))
    made = plant(tmp_path / "talk.mp4", only_talk, 1, seconds=SECONDS, events=1)
    level = np.abs(sound).reshape(-1, 480).max(axis=1)
    said = np.convolve(level > 0.1 * level.max(), np.ones(11), "same") > 0
    recording = measure(made.path)
    assert len(recording.pauses) > 10
    for words in (True, False):
        moments = choose({"": recording}, Wish(length=20_000, words=words))
        edges = [edge for moment in moments for edge in (moment.start, moment.stop) if 0 < edge < recording.duration]
        assert len(edges) > 3
        assert [edge for edge in edges if said[min(edge // 10, said.size - 1)]] == []
        assert abs(sum(moment.stop - moment.start for moment in moments) - 20_000) <= 400
