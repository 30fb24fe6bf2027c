"""The clips' own sound: kept, with the music lowered beneath it, or dropped; at the right place and without a click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.studio.film.model import parse
from bot.studio.film.music.loudness import integrated, true_peak
from bot.studio.film.music.play import compose
from bot.studio.film.soundtrack import soundtrack
from bot.studio.film.speech import is_speech
from bot.studio.film.stretch import stretched
from tests.studio.film.making import draft, photo
from tests.studio.film.speaking import RATE, sounding_clip, speech
from tests.studio.film.tracks import track


def shot(ms: int, **meta: Any) -> dict[str, Any]:
    return {"d": ms, "m": {"asset": "c", "kind": "video", "transition": "cut", **meta}}


def made(segments: list[dict[str, Any]], path: Path, **music: Any) -> np.ndarray:
    return soundtrack(parse(draft(segments, **music)), {"c": path})


def share(sound: np.ndarray, start: float, end: float, low: float, high: float) -> float:
    """Root mean square between two moments and two frequencies."""
    part = sound.mean(axis=0)[int(start * RATE) : int(end * RATE)]
    spectrum = np.abs(np.fft.rfft(part)) / part.size
    bins = np.fft.rfftfreq(part.size, 1 / RATE)
    return float(np.sqrt((spectrum[(bins >= low) & (bins < high)] ** 2).sum()))


@pytest.mark.parametrize("seed", range(4))
def test_speech_is_told_from_other_sounds(seed: int) -> None:
    spoken = speech(5.0, seed, pitch=(110, 140, 190, 230)[seed])
    assert is_speech(spoken)
    noise = np.random.default_rng(seed).standard_normal(spoken.shape).astype(np.float32)
    assert is_speech(spoken + 0.25 * spoken.std() * noise), "in the open air too"


def test_what_is_no_speech() -> None:
    at = np.arange(5 * RATE) / RATE
    rng = np.random.default_rng(3)
    engine = sum(np.sin(2 * np.pi * 80 * n * at + n) / n for n in range(1, 12))
    clapping = np.zeros(at.size)
    for start in rng.integers(0, at.size - 2400, 300):
        clapping[start : start + 2400] += rng.standard_normal(2400) * np.exp(-np.arange(2400) / 400)
    mono = {
        "silence": 0 * at,
        "tone": np.sin(2 * np.pi * 440 * at),
        "engine": engine,
        "waves": rng.standard_normal(at.size) * (0.3 + 0.7 * np.abs(np.sin(at))),
        "clapping": clapping,
        "clicks": track("clicks", 100, 5.0)[0],
        "kit": track("floor", 120, 5.0)[0],
    }
    heard = {name for name, sound in mono.items() if is_speech(np.stack([sound, sound]).astype(np.float32) * 0.2)}
    assert heard == set()
    assert not is_speech(compose("calm", 1, 6.0, None))


def test_the_music_gives_way_to_speech_and_comes_back(tmp_path: Path) -> None:
    silent = np.zeros((2, 3 * RATE), np.float32)
    path = sounding_clip(tmp_path / "c.mp4", np.concatenate([silent, speech(4.0), silent], axis=1))
    alone = made([shot(10_000, sound="drop")], path, mood="drive")
    together = made([shot(10_000)], path, mood="drive")
    assert integrated(together) == pytest.approx(-14, abs=1)
    assert true_peak(together) <= -1.0
    # The hats are above all that is spoken, so they tell what becomes of the music.
    before, beneath, after = (
        share(together, *span, 8000, 14_000) / share(alone, *span, 8000, 14_000)
        for span in ((1, 2.6), (3.6, 6.6), (8, 9))
    )
    assert beneath < 0.35 * before
    assert after == pytest.approx(before, rel=0.1)
    said = share(together, 3.5, 6.5, 300, 3000)
    assert said > 1.5 * share(alone, 3.5, 6.5, 300, 3000) * before * 0.25, "what is said is heard"
    gain = np.abs(np.diff(together)).max() / np.abs(np.diff(alone)).max()
    assert gain < 2


def test_kept_sound_lies_under_the_music(tmp_path: Path) -> None:
    at = np.arange(6 * RATE) / RATE
    path = sounding_clip(tmp_path / "c.mp4", 0.1 * np.stack([np.sin(2 * np.pi * 1500 * at)] * 2))
    kept, default, dropped = (
        made([shot(6000, **meta)], path, mood="calm") for meta in ({"sound": "keep"}, {}, {"sound": "drop"})
    )
    assert np.array_equal(default, dropped), "a tone is no speech"
    tone = share(kept, 1, 5, 1490, 1510)
    assert tone > 3 * share(dropped, 1, 5, 1490, 1510)
    assert tone < 0.6 * share(kept, 1, 5, 40, 12_000)
    alone = made([shot(6000, sound="keep")], path)
    assert share(alone, 1, 5, 1490, 1510) > 0.95 * share(alone, 1, 5, 40, 12_000)
    assert integrated(alone) == pytest.approx(-14, abs=1)


@pytest.mark.parametrize("begin", [0, 700, 2900])
def test_it_is_heard_when_it_is_seen(tmp_path: Path, begin: int) -> None:
    sound = np.zeros((2, 6 * RATE), np.float32)
    for second in range(6):
        sound[:, second * RATE + 12_000 : second * RATE + 12_300] = 0.8 * np.sin(np.arange(300) * 0.3)
    path = sounding_clip(tmp_path / "c.mp4", sound)
    heard = made(
        [photo("c", 1000) | {"m": shot(1000, sound="drop")["m"]}, shot(3000, **{"in": begin, "sound": "keep"})], path
    )
    strokes = np.flatnonzero(np.abs(heard[0]) > 0.3 * np.abs(heard).max())
    first = strokes[0] / RATE - 1.0
    expected = (0.25 - begin / 1000) % 1.0
    assert min(abs(first - expected), abs(first - expected - 1)) < 0.02


def test_no_clicks_at_the_edges(tmp_path: Path) -> None:
    at = np.arange(4 * RATE) / RATE
    path = sounding_clip(tmp_path / "c.mp4", 0.4 * np.stack([np.sin(2 * np.pi * 200 * at)] * 2))
    segments = [
        shot(700, sound="keep"),
        shot(900, **{"in": 333, "sound": "duck"}),
        shot(800, sound="drop"),
        shot(600, **{"in": 1111, "sound": "keep"}),
    ]
    heard = made(segments, path)
    assert np.abs(np.diff(heard)).max() < 1.2 * 2 * np.pi * 200 / RATE * np.abs(heard).max()


def test_slowed_clips_keep_their_pitch(tmp_path: Path) -> None:
    at = np.arange(2 * RATE) / RATE
    path = sounding_clip(tmp_path / "c.mp4", 0.4 * np.stack([np.sin(2 * np.pi * 300 * at)] * 2))
    heard = made([shot(3000, sound="keep")], path)
    assert share(heard, 0.5, 2.3, 285, 315) > 0.9 * share(heard, 0.5, 2.3, 20, 20_000)
    tone = np.stack([np.sin(2 * np.pi * 220 * at)] * 2).astype(np.float32)
    longer = stretched(tone, 3 * RATE)
    assert longer.shape == (2, 3 * RATE)
    middle = longer[:, RATE // 2 : -RATE // 2]
    assert np.abs(middle).max() < 1.1
    assert np.sqrt((middle**2).mean()) == pytest.approx(np.sqrt(0.5), rel=0.1), "windows add up"


def test_a_clip_without_sound_or_with_broken_sound_is_silent(tmp_path: Path) -> None:
    path = sounding_clip(tmp_path / "c.mp4", speech(3.0))
    whole = path.read_bytes()
    cut = tmp_path / "cut.mp4"
    at = whole.index(b"mdat") + 8
    cut.write_bytes(whole[:at] + bytes(len(whole) - at - 4000) + whole[-4000:])
    assert np.abs(made([shot(2000, sound="duck")], cut)).max() < 1e-3
    quiet = sounding_clip(tmp_path / "quiet.mp4", np.zeros((2, 3 * RATE), np.float32))
    assert np.abs(made([shot(2000, sound="keep")], quiet)).max() < 1e-3


@pytest.mark.parametrize("transition", ["cut", "crossfade"])
def test_sounds_that_follow_each_other_leave_no_gap(tmp_path: Path, transition: str) -> None:
    noise = np.random.default_rng(5).standard_normal((2, 12 * RATE)).astype(np.float32) * 0.1
    path = sounding_clip(tmp_path / "c.mp4", noise)
    both = [shot(3000, sound="keep", transition="cut", **{"in": at}) for at in (500, 7000)]
    both[1]["m"] |= {"transition": transition, "td": 400}
    sound = made(both, path)
    windows = sound[:, RATE : 5 * RATE].mean(axis=0).reshape(-1, RATE // 50)
    levels = 10 * np.log10(np.mean(windows**2, axis=1))
    assert np.abs(levels - np.median(levels)).max() < 2.5
