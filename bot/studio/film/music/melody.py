"""Who plays the melody: celesta, vibraphone, whistle, horn, synthesiser."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.film.music.tone import Partial, Sound, both, decay, edges, hertz, ringing, shaped, sine, time

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELESTA = ((1, 1, 1.5), (2.001, 0.36, 0.9), (3.003, 0.16, 0.5), (4.21, 0.09, 0.25), (5.43, 0.04, 0.12))
_VIBRAPHONE = ((1, 1, 2.4), (4.0, 0.16, 0.7), (10.1, 0.05, 0.08))
"""Partials: frequency over the fundamental, loudness, life in seconds."""


@lru_cache(maxsize=128)
def bell(pitch: int, seconds: float) -> Sound:
    """A soft celesta."""
    tone = _struck(_CELESTA, hertz(pitch), time(seconds))
    return np.stack([tone, np.roll(tone, 20)])


@lru_cache(maxsize=128)
def vibes(pitch: int, seconds: float) -> Sound:
    """A vibraphone an octave lower than written, its fans turning slowly."""
    at = time(seconds)
    tone = _struck(_VIBRAPHONE, hertz(pitch - 12), at)
    fans = 0.22 * sine(3.3, at, pitch)
    return np.stack([tone * (1 - fans), tone * (1 + fans)]).astype(np.float32)


def _struck(partials: tuple[tuple[float, float, float], ...], base: float, at: NDArray[np.float64]) -> Sound:
    heard = [one for one in partials if one[0] * base < 14_000]
    tone = ringing(at.size, [Partial(frequency=base * of, loud=loud, rate=3 / life) for of, loud, life in heard])
    struck: Sound = tone * edges(at.size, 0.004, 0.2)
    return struck


@lru_cache(maxsize=128)
def whistle(pitch: int, seconds: float) -> Sound:
    """Somebody who whistles: nearly a sine, a little breath, a vibrato that comes late."""
    at, base = time(seconds * 0.8), hertz(pitch)
    late = np.clip(at / 0.35 - 0.4, 0, 1)
    turns = base * at + late * 0.005 * base / 5.6 * (1 - np.cos(2 * np.pi * 5.6 * at)) / (2 * np.pi)
    wave = np.sin((2 * np.pi * (turns - np.floor(turns))).astype(np.float32))
    wave += np.float32(0.09) * np.sin((4 * np.pi * (turns - np.floor(turns))).astype(np.float32))
    breath = shaped(np.random.default_rng(pitch).standard_normal(at.size), base * 0.8, base * 1.6).astype(np.float32)
    return both((0.6 * wave + 0.02 * breath) * decay(at, 0.9) * edges(at.size, 0.035, 0.14))


@lru_cache(maxsize=128)
def horn(pitch: int, seconds: float) -> Sound:
    """Two horns an octave lower than written: the louder, the brighter, so they open and close."""
    at, base = time(seconds + 0.4), hertz(pitch - 12)
    swell = edges(at.size, 0.16, 0.5)
    sides = []
    for detune in (0.9985, 1.0015):
        tone = np.zeros(at.size, np.float32)
        for number in range(1, 13):
            loud = np.float32(number**-0.6 / (1 + (number * base / 900) ** 2.4))
            tone += loud * swell ** np.float32(1 + 0.5 * number) * sine(number * base * detune, at, 2.1 * number)
        sides.append(tone * decay(at, 0.5))
    return np.stack(sides).astype(np.float32)


@lru_cache(maxsize=128)
def saw_lead(pitch: int, seconds: float) -> Sound:
    """A synthesiser's bright voice with a slight chorus."""
    at, base = time(seconds * 0.7), hertz(pitch)
    sides = []
    for detune in (0.9965, 1.0035):
        partials = []
        for number in range(1, 16):
            if number * base > 9000:
                break
            loud = 1 / number / (1 + (number * base / 3200) ** 2)
            frequency = number * base * detune
            partials.append(Partial(frequency=frequency, loud=loud, rate=0.35 * number, phase=1.3 * number))
        sides.append(ringing(at.size, partials) * edges(at.size, 0.012, 0.18))
    return np.stack(sides).astype(np.float32)
