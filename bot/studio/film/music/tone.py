"""What every instrument is made of: time, sines, edges, shaped noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
Sound = NDArray[np.float32]


def hertz(pitch: float) -> float:
    """Frequency of a MIDI pitch."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def time(seconds: float) -> NDArray[np.float64]:
    """The moment of every sample, in seconds; at least one sample."""
    return np.arange(max(1, int(seconds * RATE))) / RATE


def sine(frequency: float, at: NDArray[np.float64], phase: float = 0.0) -> Sound:
    """A sine; the angle is folded in double precision, since single is several times quicker only where it suffices."""
    turns = frequency * at
    turns -= np.floor(turns)
    wave: Sound = np.sin(turns.astype(np.float32) * np.float32(2 * np.pi) + np.float32(phase))
    return wave


def decay(at: NDArray[np.float64], rate: float) -> Sound:
    """An exponential fall by `rate` nepers per second."""
    fall: Sound = np.exp(at.astype(np.float32) * np.float32(-rate))
    return fall


def edges(length: int, attack: float, release: float) -> Sound:
    """A raised-cosine rise and fall in seconds, so that no note begins or ends with a click."""
    shape = np.ones(length, np.float32)
    rise, fall = min(length, max(2, int(attack * RATE))), min(length, max(2, int(release * RATE)))
    shape[:rise] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))).astype(np.float32)
    shape[-fall:] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)
    return shape


def both(tone: Sound) -> Sound:
    """The same on both sides."""
    return np.stack([tone, tone]).astype(np.float32)


def shaped(noise: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Noise between two frequencies, with gentle edges, at its former power."""
    spectrum = np.fft.rfft(noise)
    bins = np.fft.rfftfreq(noise.size, 1 / RATE)
    spectrum *= 1 / (1 + (low / np.maximum(bins, 1e-3)) ** 4) / (1 + (bins / high) ** 4)
    result: NDArray[np.float64] = np.fft.irfft(spectrum, noise.size)
    result /= np.sqrt(np.mean(result**2)) + 1e-9
    return result
