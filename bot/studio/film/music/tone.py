"""What every instrument is made of: time, sines, edges, shaped noise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE = 48_000
Sound = NDArray[np.float32]

_BLOCK = 256
_ONE_THREAD = 2**18
"""Multiplications in one matrix product above which OpenBLAS would wake threads of its own."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A sine of so many hertz that begins so loud at `phase` (radians) and falls by `rate` nepers per second."""

    frequency: float
    loud: float = 1.0
    rate: float = 0.0
    phase: float = 0.0


def ringing(length: int, partials: Sequence[Partial]) -> Sound:
    """The sum of partials over `length` samples.

    sin(a + b) is a product of two small tables, one over blocks and one over a block's samples, so that a whole note
    is one matrix product instead of a sine and an exponential per sample and partial.
    """
    if not partials:
        return np.zeros(length, np.float32)
    turn = np.array([[2 * np.pi * one.frequency / RATE] for one in partials])
    fall = np.array([[one.rate / RATE] for one in partials])
    phase = np.array([[one.phase] for one in partials])
    loud = np.array([[one.loud] for one in partials])
    fine = np.arange(_BLOCK)
    coarse = np.arange(-(-length // _BLOCK)) * _BLOCK
    angle = np.fmod(turn * coarse, 2 * np.pi) + phase
    outer = loud * np.exp(-fall * coarse) * [np.sin(angle), np.cos(angle)]
    inner = np.exp(-fall * fine) * [np.cos(turn * fine), np.sin(turn * fine)]
    left = outer.reshape(-1, coarse.size).T.astype(np.float32)
    right = inner.reshape(-1, _BLOCK).astype(np.float32)
    sound = np.empty((coarse.size, _BLOCK), np.float32)
    rows = max(1, _ONE_THREAD // right.size)
    for first in range(0, coarse.size, rows):
        np.matmul(left[first : first + rows], right, out=sound[first : first + rows])
    return sound.reshape(-1)[:length]


def edges(length: int, attack: float, release: float) -> Sound:
    """A raised-cosine rise and fall in seconds, so that no note begins or ends with a click."""
    shape = np.ones(length, np.float32)
    rise, fall = min(length, max(2, int(attack * RATE))), min(length, max(2, int(release * RATE)))
    shape[:rise] *= _rise(rise)
    shape[-fall:] *= _rise(fall)[::-1]
    return shape


@lru_cache(maxsize=64)
def _rise(length: int) -> Sound:
    """A raised cosine from 0 to 1."""
    return (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, length))).astype(np.float32)


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
