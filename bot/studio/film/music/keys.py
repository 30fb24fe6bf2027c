"""Who plays the chords: piano, electric piano, strings plucked or bowed short, marimba, synthesiser."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bot.studio.film.music.ensemble import pad
from bot.studio.film.music.tone import Partial, Sound, both, decay, edges, hertz, ringing, shaped, sine, time

_FELT = 4800  # samples in which the hammer is heard
_BAR = ((1, 1.0, 0.55), (3.93, 0.3, 0.16), (9.2, 0.09, 0.05))
"""Partials of a tuned bar: frequency over the fundamental, loudness, life in seconds at middle C."""


@lru_cache(maxsize=128)
def piano(pitch: int, seconds: float) -> Sound:
    """A felt piano: slightly stretched partials that die the sooner the higher, two strings a hair apart."""
    at, base = time(seconds), hertz(pitch)
    life = 3.6 * (220 / base) ** 0.45
    strings: tuple[list[Partial], list[Partial]] = ([], [])
    for number in range(1, 15):
        frequency = number * base * np.sqrt(1 + 0.0004 * number**2)
        if frequency > 9000:
            break
        loud = np.exp(-0.42 * number) * (0.35 + abs(np.sin(np.pi * number / 8)))
        rate = 6.9 * (1 + 0.38 * (number - 1)) / life
        for string, detune, phase in zip(strings, (0.99965, 1.00035), (number, number * 1.3), strict=True):
            string.append(Partial(frequency=frequency * detune, loud=loud, rate=rate, phase=phase))
    tone = np.stack([ringing(at.size, string) for string in strings])
    felt = min(at.size, _FELT)
    knock = shaped(np.random.default_rng(pitch).standard_normal(felt), 200, 1800) * np.exp(-at[:felt] / 0.012)
    tone[:, :felt] += (0.02 * knock).astype(np.float32)
    struck: Sound = tone * edges(at.size, 0.005, 0.12)
    return struck


@lru_cache(maxsize=128)
def rhodes(pitch: int, seconds: float) -> Sound:
    """An electric piano by phase modulation: a warm body, a short tine, a slow sway from side to side."""
    at, base = time(seconds), hertz(pitch)
    plain = sine(base, at)
    turns = (2 * np.pi * (base * at - np.floor(base * at))).astype(np.float32)
    body = np.sin(turns + np.float32(1.1) * decay(at, 1 / 0.9) * plain)
    tine = np.sin(turns + np.float32(0.25) * decay(at, 12.5) * sine(base * 14, at))
    tone = (0.75 * body + 0.25 * tine) * decay(at, 1.5 * (base / 260) ** 0.35) * edges(at.size, 0.007, 0.25)
    sway = 0.14 * sine(4.1, at, pitch)
    return np.stack([tone * (1 - sway), tone * (1 + sway)]).astype(np.float32)


@lru_cache(maxsize=128)
def pluck(pitch: int, seconds: float) -> Sound:
    """A damped string, picked near the bridge."""
    at, base = time(seconds), hertz(pitch)
    partials = []
    for number in range(1, 19):
        frequency = number * base * np.sqrt(1 + 0.00012 * number**2)
        if frequency > 11_000:
            break
        loud = abs(np.sin(np.pi * number * 0.17)) / number**1.15
        partials.append(Partial(frequency=frequency, loud=loud, rate=5.0 + 2.6 * number, phase=number))
    return both(ringing(at.size, partials) * edges(at.size, 0.0025, 0.06))


@lru_cache(maxsize=128)
def marimba(pitch: int, seconds: float) -> Sound:
    """A rosewood bar under a soft mallet: it sounds at once and is soon gone."""
    at, base = time(seconds), hertz(pitch)
    bar = [one for one in _BAR if one[0] * base < 12_000]
    higher = (base / 262) ** 0.5
    tone = ringing(
        at.size, [Partial(frequency=ratio * base, loud=loud, rate=higher / life) for ratio, loud, life in bar]
    )
    felt = min(at.size, _FELT)
    knock = shaped(np.random.default_rng(pitch).standard_normal(felt), 500, 2600) * np.exp(-at[:felt] / 0.006)
    tone[:felt] += (0.05 * knock).astype(np.float32)
    return both(tone * edges(at.size, 0.003, 0.05))


@lru_cache(maxsize=128)
def synth(pitch: int, seconds: float) -> Sound:
    """Two saws a few cents apart whose brightness falls after the attack."""
    at, base = time(seconds), hertz(pitch)
    sides = []
    for detune in (0.9972, 1.0028):
        partials = [
            Partial(frequency=number * base * detune, loud=1 / number, rate=1.2 + 0.9 * number, phase=0.7 * number)
            for number in range(1, 25)
            if number * base * detune <= 9000
        ]
        sides.append(ringing(at.size, partials) * edges(at.size, 0.004, 0.05))
    return np.stack(sides).astype(np.float32)


@lru_cache(maxsize=128)
def spiccato(pitch: int, seconds: float) -> Sound:
    """A string section that lets the bow bounce: short, woody, bright at the attack."""
    length = min(seconds, 0.42)
    at = time(length)
    bowed = pad(pitch, length, 0.9, attack=0.014, release=0.12)[:, : at.size] * decay(at, 6.5) * np.float32(2.2)
    played: Sound = bowed.astype(np.float32)
    return played
