"""A look at one keyframe of each candidate: whether it can be decoded, and whether there is anything on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

import av
import numpy as np

from bot.studio.analyse.fingerprint import hashed
from bot.studio.recording.spans import Span, holds, merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from av.container import InputContainer
    from av.video.stream import VideoStream

    from bot.codec.planes import Array
    from bot.studio.recording.model import Recording

_MOST_KEYS = 16  # 20 ms each at 1080p
_SIZE = (64, 36)
_FLAT = 3.0  # levels of luma by which a picture differs from its mean, without noise
_LATE = 2.0  # seconds behind the wanted key at which another one is somewhere else


def with_pictures(
    recording: Recording, candidates: Sequence[Span], container: InputContainer, picture: VideoStream, base: float
) -> Recording:
    """The recording with what the middles of the first candidates look like, if they can be decoded and show anything.

    `base` is when the first picture is shown, in seconds of the container's time.
    """
    broken, blank, looks = list(recording.broken), list(recording.blank), dict[int, str]()
    picture.thread_type = "SLICE"
    for start, stop in candidates[:_MOST_KEYS]:
        key = _key(recording.keys, (start + stop) // 2, start)
        if key is None:
            continue
        after = bisect_right(recording.keys, key)
        group = key, recording.keys[after] if after < len(recording.keys) else recording.duration
        try:
            luma = _luma(container, picture, key / 1000 + base)
        except (av.error.FFmpegError, ValueError):
            broken.append(group)
            continue
        if luma is not None and float(np.std(luma)) < _FLAT:
            blank.append(group)
        elif luma is not None:
            looks[key] = hashed(luma)[0]
    broken = merged(broken)
    keys = tuple(key for key in recording.keys if not holds(broken, key))
    seen = tuple(sorted(looks.items()))
    return replace(recording, keys=keys, broken=tuple(broken), blank=tuple(merged(blank)), looks=seen)


def _key(keys: Sequence[int], middle: int, start: int) -> int | None:
    """The last key before the middle of a candidate that is in it."""
    place = bisect_right(keys, middle)
    return keys[place - 1] if place > bisect_left(keys, start) else None


def _luma(container: InputContainer, picture: VideoStream, time: float) -> Array | None:
    """The luma of the keyframe at a time, small; None where no such frame is found.

    Raises:
        FFmpegError: it cannot be decoded.
    """
    container.seek(max(0, round(time * 1_000_000) + 1000))
    for packet in container.demux(picture):
        at = packet.pts if packet.pts is not None else packet.dts
        if at is None or packet.time_base is None or float(at * packet.time_base) > time + _LATE:
            return None
        if not packet.is_keyframe or abs(float(at * packet.time_base) - time) > 1e-2:
            continue
        decoder = picture.codec_context
        frames = decoder.decode(packet) or decoder.decode(None)
        decoder.flush_buffers()
        if not frames:
            raise av.error.InvalidDataError(0, "no picture in a keyframe")
        return np.asarray(frames[0].reformat(*_SIZE, format="gray").to_ndarray(), dtype=np.uint8)
    return None
