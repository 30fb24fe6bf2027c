"""Pictures of a clip from a moment on, whatever the file went through: what is damaged is left out, not fatal."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import av

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from av.container import InputContainer
    from av.video.stream import VideoStream

_RUN_UPS = (0.0, 2.0, 20.0)  # seconds before the wanted moment, until a picture is found that is not later
_CLOSE = 0.2  # seconds before the wanted moment in which every picture is decoded, for they may be out of order
_MISSED = 1.0  # seconds that a clip may be shorter than it says
_HEALED = 30  # pictures without a fault after which the rest is trusted without a new key


def pictures(
    container: InputContainer, wanted: float, grace: float, on_damage: Callable[[float], None]
) -> Generator[tuple[float, av.VideoFrame]]:
    """Decoded pictures and their times in seconds after the first, in order, from a key at or before `wanted` on.

    Of those long before it only the ones are decoded that others need. `grace` is how much later than `wanted` the
    first may be; `on_damage` is told when something had to be left out. May raise what libav raises.
    """
    stream = container.streams.video[0]
    base = float((stream.start_time or 0) * (stream.time_base or 0))
    place = wanted + base + grace
    for back in _RUN_UPS:
        container.seek(max(0, int((place - back) * 1_000_000)))
        found = _sound_ones(container, stream, place - _CLOSE, lambda at: on_damage(at - base))
        first = next(found, None)
        if first is not None and ((first.time or 0.0) <= place or back >= place):
            break
    last = 0.0
    for frame in chain([] if first is None else [first], found):
        last = (frame.time or 0.0) - base
        yield last, frame
    if last < float((stream.duration or 0) * (stream.time_base or 0)) - _MISSED:
        on_damage(last)


def _sound_ones(
    container: InputContainer, stream: VideoStream, close: float, on_damage: Callable[[float], None]
) -> Generator[av.VideoFrame]:
    """Pictures without a fault; behind one with a fault only those from the next key on.

    Before the first good one the faulty are taken: better than none.
    """
    context, healthy, shown, seconds = stream.codec_context, True, False, 0.0
    since = 0
    for packet in _packets(container, stream):
        if packet.pts is not None and packet.time_base is not None:
            seconds = float(packet.pts * packet.time_base)
        context.skip_frame = "NONREF" if packet.size and seconds < close else "DEFAULT"
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            healthy, since = False, 0
            on_damage(seconds)
            continue
        for frame in frames:
            since = 0 if frame.is_corrupt else since + 1
            if frame.is_corrupt:
                healthy = False
                on_damage(seconds)
            elif frame.key_frame or since > _HEALED:
                healthy = True
            if healthy or not shown:
                shown = True
                yield frame


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[av.Packet[VideoStream]]:
    """The packets as far as the container can be read."""
    demuxed = container.demux(stream)
    while True:
        try:
            packet = next(demuxed, None)
        except av.error.InvalidDataError:
            return
        if packet is None:
            return
        yield packet
