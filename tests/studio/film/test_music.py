"""The music: as loud as it should be, without clicks, on the grid that cuts are planned on."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.film import plan_slots
from bot.studio.film.music.form import last_beat, sections
from bot.studio.film.music.loudness import integrated, master, true_peak
from bot.studio.film.music.moods import MOODS, beats
from bot.studio.film.music.play import compose
from bot.studio.film.music.tone import Partial, ringing

RATE = 48_000


def test_the_meter_agrees_with_the_standard() -> None:
    """A 997 Hz sine at 0 dBFS on one side reads -3.01 LUFS; EBU's -23 dBFS stereo tone reads -23."""
    at = np.arange(20 * RATE) / RATE
    sine = np.sin(2 * np.pi * 997 * at).astype(np.float32)
    assert integrated(np.stack([sine, 0 * sine])) == pytest.approx(-3.01, abs=0.05)
    tone = (10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * at)).astype(np.float32)
    assert integrated(np.stack([tone, tone])) == pytest.approx(-23.0, abs=0.1)
    half_silent = np.concatenate([np.stack([tone, tone]), np.zeros((2, 20 * RATE), np.float32)], axis=1)
    assert integrated(half_silent) == pytest.approx(-23.0, abs=0.1), "silence is gated out"
    assert integrated(np.zeros((2, RATE), np.float32)) == -70


def test_true_peak_sees_between_the_samples() -> None:
    at = np.arange(RATE)
    hidden = np.sin(2 * np.pi * at / 4 + np.pi / 4).astype(np.float32)
    assert np.abs(hidden).max() < 0.71
    assert true_peak(np.stack([hidden, hidden])) == pytest.approx(0, abs=0.2)


@pytest.mark.parametrize("mood", MOODS)
def test_a_piece(mood: str) -> None:
    slots = plan_slots(8, 24_000, mood)
    cuts = [*accumulate(slots)][:-1]
    sound = compose(mood, 7, 24.0, cuts[-1] / 1000)
    assert sound.shape == (2, 24 * RATE)
    master(sound)
    assert integrated(sound) == pytest.approx(-14, abs=0.3)
    assert true_peak(sound) <= -1.5
    assert np.abs(np.diff(sound)).max() < 0.35, "no clicks: the bound that docs/studio.md states"
    assert abs(np.corrcoef(sound)[0, 1]) < 0.95, "stereo"
    assert abs(sound.mean()) < 0.002

    levels = np.sqrt((sound.reshape(2, 24, -1) ** 2).mean(axis=(0, 2)))
    assert levels[:2].mean() < levels[8:16].mean(), "it builds"
    assert levels.min() > 0.01, "it never stops before the end"
    last = cuts[-1] * RATE // 1000
    before, after = (np.sqrt((sound[:, last + a : last + b] ** 2).mean()) for a, b in ((-9600, -1200), (0, 14_400)))
    assert after > before, "its last chord lands on the last cut"


@pytest.mark.parametrize("mood", MOODS)
def test_the_attacks_lie_on_the_beats(mood: str) -> None:
    sound = compose(mood, 3, 30.0, None).mean(axis=0)
    hop = 480
    spectra = np.log1p(1000 / hop * np.abs(np.fft.rfft(sound[: sound.size // hop * hop].reshape(-1, hop), axis=1)))
    rise = np.clip(np.diff(spectra, axis=0), 0, None).sum(axis=1)
    beat = beats(mood) / 1000 * RATE / hop
    at = np.arange(rise.size)
    ratios = []
    for share in (1, 0.5, 0.25):
        strength = [abs((rise * np.exp(-2j * np.pi * at / (beat * share * s))).sum()) for s in (1, 0.93, 1.07)]
        ratios.append(strength[0] / max(strength[1:]))
    assert max(ratios) > 2.5, "the beat or a part of it is in the attacks, no other tempo is"


def test_partials_ring_as_their_formula_says() -> None:
    partials = [
        Partial(frequency=440.3, loud=0.8, rate=3.0, phase=1.2),
        Partial(frequency=7919.7, loud=0.1, rate=9.0),
        Partial(frequency=55.0, phase=-0.4),
    ]
    at = np.arange(100_001) / RATE
    wanted = sum(
        one.loud * np.exp(-one.rate * at) * np.sin(2 * np.pi * one.frequency * at + one.phase) for one in partials
    )
    assert np.abs(ringing(at.size, partials) - wanted).max() < 1e-5
    assert ringing(5, []).tolist() == [0] * 5


def test_the_same_seed_is_the_same_piece() -> None:
    first, again = (compose("calm", 1, 8.0, None) for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.parametrize("mood", MOODS)
def test_other_seeds_are_heard(mood: str) -> None:
    """What is heard as the tune, twelve tones over time, differs more between seeds than it has in common."""
    tunes = [_tones(compose(mood, seed, 20.0, None)) for seed in (1, 2)]
    alike = [abs(np.corrcoef(np.roll(tunes[0], shift, axis=0).ravel(), tunes[1].ravel())[0, 1]) for shift in range(12)]
    assert max(alike) < 0.85, "also when one is only the other in another key"


def _tones(sound: np.ndarray) -> np.ndarray:
    """How strong each of the twelve tones is in every half second; each moment's mean is taken away."""
    spectra = np.abs(np.fft.rfft(sound.mean(axis=0)[: 40 * 24_000].reshape(40, -1) * np.hanning(24_000), axis=1))
    bins = np.fft.rfftfreq(24_000, 1 / RATE)
    heard = np.flatnonzero((bins > 110) & (bins < 1800))
    tones = np.zeros((12, 40))
    np.add.at(tones, np.round(12 * np.log2(bins[heard] / 440)).astype(int) % 12, np.log1p(spectra[:, heard]).T)
    return tones - tones.mean(axis=0)


@settings(max_examples=200, deadline=None)
@given(count=st.integers(1, 60), total=st.integers(2000, 120_000), mood=st.sampled_from([*MOODS, None]))
def test_slots_sum_exactly_and_lie_on_beats(count: int, total: int, mood: str | None) -> None:
    slots = plan_slots(count, total, mood)
    assert len(slots) == count
    assert sum(slots) == total
    assert min(slots) > 0
    if mood is None:
        assert max(slots) - min(slots) <= 1
    elif total / count >= 1.75 * beats(mood):
        for cut in list(accumulate(slots))[:-1]:
            assert abs(cut / beats(mood) - round(cut / beats(mood))) * beats(mood) < 1


def test_too_many_slots_are_refused() -> None:
    for count, total in ((0, 1000), (100, 1000)):
        with pytest.raises(ValueError, match="slots"):
            plan_slots(count, total, "warm")


@given(last=st.integers(0, 400))
def test_forms_fill_every_beat(last: int) -> None:
    parts = sections(last)
    assert parts[-1].part == "final"
    assert parts[-1].beat == last
    beat = 0
    for part in parts[:-1]:
        assert part.beat == beat
        beat += part.beats
    assert beat == last


def test_the_last_chord_has_time_to_ring() -> None:
    assert last_beat(30.0, 0.5, 27.0) == 54
    assert last_beat(30.0, 0.5, 29.8) == 52
    assert last_beat(30.0, 0.5, None) == 52
    assert last_beat(0.3, 0.5, None) == 0
