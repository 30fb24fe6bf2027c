"""What delivery needs to know and show of a finished MP4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
import numpy as np
from PIL import Image

from bot.codec.decoding import decoding
from bot.codec.errors import TooBig, Unreadable
from bot.codec.hdr import Rec709
from bot.codec.planes import AREA, Planes, plane_view, resize, to_rgb
from bot.codec.probe import duration_ms, upright_size

if TYPE_CHECKING:
    from pathlib import Path

    from bot.codec.planes import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Movie:
    """A video file's facts. `size` is in bytes; `audio_codec` is None for a silent file without a track."""

    width: int
    height: int
    duration_ms: int
    fps: float
    video_codec: str
    pixel_format: str
    audio_codec: str | None
    faststart: bool
    size: int


def inspect(path: Path) -> Movie:
    """Read the facts of a video file.

    Raises:
        Unreadable: no video that can be decoded.
    """
    with decoding(), av.open(path) as container:
        if not container.streams.video:
            raise Unreadable("no-picture")
        stream = container.streams.video[0]
        width, height = upright_size(container, stream)
        audio = container.streams.audio
        return Movie(
            width=width,
            height=height,
            duration_ms=duration_ms(container),
            fps=float(stream.average_rate or 0),
            video_codec=stream.codec_context.name,
            pixel_format=stream.codec_context.pix_fmt or "",
            audio_codec=audio[0].codec_context.name if audio else None,
            faststart=_index_first(path),
            size=path.stat().st_size,
        )


def posters(path: Path, *, thumbnail: Path, cover: Path) -> None:
    """Write a frame a third of the way in, upright, as JPEG: one of 320 pixels and 200 kB, one of 1,920 and 1 MB.

    Raises:
        Unreadable: no video that can be decoded.
        TooBig: no quality is small enough.
    """
    picture = frame_at(path, 1 / 3)
    _still(picture, thumbnail, long_side=320, max_bytes=200_000)
    _still(picture, cover, long_side=1920, max_bytes=1_000_000)


def _still(picture: Array, target: Path, *, long_side: int, max_bytes: int) -> None:
    scale = min(1.0, long_side / max(picture.shape[:2]))
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    image = Image.fromarray(resize(picture, size, AREA))
    for quality in (88, 75, 60, 40, 20):
        image.save(target, "JPEG", quality=quality, optimize=True)
        if target.stat().st_size <= max_bytes:
            return
    target.unlink()
    raise TooBig(f"no picture fits {max_bytes} bytes")


def frame_at(path: Path, share: float) -> Array:
    """One frame, upright sRGB, at a `share` of the length. Raises Unreadable."""
    with decoding(), av.open(path) as container:
        if not container.streams.video:
            raise Unreadable("no-picture")
        wanted = duration_ms(container) * share / 1000
        container.seek(int(wanted * 1_000_000))
        chosen: av.VideoFrame | None = None
        for frame in container.decode(container.streams.video[0]):
            chosen = frame
            if (frame.time or 0.0) >= wanted:
                break
        if chosen is None:
            raise Unreadable("no-picture")
        plain = Rec709().of(chosen)
        rgb = to_rgb(Planes(y=plane_view(plain, 0), u=plane_view(plain, 1), v=plane_view(plain, 2)))
        return np.ascontiguousarray(np.rot90(rgb, chosen.rotation // 90 % 4))


def _index_first(path: Path) -> bool:
    """Whether the index (`moov`) comes before the data (`mdat`), so that players can start while downloading."""
    with path.open("rb") as file:
        while len(head := file.read(16)) >= 8:
            length, kind = int.from_bytes(head[:4], "big"), head[4:8]
            if kind in {b"moov", b"mdat"}:
                return kind == b"moov"
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            if length < 8:
                break
            file.seek(length - len(head), 1)
    return False
