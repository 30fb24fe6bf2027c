"""Many players on one pitch: pads, strings, choirs of no particular instrument."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bot.studio.film.music.tone import RATE, Sound, edges, hertz

_TABLE = 2**17


@lru_cache(maxsize=64)
def ensemble(pitch: int, brightness: float) -> Sound:
    """An endless loop of many players on one pitch: each harmonic a narrow band of random phases."""
    rng = np.random.default_rng(pitch * 31 + int(brightness * 100))
    base, cutoff = hertz(pitch), 500 + 3200 * brightness
    bins = np.arange(_TABLE // 2 + 1) * RATE / _TABLE
    strength = np.zeros_like(bins)
    number = 1
    while number * base < 12_000 and number <= 40:
        frequency = number * base
        wide = max(0.35, frequency * 0.0065)
        low, high = (int((frequency + side * 5 * wide) * _TABLE / RATE) for side in (-1, 1))
        near = slice(max(1, low), high + 2)
        loud = number**-1.1 / (1 + (frequency / cutoff) ** 2.2)
        strength[near] += loud * np.exp(-(((bins[near] - frequency) / wide) ** 2)) / np.sqrt(wide)
        number += 1
    table = np.empty((2, _TABLE), np.float32)
    for side in table:
        phases = np.float32(2 * np.pi) * rng.random(bins.size, dtype=np.float32)
        spectrum = (strength * np.cos(phases) + 1j * (strength * np.sin(phases))).astype(np.complex64)
        side[:] = np.fft.irfft(spectrum)
    table *= np.float32(0.2 / (np.sqrt(np.mean(table**2)) + 1e-12))
    return table


def pad(pitch: int, seconds: float, brightness: float, attack: float = 0.7, release: float = 1.1) -> Sound:
    """An ensemble that swells and fades; `seconds` includes the release."""
    table = ensemble(pitch, round(brightness, 2))
    length = max(2, int(seconds * RATE))
    start = (pitch * 7919) % _TABLE
    turns = -(-(start + length) // _TABLE)
    played: Sound = np.tile(table, turns)[:, start : start + length] * edges(length, attack, release)
    return played
