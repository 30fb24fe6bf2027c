"""Drums and what else is struck or shaken."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bot.studio.film.music.tone import RATE, Sound, both, edges, shaped, time

_NOISE = {
    # low and high edge in Hz, length, life and attack in seconds, width of the picture
    "snare": (900, 6500, 0.28, 0.07, 0.001, 0.25),
    "brush": (700, 3800, 0.3, 0.09, 0.004, 0.3),
    "clap": (900, 4200, 0.3, 0.075, 0.001, 0.5),
    "rim": (1500, 3600, 0.09, 0.016, 0.0008, 0.2),
    "hat": (7000, 14_000, 0.09, 0.018, 0.001, 0.3),
    "open": (6000, 13_000, 0.35, 0.09, 0.001, 0.4),
    "shaker": (4500, 11_000, 0.12, 0.028, 0.016, 0.5),
    "crash": (3000, 12_000, 2.6, 0.75, 0.002, 0.9),
    "swell": (2500, 11_000, 2.0, -0.6, 0.3, 0.9),
}
_SKINS = {
    # pitch at the stroke and after it in Hz, time to settle, life, attack in seconds, loudness of the stick
    "kick": (150.0, 46.0, 0.028, 0.15, 0.002, 0.06),
    "heart": (95.0, 46.0, 0.05, 0.16, 0.002, 0.0),
    "thump": (110.0, 48.0, 0.03, 0.13, 0.003, 0.03),
    "taiko": (118.0, 62.0, 0.05, 0.34, 0.002, 0.07),
    "tom": (190.0, 112.0, 0.04, 0.2, 0.002, 0.05),
    "conga": (330.0, 262.0, 0.012, 0.09, 0.002, 0.05),
}
NAMES = frozenset({*_NOISE, *_SKINS})
"""Every stroke that a score may ask for."""


@lru_cache(maxsize=64)
def drum(name: str, variant: int = 0) -> Sound:
    """One stroke of a member of NAMES; variants differ as two strokes of one player do."""
    rng = np.random.default_rng(variant * 97 + sum(map(ord, name)))
    return _skin(name, rng) if name in _SKINS else _noise(name, rng)


def _noise(name: str, rng: np.random.Generator) -> Sound:
    low, high, seconds, life, attack, width = _NOISE[name]
    at = time(seconds)
    shared, own = rng.standard_normal(at.size), rng.standard_normal((2, at.size))
    envelope = np.exp(-at / life) if life > 0 else np.exp((at - seconds) / -life)
    envelope *= edges(at.size, attack, 0.9 if name == "crash" else 0.02)
    if name == "clap":
        for late in (0.009, 0.019):
            envelope += 0.7 * np.where(at > late, np.exp(-(at - late) / 0.012), 0)
    sides = [shaped(shared * (1 - width) + side * width, low, high) * envelope for side in own]
    sound = np.stack(sides) * 0.3
    if name == "snare":
        sound += 0.35 * np.sin(2 * np.pi * 185 * at) * np.exp(-at / 0.05) * edges(at.size, 0.001, 0.02)
    return sound.astype(np.float32)


def _skin(name: str, rng: np.random.Generator) -> Sound:
    start, rest, settle, life, attack, stick = _SKINS[name]
    at = time(max(0.45, 3.2 * life))
    frequency = rest + (start - rest) * np.exp(-at / settle)
    body = np.sin(2 * np.pi * np.cumsum(frequency) / RATE) * np.exp(-at / life)
    click = shaped(rng.standard_normal(at.size), 1200, 5000) * np.exp(-at / 0.003) * stick
    tone = np.tanh(1.4 * (body + click)) * edges(at.size, attack, 0.08) * 0.9
    return both(tone.astype(np.float32))
