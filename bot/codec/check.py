"""Can this file be used? Decodes what it takes to find out, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av

from bot.codec.decoding import decoding
from bot.codec.errors import Unreadable
from bot.codec.photo import MAX_PIXELS, is_photo, read_head
from bot.codec.probe import duration_ms
from bot.codec.still import read_rgb

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

_GLANCE_S = 1.0
_SLACK_S = 2.5  # how far before the announced end the last frame may lie: audio often outlasts the picture


def check(path: Path, max_pixels: int = MAX_PIXELS) -> None:
    """Decode a photo whole (reduced where the format allows), or the first and last second of a clip or song.

    Raises:
        Unreadable: with a reason that can be told: `truncated`, `damaged`, `unknown-format`, ...
        TooManyPixels: a photo above `max_pixels`.
    """
    if is_photo(read_head(path)):
        read_rgb(path, 256, max_pixels)
        return
    with decoding(), _opened(path) as container:
        streams: list[VideoStream | AudioStream] = [*container.streams.video[:1]] or [*container.streams.audio[:1]]
        if not streams:
            raise Unreadable("no-picture")
        total = duration_ms(container) / 1000
        if _last_time(container, streams[0], until=_GLANCE_S) is None:
            raise Unreadable("no-picture" if streams[0].type == "video" else "no-sound")
        if total > 2 * _GLANCE_S:
            container.seek(int((total - _GLANCE_S) * 1_000_000))
            last = _last_time(container, streams[0], until=None)
            if last is None or last < total - _SLACK_S:
                raise Unreadable("truncated")


def _opened(path: Path) -> InputContainer:
    try:
        return av.open(path)
    except av.error.InvalidDataError as error:
        raise Unreadable("unknown-format" if error.filename is None else "damaged") from error


def _last_time(container: InputContainer, stream: VideoStream | AudioStream, until: float | None) -> float | None:
    """Decode on from here and say when the last frame before `until` (seconds) is shown; None without any frame."""
    last: float | None = None
    start = float((stream.start_time or 0) * (stream.time_base or 0))
    for frame in (frame for packet in container.demux(stream) for frame in packet.decode()):
        if not isinstance(frame, av.VideoFrame | av.AudioFrame):
            continue
        at = (frame.time or 0.0) - start
        last = at if last is None else max(last, at)
        if until is not None and at >= until:
            break
    return last
