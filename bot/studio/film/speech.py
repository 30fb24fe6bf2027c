"""Whether somebody speaks in a sound, and when: no model, but what voices have and wind, engines and music have not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from bot.studio.film.music.tone import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.studio.film.music.tone import Sound

HOP = RATE // 100
"""Moments are 10 ms apart."""

_LOW, _HIGH = 120, 3800  # Hz that matter in speech
_DOWN = 6  # 8 kHz suffice for voices
_WINDOW = 40 * RATE // 1000 // _DOWN
_PITCHES = (75, 400)  # Hz
_VOICED = 0.5
_GLIDES = (0.85, 3.3)
_SILENT = 3e-4
_STRETCH = 15 * RATE  # samples that are judged at once, so that memory is bounded


def is_speech(sound: Sound) -> bool:
    """Whether a sound is speech-like: syllables with pauses between them, voiced for the most part, of moving pitch."""
    return any(_speaks(sound[:, at : at + _STRETCH]) for at in range(0, sound.shape[1], _STRETCH))


def _speaks(sound: Sound) -> bool:
    if sound.shape[1] < RATE // 2:
        return False
    envelope = _envelope(sound)
    loud = float(np.percentile(envelope, 95))
    if loud < _SILENT:
        return False
    heard = envelope > 0.15 * loud
    voiced, pitch = _voices(sound)
    spoken = heard & voiced
    if spoken.sum() < 20:
        return False
    share = spoken.sum() / heard.sum()
    return bool(share > 0.5 and _syllables(envelope) > 0.33 and _GLIDES[0] < _wandering(pitch, spoken) < _GLIDES[1])


def spoken_at(sound: Sound) -> NDArray[np.bool_]:
    """In which moments something is said, or at least to be heard above what is there all the time."""
    envelope = _envelope(sound)
    loud = float(np.percentile(envelope, 95))
    floor = float(np.percentile(envelope, 10))
    return envelope > max(_SILENT, 0.06 * loud, min(2.5 * floor, 0.5 * loud))


def _envelope(sound: Sound) -> NDArray[np.float64]:
    """Root mean square of every moment between 120 and 3800 Hz."""
    mono = sound.mean(axis=0)
    size = cv2.getOptimalDFTSize(mono.size)
    spectrum = np.fft.rfft(mono, size)
    bins = np.fft.rfftfreq(size, 1 / RATE)
    spectrum *= 1 / (1 + (_LOW / np.maximum(bins, 1)) ** 6) / (1 + (bins / _HIGH) ** 6)
    band = np.fft.irfft(spectrum, size)[: mono.size // HOP * HOP]
    level: NDArray[np.float64] = np.sqrt(np.mean(band.reshape(-1, HOP) ** 2, axis=1))
    return level


def _voices(sound: Sound) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which moments have a pitch like a voice's, and which pitch, in semitones."""
    mono = sound.mean(axis=0)
    small = mono[: mono.size // HOP * HOP].reshape(-1, _DOWN).mean(axis=1)
    padded = np.pad(small, (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[:: HOP // _DOWN][: mono.size // HOP]
    frames = (frames - frames.mean(axis=1, keepdims=True)) * np.hanning(_WINDOW)
    alike = np.fft.irfft(np.abs(np.fft.rfft(frames, 2 * _WINDOW, axis=1)) ** 2, axis=1)[:, :_WINDOW]
    window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(_WINDOW), 2 * _WINDOW)) ** 2)[:_WINDOW]
    alike /= np.maximum(alike[:, :1], 1e-12) * (window / window[0] + 1e-3)
    shortest, longest = (RATE // _DOWN // pitch for pitch in reversed(_PITCHES))
    before, lags, after = (alike[:, shortest + step : longest + step] for step in (-1, 0, 1))
    tops = np.where((lags > before) & (lags >= after), lags, 0)
    strongest = tops.max(axis=1)
    # The first that is nearly as good as the best: two periods are as like as one.
    first = np.argmax(tops > 0.9 * strongest[:, None], axis=1)
    rows = np.arange(first.size)
    left, middle, right = (one[rows, first] for one in (before, lags, after))
    bend = 0.5 * (left - right) / np.minimum(left - 2 * middle + right, -1e-9)
    pitch = 12 * np.log2(RATE / _DOWN / (shortest + first + np.clip(bend, -0.5, 0.5)))
    return strongest > _VOICED, pitch


def _syllables(envelope: NDArray[np.float64]) -> float:
    """How much of the movement of the loudness is as quick as syllables are, 2 to 8 a second."""
    moving = envelope - envelope.mean()
    power = np.abs(np.fft.rfft(moving * np.hanning(moving.size))) ** 2
    bins = np.fft.rfftfreq(moving.size, HOP / RATE)
    deep = envelope.std() / (envelope.mean() + 1e-12)
    share = power[(bins >= 2) & (bins <= 8)].sum() / (power[(bins > 0.3) & (bins < 25)].sum() + 1e-12)
    return float(share * min(1.0, deep / 0.5))


def _wandering(pitch: NDArray[np.float64], spoken: NDArray[np.bool_]) -> float:
    """How far the pitch moves from moment to moment within a syllable, in tenths of semitones, on average.

    A voice glides; an instrument or an engine keeps its pitch, and noise has none.
    """
    both = spoken[1:] & spoken[:-1]
    steps = np.abs(np.diff(pitch))[both]
    near = steps[steps < 3]
    return float(10 * near.mean()) if near.size > 10 else 0.0
