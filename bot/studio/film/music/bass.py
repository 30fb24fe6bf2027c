"""Who plays below: an electric bass, a synthesiser, double basses."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bot.studio.film.music.ensemble import pad
from bot.studio.film.music.tone import Partial, Sound, both, decay, edges, hertz, ringing, sine, time


@lru_cache(maxsize=64)
def electric_bass(pitch: int, seconds: float) -> Sound:
    """Round: few harmonics, gently driven."""
    at, base = time(seconds), hertz(pitch)
    falls = ((1, 1.0, 0.0), (2, 0.42, 3.0), (3, 0.16, 6.0))
    tone = ringing(at.size, [Partial(frequency=of * base, loud=loud, rate=rate) for of, loud, rate in falls])
    return both(np.tanh(np.float32(1.3) * tone * decay(at, 0.9)) * edges(at.size, 0.008, 0.09))


@lru_cache(maxsize=64)
def synth_bass(pitch: int, seconds: float) -> Sound:
    """A saw whose filter snaps shut."""
    at, base = time(seconds), hertz(pitch)
    saw = [Partial(frequency=of * base, loud=1 / of, rate=0.6 + 1.6 * (of - 1)) for of in range(1, 17)]
    tone = ringing(at.size, saw)
    return both(np.tanh(np.float32(0.9) * tone) * edges(at.size, 0.006, 0.05))


@lru_cache(maxsize=64)
def double_basses(pitch: int, seconds: float) -> Sound:
    """A section with long bows, a soft sine beneath it."""
    at = time(seconds)
    bowed = np.float32(1.6) * pad(pitch, seconds, 0.2, attack=0.09, release=0.35)[:, : at.size]
    deep = np.float32(0.35) * sine(hertz(pitch), at) * edges(at.size, 0.09, 0.35)
    played: Sound = bowed + deep
    return played
