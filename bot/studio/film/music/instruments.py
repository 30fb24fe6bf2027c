"""Tones: one note each, made from partials, phase modulation or shaped noise; no two alike to the ear."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
Sound = NDArray[np.float32]

_TABLE = 2**17
_FELT = 4800  # samples in which the hammer is heard
_CELESTA = ((1, 1, 1.5), (2.001, 0.36, 0.9), (3.003, 0.16, 0.5), (4.21, 0.09, 0.25), (5.43, 0.04, 0.12))
"""Partials: frequency over the fundamental, loudness, life in seconds."""


def hertz(pitch: float) -> float:
    """Frequency of a MIDI pitch."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def _time(seconds: float) -> NDArray[np.float64]:
    return np.arange(max(1, int(seconds * RATE))) / RATE


def _sine(frequency: float, at: NDArray[np.float64], phase: float) -> Sound:
    """A sine; the angle is folded in double precision, since single is several times quicker only where it suffices."""
    turns = frequency * at
    turns -= np.floor(turns)
    wave: Sound = np.sin(turns.astype(np.float32) * np.float32(2 * np.pi) + np.float32(phase))
    return wave


def _edges(length: int, attack: float, release: float) -> Sound:
    """A raised-cosine rise and fall, so that no note begins or ends with a click."""
    shape = np.ones(length, np.float32)
    rise, fall = min(length, max(2, int(attack * RATE))), min(length, max(2, int(release * RATE)))
    shape[:rise] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))).astype(np.float32)
    shape[-fall:] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)
    return shape


@lru_cache(maxsize=128)
def piano(pitch: int, seconds: float) -> Sound:
    """A felt piano: slightly stretched partials that die the sooner the higher, two strings a hair apart."""
    at, base = _time(seconds), hertz(pitch)
    tone = np.zeros((2, at.size), np.float32)
    life = 3.6 * (220 / base) ** 0.45
    for number in range(1, 15):
        frequency = number * base * np.sqrt(1 + 0.0004 * number**2)
        if frequency > 9000:
            break
        loud = np.exp(-0.42 * number) * (0.35 + abs(np.sin(np.pi * number / 8)))
        fall = (loud * np.exp(-at * 6.9 * (1 + 0.38 * (number - 1)) / life)).astype(np.float32)
        tone[0] += fall * _sine(frequency * 0.99965, at, number)
        tone[1] += fall * _sine(frequency * 1.00035, at, number * 1.3)
    felt = min(at.size, _FELT)
    knock = _shaped(np.random.default_rng(pitch).standard_normal(felt), 200, 1800) * np.exp(-at[:felt] / 0.012)
    tone[:, :felt] += (0.02 * knock).astype(np.float32)
    struck: Sound = tone * _edges(at.size, 0.005, 0.12)
    return struck


@lru_cache(maxsize=128)
def rhodes(pitch: int, seconds: float) -> Sound:
    """An electric piano by phase modulation: a warm body, a short tine, a slow sway from side to side."""
    at, base = _time(seconds), hertz(pitch)
    body = np.sin(2 * np.pi * base * at + 1.1 * np.exp(-at / 0.9) * np.sin(2 * np.pi * base * at))
    tine = np.sin(2 * np.pi * base * at + 0.25 * np.exp(-at / 0.08) * np.sin(2 * np.pi * base * 14 * at))
    tone = (0.75 * body + 0.25 * tine) * np.exp(-at * 1.5 * (base / 260) ** 0.35) * _edges(at.size, 0.007, 0.25)
    sway = 0.14 * np.sin(2 * np.pi * 4.1 * at + pitch)
    return np.stack([tone * (1 - sway), tone * (1 + sway)]).astype(np.float32)


@lru_cache(maxsize=128)
def pluck(pitch: int, seconds: float) -> Sound:
    """A damped string, picked near the bridge."""
    at, base = _time(seconds), hertz(pitch)
    tone = np.zeros_like(at)
    for number in range(1, 19):
        frequency = number * base * np.sqrt(1 + 0.00012 * number**2)
        if frequency > 11_000:
            break
        loud = abs(np.sin(np.pi * number * 0.17)) / number**1.15
        tone += loud * np.exp(-at * (5.0 + 2.6 * number)) * np.sin(2 * np.pi * frequency * at + number)
    tone *= _edges(at.size, 0.0025, 0.06)
    return np.stack([tone, tone]).astype(np.float32)


@lru_cache(maxsize=128)
def bell(pitch: int, seconds: float) -> Sound:
    """A soft celesta."""
    at, base = _time(seconds), hertz(pitch)
    tone = np.zeros_like(at)
    for ratio, loud, life in _CELESTA:
        tone += loud * np.exp(-at * 3 / life) * np.sin(2 * np.pi * base * ratio * at)
    tone *= _edges(at.size, 0.004, 0.2)
    return np.stack([tone, np.roll(tone, 20)]).astype(np.float32)


@lru_cache(maxsize=64)
def bass(pitch: int, seconds: float) -> Sound:
    """A round electric bass: few harmonics, gently driven."""
    at, base = _time(seconds), hertz(pitch)
    tone = np.sin(2 * np.pi * base * at) + 0.42 * np.exp(-at * 3) * np.sin(4 * np.pi * base * at)
    tone += 0.16 * np.exp(-at * 6) * np.sin(6 * np.pi * base * at)
    tone = np.tanh(1.3 * tone * np.exp(-at * 0.9)) * _edges(at.size, 0.008, 0.09)
    return np.stack([tone, tone]).astype(np.float32)


@lru_cache(maxsize=64)
def _ensemble(pitch: int, brightness: float) -> Sound:
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
    table = _ensemble(pitch, round(brightness, 2))
    length = max(2, int(seconds * RATE))
    start = (pitch * 7919) % _TABLE
    turns = -(-(start + length) // _TABLE)
    played: Sound = np.tile(table, turns)[:, start : start + length] * _edges(length, attack, release)
    return played


def _shaped(noise: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Noise between two frequencies, with gentle edges, at its former power."""
    spectrum = np.fft.rfft(noise)
    bins = np.fft.rfftfreq(noise.size, 1 / RATE)
    spectrum *= 1 / (1 + (low / np.maximum(bins, 1e-3)) ** 4) / (1 + (bins / high) ** 4)
    shaped: NDArray[np.float64] = np.fft.irfft(spectrum, noise.size)
    shaped /= np.sqrt(np.mean(shaped**2)) + 1e-9
    return shaped


@lru_cache(maxsize=64)
def drum(name: str, variant: int = 0) -> Sound:
    """One stroke of a drum kit: kick, heart, snare, clap, rim, hat, open, shaker, crash, swell."""
    rng = np.random.default_rng(variant * 97 + sum(map(ord, name)))
    if name in {"kick", "heart"}:
        return _kick(rng, soft=name == "heart")
    low, high, seconds, life, attack, width = {
        "snare": (900, 6500, 0.28, 0.07, 0.001, 0.25),
        "clap": (900, 4200, 0.3, 0.075, 0.001, 0.5),
        "rim": (1500, 3600, 0.09, 0.016, 0.0008, 0.2),
        "hat": (7000, 14_000, 0.09, 0.018, 0.001, 0.3),
        "open": (6000, 13_000, 0.35, 0.09, 0.001, 0.4),
        "shaker": (4500, 11_000, 0.12, 0.028, 0.016, 0.5),
        "crash": (3000, 12_000, 2.6, 0.75, 0.002, 0.9),
        "swell": (2500, 11_000, 2.0, -0.6, 0.3, 0.9),
    }[name]
    at = _time(seconds)
    shared, own = rng.standard_normal(at.size), rng.standard_normal((2, at.size))
    envelope = np.exp(-at / life) if life > 0 else np.exp((at - seconds) / -life)
    envelope *= _edges(at.size, attack, 0.9 if name == "crash" else 0.02)
    if name == "clap":
        for late in (0.009, 0.019):
            envelope += 0.7 * np.where(at > late, np.exp(-(at - late) / 0.012), 0)
    sides = [_shaped(shared * (1 - width) + side * width, low, high) * envelope for side in own]
    sound = np.stack(sides) * 0.3
    if name == "snare":
        sound += 0.35 * np.sin(2 * np.pi * 185 * at) * np.exp(-at / 0.05) * _edges(at.size, 0.001, 0.02)
    return sound.astype(np.float32)


def _kick(rng: np.random.Generator, *, soft: bool) -> Sound:
    at = _time(0.45)
    start, settle, life = (95.0, 0.05, 0.16) if soft else (150.0, 0.028, 0.15)
    frequency = 46 + (start - 46) * np.exp(-at / settle)
    body = np.sin(2 * np.pi * np.cumsum(frequency) / RATE) * np.exp(-at / life)
    click = 0 if soft else _shaped(rng.standard_normal(at.size), 1200, 5000) * np.exp(-at / 0.003) * 0.06
    tone = np.tanh(1.4 * (body + click)) * _edges(at.size, 0.002, 0.08) * 0.9
    return np.stack([tone, tone]).astype(np.float32)


def forget() -> None:
    """Let go of all notes kept for repetition, some sixty megabytes after a piece."""
    for kept in (piano, rhodes, pluck, bell, bass, _ensemble, drum):
        kept.cache_clear()
