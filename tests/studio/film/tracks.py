"""Tracks with known beats, made by other means than the renderer's own music."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE = 44_100
STYLES = ("clicks", "floor", "piano", "noisy", "band")


def track(style: str, bpm: float, seconds: float, seed: int = 1, *, lead: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    """Sound `(samples,)` and the times of its beats in seconds. Nothing sounds before `lead` seconds."""
    rng = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * RATE), np.float32)
    beats = np.arange(lead, seconds - 0.3, 60 / bpm)
    _PLAYERS[style](sound, beats, 60 / bpm, rng)
    return sound / max(1e-6, np.abs(sound).max()) * 0.8, beats


def saved(path: Path, sound: np.ndarray, codec: str = "pcm_s16le") -> Path:
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        for start in range(0, sound.size, 1152):
            block = np.ascontiguousarray(sound[None, start : start + 1152])
            if codec == "pcm_s16le":
                frame = av.AudioFrame.from_ndarray((block * 32767).astype(np.int16), format="s16", layout="mono")
            else:
                frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _hit(sound: np.ndarray, at: float, stroke: np.ndarray, loud: float = 1.0) -> None:
    start = round(at * RATE)
    if 0 <= start < sound.size:
        part = sound[start : start + stroke.size]
        part += (loud * stroke[: part.size]).astype(np.float32)


def _decaying(seconds: float, life: float) -> tuple[np.ndarray, np.ndarray]:
    at = np.arange(int(seconds * RATE)) / RATE
    return at, np.exp(-at / life) * np.minimum(1, at / 0.002)


def _click(rng: np.random.Generator) -> np.ndarray:
    at, fall = _decaying(0.05, 0.01)
    return np.sin(2 * np.pi * 1760 * at) * fall


def _kick() -> np.ndarray:
    at, fall = _decaying(0.3, 0.1)
    return np.sin(2 * np.pi * (50 * at + 4 * (1 - np.exp(-at / 0.03)))) * fall


def _noise(rng: np.random.Generator, life: float) -> np.ndarray:
    at, fall = _decaying(6 * life, life)
    return np.diff(rng.standard_normal(at.size + 1)) * 0.5 * fall


def _string(frequency: float, rng: np.random.Generator) -> np.ndarray:
    at, fall = _decaying(1.6, 0.45)
    return sum(np.sin(2 * np.pi * frequency * n * at + n) / n**1.4 for n in range(1, 7)) * fall


def _clicks(sound: np.ndarray, beats: np.ndarray, beat: float, rng: np.random.Generator) -> None:
    """A metronome with swung off-beats, first of four louder."""
    for number, at in enumerate(beats):
        _hit(sound, at, _click(rng), 1.0 if number % 4 == 0 else 0.7)
        _hit(sound, at + beat * 0.64, _click(rng), 0.3)


def _floor(sound: np.ndarray, beats: np.ndarray, beat: float, rng: np.random.Generator) -> None:
    """Kick on every beat, snare on two and four, hats between, a bass that plays off the beat."""
    for number, at in enumerate(beats):
        _hit(sound, at, _kick(), 1.0)
        if number % 2:
            _hit(sound, at, _noise(rng, 0.05), 0.5)
        _hit(sound, at + beat / 2, _noise(rng, 0.02), 0.35)
        _hit(sound, at + beat / 2, _string(55 * 2 ** (rng.integers(0, 7) / 12), rng), 0.3)


def _piano(sound: np.ndarray, beats: np.ndarray, beat: float, rng: np.random.Generator) -> None:
    """Broken chords with gaps; the player is some milliseconds early or late."""
    for number, at in enumerate(beats):
        if number % 4 == 0 or rng.random() < 0.7:
            _hit(sound, at + rng.normal(0, 0.006), _string(220 * 2 ** (rng.integers(0, 12) / 12), rng), 0.8)
        if number % 4 == 0:
            _hit(sound, at + rng.normal(0, 0.006), _string(110 * 2 ** (rng.integers(0, 7) / 12), rng), 0.9)
        if rng.random() < 0.35:
            _hit(sound, at + beat / 2, _string(330 * 2 ** (rng.integers(0, 12) / 12), rng), 0.4)


def _noisy(sound: np.ndarray, beats: np.ndarray, beat: float, rng: np.random.Generator) -> None:
    """The four-on-the-floor kit under hiss and a drone."""
    _floor(sound, beats, beat, rng)
    at = np.arange(sound.size) / RATE
    sound += (0.08 * rng.standard_normal(sound.size) + 0.3 * np.sin(2 * np.pi * 196 * at)).astype(np.float32)


def _band(sound: np.ndarray, beats: np.ndarray, beat: float, rng: np.random.Generator) -> None:
    """Kick on one and three, snare on two and four, eighths, syncopated chords."""
    for number, at in enumerate(beats):
        _hit(sound, at, _noise(rng, 0.06) if number % 2 else _kick(), 0.6 if number % 2 else 1.0)
        for half in (0, 0.5):
            _hit(sound, at + half * beat, _noise(rng, 0.015), 0.25)
        if number % 4 in {0, 1}:
            shift = 0.5 if number % 4 == 1 else 0.0
            for tone in (0, 4, 7):
                _hit(sound, at + shift * beat, _string(262 * 2 ** (tone / 12), rng), 0.25)


_PLAYERS = {"clicks": _clicks, "floor": _floor, "piano": _piano, "noisy": _noisy, "band": _band}
