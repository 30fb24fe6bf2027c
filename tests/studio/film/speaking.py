"""Somebody who speaks, after a fashion, and clips with a sound of one's choice."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE = 48_000
_VOWELS = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410))


def speech(seconds: float, seed: int = 1, pitch: float = 130) -> np.ndarray:
    """Syllables of vowels with gliding pitch, hisses between them, pauses after every few; `(2, samples)`."""
    rng = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * RATE))
    at, number = 0.1, 0
    while at < seconds - 0.4:
        length = rng.uniform(0.13, 0.24)
        said = _syllable(length, pitch * rng.uniform(0.85, 1.2), _VOWELS[rng.integers(len(_VOWELS))], rng)
        start = int(at * RATE)
        sound[start : start + said.size] += said[: sound.size - start]
        number += 1
        at += length + (0.45 if number % 6 == 0 else rng.uniform(0.01, 0.06))
    return np.stack([sound, sound]).astype(np.float32) / np.abs(sound).max() * 0.5


def _syllable(length: float, pitch: float, vowel: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    at = np.arange(int(length * RATE)) / RATE
    glide = pitch * (1 + rng.choice([-1, 1]) * rng.uniform(0.12, 0.3) * at / length)
    phase = 2 * np.pi * np.cumsum(glide) / RATE
    voice = np.zeros_like(at)
    for number in range(1, 26):
        strength = sum(1 / (1 + ((number * pitch - formant) / 110) ** 2) for formant in vowel) + 0.02
        voice += strength / number**0.5 * np.sin(number * phase)
    hiss = np.convolve(0.5 * rng.standard_normal(at.size) * (at < 0.03), np.hanning(20) / 10, "same")
    return (voice + hiss) * np.sin(np.pi * at / length) ** 0.6


def sounding_clip(path: Path, sound: np.ndarray, *, fps: int = 25) -> Path:
    """A grey clip as long as its sound, with a keyframe only every two seconds."""
    with av.open(path, "w") as container:
        video = container.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "g": str(2 * fps)})
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        audio = container.add_stream("aac", rate=RATE, layout="stereo")
        for number in range(sound.shape[1] * fps // RATE):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        for start in range(0, sound.shape[1], 1024):
            block = np.ascontiguousarray(sound[:, start : start + 1024], dtype=np.float32)
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
    return path
