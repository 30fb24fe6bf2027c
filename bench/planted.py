"""Recordings with events that are known, because they were put there: two kinds that share no sound and no picture.

What is tuned is tuned on `TUNING`; what is reported is measured on `MEASURING`, whose crowds, distractors, ambience,
pictures and codecs are made in other ways. Neither is a real match: see docs/recordings.md for what that means.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

from bench import planted_pictures, planted_sounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bench.planted_pictures import Painter
    from bench.planted_sounds import Maker, Samples

RATE = 48_000
REACTION = 5.0
"""Seconds that people react for."""
LEAD = 5.0
"""Seconds of what they react to; the event is both."""
_FPS = 10
_APART = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How recordings of one kind are made. Sounds are functions of length and generator."""

    crowds: tuple[Maker, ...]
    distractors: tuple[Maker, ...]
    ambience: tuple[Maker, ...]
    painters: tuple[Painter, ...]
    codecs: tuple[tuple[str, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A recording on disk: `events` and `distractors` as (start, stop) in seconds."""

    path: Path
    seconds: float
    events: tuple[tuple[float, float], ...]
    distractors: tuple[tuple[float, float], ...]


X264: tuple[str, Mapping[str, str]] = ("libx264", {"preset": "ultrafast", "crf": "30"})
X265: tuple[str, Mapping[str, str]] = ("libx265", {"preset": "ultrafast", "crf": "30", "x265-params": "log-level=none"})
VP9: tuple[str, Mapping[str, str]] = ("libvpx-vp9", {"deadline": "realtime", "cpu-used": "8", "crf": "40", "b": "0"})
AV1: tuple[str, Mapping[str, str]] = ("libsvtav1", {"preset": "12", "crf": "45"})
MPEG4: tuple[str, Mapping[str, str]] = ("mpeg4", {"qscale": "6"})

TUNING = Style(
    crowds=(planted_sounds.roar, planted_sounds.applause),
    distractors=(planted_sounds.announcer, planted_sounds.slam, planted_sounds.chords),
    ambience=(planted_sounds.murmur,),
    painters=(planted_pictures.discs,),
    codecs=(X264,),
)
MEASURING = Style(
    crowds=(planted_sounds.voices, planted_sounds.claps_and_whistles),
    distractors=(planted_sounds.shouting, planted_sounds.knocks, planted_sounds.drums, planted_sounds.siren),
    ambience=(planted_sounds.wind, planted_sounds.hum),
    painters=(planted_pictures.bars, planted_pictures.grain),
    codecs=(X264, X265, MPEG4),
)


def plant(
    path: Path,
    style: Style,
    seed: int,
    *,
    seconds: int = 240,
    events: int = 3,
    gain: float = 0.0,
    group: float = 2.0,
    size: tuple[int, int] = (160, 90),
    codec: tuple[str, Mapping[str, str]] | None = None,
) -> Planted:
    """Make a recording. What is in it follows from style, seed, length and events; the rest is how it is stored.

    `gain` is in dB, `group` how many seconds lie between keyframes.
    """
    rng = np.random.default_rng(seed)
    loud = [(float(at), float(at) + REACTION) for at in _times(rng, seconds, events)]
    others = [(at, at + float(rng.uniform(1, 6))) for at in _between(rng, loud, seconds)]
    sound = _sound(style, rng, seconds, loud, others) * 10 ** (gain / 20)
    paint = style.painters[seed % len(style.painters)]
    frames = paint(rng, seconds * _FPS, [(a - LEAD, b - 1) for a, b in loud], _FPS)
    _write(path, frames, sound, codec or style.codecs[seed % len(style.codecs)], round(group * _FPS), size)
    return Planted(
        path=path,
        seconds=float(seconds),
        events=tuple((start - LEAD, stop) for start, stop in loud),
        distractors=tuple(others),
    )


def _times(rng: np.random.Generator, seconds: int, count: int) -> list[float]:
    """When reactions begin: one in each part of the recording."""
    part = (seconds - 2 * LEAD - REACTION) / count
    return [LEAD * 1.5 + number * part + float(rng.uniform(0.2, 0.7)) * (part - REACTION) for number in range(count)]


def _between(rng: np.random.Generator, loud: list[tuple[float, float]], seconds: int) -> list[float]:
    """When something happens that is no event, away from all of them."""
    tries = rng.uniform(3, seconds - 8, 200)
    found: list[float] = []
    for at in tries.tolist():
        clear = all(not start - 14 < at < stop + 8 for start, stop in loud)
        if clear and all(abs(at - other) > 12 for other in found) and len(found) < 2 * len(loud) + 1:
            found.append(at)
    return sorted(found)


def _sound(
    style: Style,
    rng: np.random.Generator,
    seconds: int,
    loud: list[tuple[float, float]],
    others: list[tuple[float, float]],
) -> Samples:
    sound = style.ambience[int(rng.integers(len(style.ambience)))](float(seconds), rng) * 0.02
    for number, (start, stop) in enumerate(loud):
        made = style.crowds[number % len(style.crowds)](stop - start, rng) * float(rng.uniform(0.12, 0.2))
        _mix(sound, made, start)
    for number, (start, stop) in enumerate(others):
        made = style.distractors[number % len(style.distractors)](stop - start, rng) * float(rng.uniform(0.12, 0.25))
        _mix(sound, made, start)
    return np.clip(sound, -1, 1)


def _mix(sound: Samples, made: Samples, start: float) -> None:
    at = int(start * RATE)
    part = sound[at : at + made.size]
    part += made[: part.size]


def _write(
    path: Path,
    frames: np.ndarray,
    sound: Samples,
    codec: tuple[str, Mapping[str, str]],
    group: int,
    size: tuple[int, int],
) -> None:
    with av.open(path, "w") as container:
        picture = container.add_stream(codec[0], rate=_FPS, options={**codec[1], "g": str(group)})
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        picture.gop_size = group
        kind, length, options = ("libopus", 960, {}) if path.suffix == ".webm" else ("aac", 1024, {"aac_coder": "fast"})
        voice = container.add_stream(kind, rate=RATE, layout="mono", options=options)
        blocks = iter(range(0, sound.size, length))
        for number, frame in enumerate(frames):
            container.mux(picture.encode(_shown(frame, size, number)))
            for start in blocks:
                container.mux(voice.encode(_block(sound, start, length, voice.codec_context.format.name)))
                if start / RATE > number / _FPS:
                    break
        container.mux(picture.encode(None))
        container.mux(voice.encode(None))


def _shown(frame: np.ndarray, size: tuple[int, int], number: int) -> av.VideoFrame:
    grey = np.full((frame.shape[0] // 2, frame.shape[1]), 128, np.uint8)
    shown = av.VideoFrame.from_ndarray(np.concatenate([frame, grey]), format="yuv420p")
    if (shown.width, shown.height) != size:
        shown = shown.reformat(*size)
    shown.pts, shown.time_base = number, Fraction(1, _FPS)
    return shown


def _block(sound: Samples, start: int, length: int, kind: str) -> av.AudioFrame:
    block = np.zeros((1, length), np.float32)
    part = sound[start : start + length]
    block[0, : part.size] = part
    if kind.startswith("s16"):
        frame = av.AudioFrame.from_ndarray((block * 32767).astype(np.int16), format=kind, layout="mono")
    else:
        frame = av.AudioFrame.from_ndarray(block, format=kind, layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
    return frame
