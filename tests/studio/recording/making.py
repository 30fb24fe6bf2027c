"""Small recordings of every kind that comes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

FPS = 10
RATE = 48_000


def film(
    path: Path,
    codec: str = "libx264",
    *,
    seconds: int = 8,
    size: tuple[int, int] = (64, 48),
    group: int = 15,
    options: Mapping[str, str] | None = None,
    muxer: Mapping[str, str] | None = None,
    sounds: int = 1,
    stamps: Iterator[int] | None = None,
    blank: range = range(0),
) -> Path:
    """A film of moving noise with `sounds` tones; `stamps` are the pictures' times in hundredths of a second.

    In the seconds of `blank` nothing is to be seen.
    """
    rng = np.random.default_rng(1)
    ground = rng.integers(0, 255, size[::-1], dtype=np.uint8)
    with av.open(path, "w", container_options=dict(muxer or {})) as container:
        picture = container.add_stream(codec, rate=FPS, options=dict(options or {}))
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        picture.codec_context.time_base = Fraction(1, 100)
        picture.gop_size = group
        codec_of_sound = {".webm": "libopus", ".avi": "libmp3lame"}.get(path.suffix, "aac")
        voices = [container.add_stream(codec_of_sound, rate=RATE, layout="stereo") for _ in range(sounds)]
        for number in range(seconds * FPS):
            shown = av.VideoFrame.from_ndarray(_drawn(ground, number, blank), format="gray").reformat(format="yuv420p")
            shown.time_base, shown.pts = Fraction(1, 100), number * 10 if stamps is None else next(stamps)
            container.mux(picture.encode(shown))
        container.mux(picture.encode(None))
        for number, voice in enumerate(voices):
            at = np.arange(seconds * RATE) / RATE
            tone = (0.1 * np.sin(2 * np.pi * 300 * (number + 1) * at)).astype(np.float32)
            for start in range(0, tone.size - 1152, 1152):
                block = np.stack([tone[start : start + 1152]] * 2)
                kind = voice.codec_context.format.name
                frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
                frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
                for piece in av.AudioResampler(format=kind, layout="stereo", rate=RATE).resample(frame):
                    container.mux(voice.encode(piece))
            container.mux(voice.encode(None))
    return path


def _drawn(ground: np.ndarray, number: int, blank: range) -> np.ndarray:
    return np.full_like(ground, 20) if number // FPS in blank else np.roll(ground, number * 2, 1)


def decoded_keys(path: Path) -> list[int]:
    """When the keyframes of a film are shown (ms from its first picture), by decoding it whole."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        frames = [(frame.time, frame.key_frame) for frame in container.decode(stream)]
    first = min(time for time, _ in frames)
    return [round(1000 * (time - first)) for time, key in frames if key]
