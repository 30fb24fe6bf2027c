"""Recordings whose every picture says its number, with flashes and clicks at the same moments; and reels of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from tests.studio.film.making import draft

RATE = 48_000
BITS = 12


def recording(
    path: Path,
    seconds: float,
    *,
    size: tuple[int, int] = (192, 108),
    fps: int = 30,
    params: str = "keyint=30:min-keyint=10:bframes=2:b-pyramid=none",
    codec: str = "libx264",
    times: Sequence[int] | None = None,
    every: float = 1.0,
    sound: bool = True,
    shade: int = 0,
    tags: str = "colorprim=bt709:transfer=bt709:colormatrix=bt709",
    **options: str,
) -> Path:
    """`times` are those of the pictures in 1/90000 s; there is a flash and a click at every whole `every` seconds."""
    moments = times if times is not None else [round(number * 90_000 / fps) for number in range(round(seconds * fps))]
    flashes = [round(number * every * 90_000) for number in range(round(seconds / every))]
    with av.open(path, "w", options=options) as out:
        video = out.add_stream(codec, rate=fps, width=size[0], height=size[1])
        video.codec_context.time_base = Fraction(1, 90_000 if codec == "libx264" else 30_000)
        if codec == "libx264":
            video.options = {"preset": "veryfast", "crf": "18", "x264-params": f"{params}:{tags}:scenecut=0:threads=1"}
        voice = out.add_stream("aac", rate=RATE, layout="stereo") if sound else None
        for number, moment in enumerate(moments):
            lit = any(abs(moment - flash) < 45_000 / fps for flash in flashes)
            frame = av.VideoFrame.from_ndarray(picture(number, size, lit=lit, shade=shade), format="yuv420p")
            frame.pts, frame.time_base = moment, Fraction(1, 90_000)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if voice is not None:
            for block in _blocks(clicks(seconds, every)):
                out.mux(voice.encode(block))
            out.mux(voice.encode(None))
    return path


def picture(number: int, size: tuple[int, int], *, lit: bool = False, shade: int = 0) -> np.ndarray:
    """I420: twelve fields that are the number's bits, below them something that moves, and a frame that may flash."""
    width, height = size
    luma = np.full((height, width), 60 + shade, np.uint8)
    luma[height // 2 :] += ((np.arange(width) + 3 * number) % 64).astype(np.uint8)
    for bit in range(BITS):
        left = width * bit // BITS
        luma[: height // 3, left : width * (bit + 1) // BITS] = 180 if number >> bit & 1 else 40
    if lit:
        luma[height // 3 : height // 2] = 235
    return np.vstack([luma, np.full((height // 2, width), 118 + shade % 20, np.uint8)])


def number_of(luma: np.ndarray) -> int:
    """Which picture it is; what is between two bits is guessed."""
    height, width = luma.shape
    fields = [luma[4 : height // 3 - 4, width * bit // BITS + 4 : width * (bit + 1) // BITS - 4] for bit in range(BITS)]
    return sum((field.mean() > 110) << bit for bit, field in enumerate(fields))


def is_lit(luma: np.ndarray) -> bool:
    height = luma.shape[0]
    return bool(luma[height // 3 + 3 : height // 2 - 3].mean() > 180)


def clicks(seconds: float, every: float) -> np.ndarray:
    """A soft hum, and a burst of a hundredth of a second at every whole `every` seconds."""
    at = np.arange(round(seconds * RATE))
    sound = 0.01 * np.sin(2 * np.pi * 200 * at / RATE)
    for number in range(round(seconds / every)):
        first = round(number * every * RATE)
        length = min(RATE // 100, at.size - first)
        sound[first : first + length] += 0.6 * np.sin(2 * np.pi * 3000 * np.arange(length) / RATE)
    return np.stack([sound, sound]).astype(np.float32)


def _blocks(sound: np.ndarray) -> list[av.AudioFrame]:
    found = []
    for start in range(0, sound.shape[1], 1024):
        block = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[:, start : start + 1024]), format="fltp")
        block.sample_rate, block.pts, block.time_base = RATE, start, Fraction(1, RATE)
        found.append(block)
    return found


def shot(asset: str, start: int, ms: int, **meta: Any) -> dict[str, Any]:
    return {"d": ms, "m": {"title": asset, "asset": asset, "kind": "video", "in": start, "sound": "keep", **meta}}


def reel(
    places: Sequence[tuple[str, int, int]],
    *,
    transition: str = "crossfade",
    td: int = 500,
    size: tuple[int, int] = (192, 108),
    **more: Any,
) -> dict[str, Any]:
    """A draft of stretches `(asset, from, to)` in ms, as they are alone on the screen: transitions are around them."""
    half = 0 if transition == "cut" else td // 2
    shots = [
        shot(asset, max(0, start - half), stop + half - max(0, start - half), transition=transition, td=td)
        for asset, start, stop in places
    ]
    return draft(shots, size=size, **more)
