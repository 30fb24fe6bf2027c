"""Drafts, and films read back frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np


def photo(asset: str, ms: int, **meta: Any) -> dict[str, Any]:
    return {"d": ms, "m": {"title": asset, "asset": asset, "kind": "photo", **meta}}


def words(text: str, start: int, ms: int, style: str = "title") -> dict[str, Any]:
    return {"s": start, "d": ms, "m": {"title": text, "style": style}}


def draft(
    segments: list[dict[str, Any]],
    *,
    size: tuple[int, int] = (320, 180),
    mood: str = "none",
    texts: list[dict[str, Any]] | None = None,
    title: str = "Film",
    **music: Any,
) -> dict[str, Any]:
    total = sum(segment["d"] for segment in segments)
    return {
        "t": [
            {"tt": 0, "sg": segments},
            {"tt": 1, "sg": [{"d": total, "m": {"mood": mood, "seed": 7, **music}}]},
            {"tt": 7, "sg": texts or []},
        ],
        "d": total,
        "m": {"title": title, "width": size[0], "height": size[1], "fps": 30, "dialect": 1},
    }


@dataclass(frozen=True)
class Watched:
    """A decoded film: luma of every frame `(n, height, width)`, their numbers, sound `(2, samples)`, facts."""

    luma: np.ndarray
    pts: list[int]
    sound: np.ndarray
    facts: dict[str, Any]


def watch(path: Path) -> Watched:
    with av.open(path) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        facts = {
            "codec": video.codec_context.name,
            "profile": video.codec_context.profile,
            "pix_fmt": video.codec_context.pix_fmt,
            "size": (video.codec_context.width, video.codec_context.height),
            "rate": video.average_rate,
            "colour": (video.codec_context.colorspace, video.codec_context.color_range, video.codec_context.color_trc),
            "audio": (audio.codec_context.name, audio.codec_context.sample_rate, audio.codec_context.layout.name),
            "title": container.metadata.get("title"),
            "seconds": container.duration / 1_000_000,
        }
        luma, pts, sound = [], [], []
        step = round(1 / (30 * video.time_base))
        for packet in container.demux():
            for frame in packet.decode():
                if isinstance(frame, av.VideoFrame):
                    plane = frame.planes[0]
                    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
                    luma.append(rows[:, : plane.width].copy())
                    pts.append(frame.pts // step)
                elif isinstance(frame, av.AudioFrame):
                    sound.append(frame.to_ndarray())
    return Watched(luma=np.stack(luma), pts=pts, sound=np.concatenate(sound, axis=1), facts=facts)


def frame_rgb(path: Path, number: int) -> np.ndarray:
    with av.open(path) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index == number:
                return frame.to_ndarray(format="rgb24")
    raise AssertionError(f"no frame {number}")
