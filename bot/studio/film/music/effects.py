"""Space and movement: reverb, echo, ducking, tone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.film.music.tone import RATE, Sound

if TYPE_CHECKING:
    from collections.abc import Sequence


def convolve(sound: Sound, response: Sound) -> Sound:
    """Full convolution of each side; the result is `response` longer, less one sample."""
    length = sound.shape[1] + response.shape[1] - 1
    size = _fast_size(length)
    wet = np.empty((2, length), np.float32)
    for side in range(2):  # one at a time, for the transforms are large
        spectrum = np.fft.rfft(sound[side], size)
        spectrum *= np.fft.rfft(response[side], size)
        wet[side] = np.fft.irfft(spectrum, size)[:length]
    return wet


def _fast_size(length: int) -> int:
    """The next length of the form 2^n, 3 * 2^n or 5 * 2^n, for which the transform is quick."""
    return int(min(factor * 2 ** max(0, (-(-length // factor) - 1).bit_length()) for factor in (1, 3, 5)))


@lru_cache(maxsize=4)
def hall(seconds: float) -> Sound:
    """The answer of a room whose highs die first; `seconds` is its reverberation time at 1 kHz."""
    rng = np.random.default_rng(5)
    length = int(seconds * 1.15 * RATE)
    at = np.arange(length) / RATE
    noise = np.fft.rfft(rng.standard_normal((2, length)))
    bins = np.fft.rfftfreq(length, 1 / RATE)
    response = np.zeros((2, length))
    for low, high, share in ((120, 700, 1.15), (700, 2800, 1.0), (2800, 7500, 0.55)):
        band = 1 / (1 + (low / np.maximum(bins, 1)) ** 6) / (1 + (bins / high) ** 6)
        response += np.fft.irfft(noise * band, length) * np.exp(-6.9 * at / (seconds * share))
    early = int(0.018 * RATE)
    response[:, :early] *= np.linspace(0, 1, early) ** 2
    response[:, -early:] *= np.linspace(1, 0, early)
    scaled: Sound = (response / np.sqrt(np.sum(response**2) / 2)).astype(np.float32)
    return scaled


def darken(sound: Sound, top: float) -> None:
    """Take away what lies above `top` Hz, gently and in place, as an old tape does."""
    size = _fast_size(sound.shape[1])
    bins = np.fft.rfftfreq(size, 1 / RATE)
    weight = (1 / np.sqrt(1 + (bins / top) ** 6)).astype(np.float32)
    for side in sound:
        side[:] = np.fft.irfft(np.fft.rfft(side, size) * weight, size)[: side.size]


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
