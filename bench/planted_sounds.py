"""Sounds of planted events and of what is none. The first half is for tuning, the second for measuring only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

RATE = 48_000
Samples = np.ndarray
Maker = Callable[[float, np.random.Generator], Samples]
_TABLE = 4096


def _count(seconds: float) -> int:
    return int(seconds * RATE)


def _noise(seconds: float, rng: np.random.Generator, low: float, high: float, slope: float = 0.0) -> Samples:
    """Noise between two frequencies, falling by `slope` times 6 dB in each octave."""
    count = _count(seconds)
    spectrum = np.fft.rfft(rng.standard_normal(count).astype(np.float32))
    bins = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 1)
    spectrum *= (1 / (1 + (low / bins) ** 4) / (1 + (bins / high) ** 4) / (bins / 1000) ** slope).astype(np.float32)
    made = np.fft.irfft(spectrum, count)
    return made / (np.abs(made).max() + 1e-9)


def _swell(seconds: float, rise: float, fall: float) -> Samples:
    at = np.linspace(0, seconds, _count(seconds))
    return np.minimum(1, at / rise) * np.minimum(1, (seconds - at) / fall)


def _pulses(seconds: float, rng: np.random.Generator, rate: float, pulse: Samples) -> Samples:
    """A pulse at random instants, `rate` a second."""
    clicks = np.zeros(_count(seconds))
    at = rng.integers(0, clicks.size, int(rate * seconds))
    np.add.at(clicks, at, rng.uniform(0.3, 1, at.size))
    size = clicks.size + pulse.size
    made = np.fft.irfft(np.fft.rfft(clicks, size) * np.fft.rfft(pulse, size), size)[: clicks.size]
    return made / (np.abs(made).max() + 1e-9)


def _said(seconds: float, rng: np.random.Generator, pitch: float, formants: tuple[tuple[int, ...], ...]) -> Samples:
    """Syllables with a gliding pitch, and pauses after every few."""
    made = np.zeros(_count(seconds))
    at, number = 0.05, 0
    while at < seconds - 0.3:
        lasts = float(rng.uniform(0.12, 0.26))
        time = np.arange(int(lasts * RATE)) / RATE
        glide = pitch * rng.uniform(0.8, 1.25) * (1 + rng.uniform(-0.3, 0.3) * time / lasts)
        phase = 2 * np.pi * np.cumsum(glide) / RATE
        vowel = formants[int(rng.integers(len(formants)))]
        voice = sum(
            (sum(1 / (1 + ((number * pitch - f) / 120) ** 2) for f in vowel) + 0.02) * np.sin(number * phase)
            for number in range(1, 22)
        )
        start = int(at * RATE)
        part = made[start : start + time.size]
        part += (voice * np.sin(np.pi * time / lasts) ** 0.6)[: part.size]
        number += 1
        at += lasts + (float(rng.uniform(0.4, 0.8)) if number % 7 == 0 else float(rng.uniform(0.02, 0.07)))
    return made / (np.abs(made).max() + 1e-9)


def roar(seconds: float, rng: np.random.Generator) -> Samples:
    """A crowd as noise that swells."""
    return _noise(seconds, rng, 350, 3200, 0.4) * _swell(seconds, 0.6, 2.0)


def applause(seconds: float, rng: np.random.Generator) -> Samples:
    """Many short claps of one kind."""
    time = np.arange(int(0.02 * RATE)) / RATE
    clap = rng.standard_normal(time.size) * np.exp(-time / 0.004)
    return np.clip(_pulses(seconds, rng, 300, clap) * 2, -1, 1) * _swell(seconds, 0.8, 1.5)


def announcer(seconds: float, rng: np.random.Generator) -> Samples:
    """Somebody who speaks loudly."""
    return _said(seconds, rng, 125, ((730, 1090, 2440), (270, 2290, 3010), (530, 1840, 2480)))


def slam(seconds: float, rng: np.random.Generator) -> Samples:
    """A door."""
    time = np.arange(_count(min(seconds, 0.5))) / RATE
    return rng.standard_normal(time.size) * np.exp(-time / 0.08) * 0.9


def chords(seconds: float, rng: np.random.Generator) -> Samples:
    """Music that stands still."""
    time = np.arange(_count(seconds)) / RATE
    tones = 220 * 2 ** (np.array([0, 4, 7, 12, 16]) / 12) * rng.uniform(0.9, 1.1)
    made = sum(np.sin(2 * np.pi * tone * time * k) / k for tone in tones for k in (1, 2, 3, 4))
    return made / np.abs(made).max() * _swell(seconds, 0.05, 0.3)


def murmur(seconds: float, rng: np.random.Generator) -> Samples:
    """Quiet noise that comes and goes."""
    at = np.linspace(0, seconds, _count(seconds))
    return np.resize(_noise(11, rng, 150, 2500, 0.8), at.size) * (1 + 0.4 * np.sin(2 * np.pi * at / 17))


def voices(seconds: float, rng: np.random.Generator) -> Samples:
    """A crowd as seventy detuned voices that shout vowels, each in its own time."""
    count = _count(seconds)
    time = np.arange(count) / RATE
    made = np.zeros(count)
    ramp = np.linspace(0, 2 * np.pi, _TABLE, endpoint=False)
    for _ in range(70):
        pitch = float(rng.uniform(110, 420))
        centre = float(rng.uniform(600, 1600))
        table = sum(
            np.sin(k * ramp + rng.uniform(0, 6.3)) / (1 + ((k * pitch - centre) / 350) ** 2) + 0.01 * np.sin(k * ramp)
            for k in range(1, 12)
        )
        wobble = np.cumsum(pitch * (1 + 0.05 * np.sin(2 * np.pi * rng.uniform(3, 7) * time + rng.uniform(0, 6))))
        place = (wobble / RATE * _TABLE + rng.uniform(0, _TABLE)).astype(np.int64) % _TABLE
        begins = float(rng.uniform(0, 0.8))
        made += (
            table[place]
            * np.clip((time - begins) / 0.3, 0, 1)
            * (0.6 + 0.4 * np.sin(2 * np.pi * time * rng.uniform(0.3, 1.5)))
        )
    return made / np.abs(made).max() * _swell(seconds, 0.5, 1.5)


def claps_and_whistles(seconds: float, rng: np.random.Generator) -> Samples:
    """Claps of many kinds that thin out, and people who whistle."""
    made = np.zeros(_count(seconds))
    for _ in range(6):
        time = np.arange(int(0.03 * RATE)) / RATE
        ring = np.sin(2 * np.pi * rng.uniform(700, 2400) * time) + 0.7 * rng.standard_normal(time.size)
        made += _pulses(seconds, rng, float(rng.uniform(25, 60)), ring * np.exp(-time / rng.uniform(0.003, 0.009)))
    time = np.arange(made.size) / RATE
    for _ in range(3):
        begins, tone = float(rng.uniform(0, seconds - 1)), float(rng.uniform(1800, 3200))
        inside = (time > begins) & (time < begins + 0.6)
        made += 0.4 * inside * np.sin(2 * np.pi * (tone * time + 150 * np.sin(2 * np.pi * 2 * time)))
    return made / np.abs(made).max() * _swell(seconds, 0.4, 2.5)


def shouting(seconds: float, rng: np.random.Generator) -> Samples:
    """One person who shouts, higher and rougher than the announcer."""
    made = _said(seconds, rng, 260, ((850, 1200, 2800), (400, 2000, 2550), (500, 900, 2700)))
    return np.tanh(3 * made)


def knocks(seconds: float, rng: np.random.Generator) -> Samples:
    """Something heavy that falls, twice."""
    time = np.arange(_count(min(seconds, 0.9))) / RATE
    made = np.zeros(time.size)
    for begins in (0.0, 0.45):
        after = np.maximum(time - begins, 0)
        made += (
            (time >= begins) * np.exp(-after / 0.06) * (np.sin(2 * np.pi * 90 * after) + rng.standard_normal(time.size))
        )
    return made / np.abs(made).max()


def drums(seconds: float, rng: np.random.Generator) -> Samples:
    """A beat with a bass: noise bursts that are no applause."""
    time = np.arange(_count(seconds)) / RATE
    beat = time % 0.5
    snare = rng.standard_normal(time.size) * np.exp(-((time + 0.25) % 0.5) / 0.05)
    kick = np.sin(2 * np.pi * 60 * beat) * np.exp(-beat / 0.1)
    bass = np.sign(np.sin(2 * np.pi * 110 * time)) * 0.3
    made = kick + 0.6 * snare + bass
    return made / np.abs(made).max() * _swell(seconds, 0.02, 0.2)


def siren(seconds: float, _: np.random.Generator) -> Samples:
    """A tone that goes up and down."""
    time = np.arange(_count(seconds)) / RATE
    return np.sin(2 * np.pi * (900 * time - 200 / (2 * np.pi * 0.7) * np.cos(2 * np.pi * 0.7 * time)))


def wind(seconds: float, rng: np.random.Generator) -> Samples:
    """Gusts."""
    marks = np.arange(0, seconds + 2, 1.5)
    gusts = np.interp(np.arange(_count(seconds)) / RATE, marks, rng.uniform(0.2, 1, marks.size))
    return np.resize(_noise(13, rng, 40, 600, 1.0), gusts.size) * gusts


def hum(seconds: float, rng: np.random.Generator) -> Samples:
    """A hall: mains, air conditioning."""
    time = np.arange(_count(10)) / RATE
    tones = sum(np.sin(2 * np.pi * 50 * k * time) / k for k in (1, 2, 3, 5))
    return np.resize(0.3 * tones + 0.7 * _noise(10, rng, 100, 1500, 0.5), _count(seconds))
