"""Who plays below: an electric bass, a synthesiser, double basses."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bot.studio.film.music.ensemble import pad
from bot.studio.film.music.tone import Sound, both, decay, edges, hertz, sine, time


@lru_cache(maxsize=64)
def electric_bass(pitch: int, seconds: float) -> Sound:
    """Round: few harmonics, gently driven."""
    at, base = time(seconds), hertz(pitch)
    tone = sine(base, at) + np.float32(0.42) * decay(at, 3) * sine(2 * base, at)
    tone += np.float32(0.16) * decay(at, 6) * sine(3 * base, at)
    return both(np.tanh(np.float32(1.3) * tone * decay(at, 0.9)) * edges(at.size, 0.008, 0.09))


@lru_cache(maxsize=64)
def synth_bass(pitch: int, seconds: float) -> Sound:
    """A saw whose filter snaps shut."""
    at, base = time(seconds), hertz(pitch)
    tone = np.zeros(at.size, np.float32)
    for number in range(1, 17):
        tone += decay(at, 0.6 + 1.6 * (number - 1)) / np.float32(number) * sine(number * base, at)
    return both(np.tanh(np.float32(0.9) * tone) * edges(at.size, 0.006, 0.05))


@lru_cache(maxsize=64)
def double_basses(pitch: int, seconds: float) -> Sound:
    """A section with long bows, a soft sine beneath it."""
    at = time(seconds)
    bowed = np.float32(1.6) * pad(pitch, seconds, 0.2, attack=0.09, release=0.35)[:, : at.size]
    deep = np.float32(0.35) * sine(hertz(pitch), at) * edges(at.size, 0.09, 0.35)
    played: Sound = bowed + deep
    return played
