"""Space and movement: reverb, echo, ducking, tone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.film.music.tone import RATE, Sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_TRANSFORM = 2**18
"""Samples in one transform: several times a room's response, and little enough for the caches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How a room answers: the spectrum of either side's response, and how long that is in samples."""

    spectrum: NDArray[np.complex64]
    length: int

    def answer(self, sound: Sound) -> Sound:
        """What the room gives back, longer than `sound` by the room's response less one sample."""
        step = _TRANSFORM - self.length + 1
        wet = np.zeros((2, sound.shape[1] + self.length - 1), np.float32)
        for start in range(0, sound.shape[1], step):
            heard = np.fft.rfft(sound[:, start : start + step], _TRANSFORM)
            heard *= self.spectrum
            part = wet[:, start : start + _TRANSFORM]
            part += np.fft.irfft(heard, _TRANSFORM)[:, : part.shape[1]]
        return wet


@lru_cache(maxsize=4)
def hall(seconds: float, top: float | None = None) -> Room:
    """A room whose highs die first; `seconds`, at most four, is its reverberation time at 1 kHz.

    Nothing above `top` Hz comes back, where that is given.
    """
    rng = np.random.default_rng(5)
    length = int(seconds * 1.15 * RATE)
    at = np.arange(length, dtype=np.float32) / RATE
    size = _fast_size(length)
    noise = np.fft.rfft(rng.standard_normal((2, length)).astype(np.float32), size)
    bins = np.fft.rfftfreq(size, 1 / RATE)
    response = np.zeros((2, length), np.float32)
    for low, high, share in ((120, 700, 1.15), (700, 2800, 1.0), (2800, 7500, 0.55)):
        band = (1 / (1 + (low / np.maximum(bins, 1)) ** 6) / (1 + (bins / high) ** 6)).astype(np.float32)
        response += np.fft.irfft(noise * band, size)[:, :length] * np.exp(at * np.float32(-6.9 / (seconds * share)))
    early = int(0.018 * RATE)
    response[:, :early] *= np.linspace(0, 1, early, dtype=np.float32) ** 2
    response[:, -early:] *= np.linspace(1, 0, early, dtype=np.float32)
    response /= np.sqrt(np.sum(response**2) / 2)
    if top is not None:
        darken(response, top)
    return Room(spectrum=np.fft.rfft(response, _TRANSFORM).astype(np.complex64), length=length)


def darken(sound: Sound, top: float) -> None:
    """Take away what lies above `top` Hz, gently and in place, as an old tape does."""
    size = _fast_size(sound.shape[1])
    bins = np.fft.rfftfreq(size, 1 / RATE)
    weight = (1 / np.sqrt(1 + (bins / top) ** 6)).astype(np.float32)
    for side in sound:
        side[:] = np.fft.irfft(np.fft.rfft(side, size) * weight, size)[: side.size]


def _fast_size(length: int) -> int:
    """The next length of the form 2^n, 3 * 2^n or 5 * 2^n, for which the transform is quick."""
    return int(min(factor * 2 ** max(0, (-(-length // factor) - 1).bit_length()) for factor in (1, 3, 5)))


def echo(sound: Sound, delay: float, feedback: float, repeats: int = 4) -> Sound:
    """Repeats that change sides, each softer; as long as `sound` plus all repeats."""
    step = int(delay * RATE)
    wet = np.zeros((2, sound.shape[1] + step * repeats), np.float32)
    mono = sound.mean(axis=0)
    for turn in range(1, repeats + 1):
        start = step * turn
        wet[turn % 2, start : start + mono.size] += mono * np.float32(feedback**turn)
        wet[1 - turn % 2, start : start + mono.size] += mono * np.float32(0.3 * feedback**turn)
    return wet


def ducking(length: int, hits: Sequence[float], depth_db: float, recovery: float) -> Sound:
    """A gain curve that gives way at every hit (seconds) and swells back within `recovery` seconds."""
    gain = np.ones(length, np.float32)
    floor = 10 ** (-depth_db / 20)
    shape = floor + (1 - floor) * np.sin(np.linspace(0, np.pi / 2, max(2, int(recovery * RATE)))) ** 2
    fall = int(0.008 * RATE)
    shape = np.concatenate([np.linspace(1, floor, fall), shape]).astype(np.float32)
    for hit in hits:
        start = int(hit * RATE) - fall
        part = gain[max(0, start) : start + shape.size]
        np.minimum(part, shape[max(0, -start) : max(0, -start) + part.size], out=part)
    return gain
