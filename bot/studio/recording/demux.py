"""The index of any file, by reading all of its packets once: for fragmented MP4, MKV, WEBM, AVI and odd edits."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from bot.studio.recording.listen import step_of
from bot.studio.recording.nals import HEAD, begins_anew
from bot.studio.recording.track import Index, Track, closed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

    from bot.studio.recording.listen import Listener

    AnyPacket = av.Packet[Any]

_MOST_PICTURES = 4_000_000
_PATIENCE = 32  # damaged places after which the rest is given up
_AFTERWARDS = 1_000  # ms behind a damaged packet that are not trusted
_KEY, _ANEW = 1, 2


class _Pictures:
    """What is noted of each packet of the video track, a few bytes each."""

    def __init__(self, codec: str, prefix: int) -> None:
        self._codec, self._prefix = codec, prefix
        self.times, self.sizes, self.flags = array("d"), array("q"), array("b")
        self.damaged: list[float] = []
        self.last = 0  # what the latest packet says it lasts

    def note(self, packet: AnyPacket, time: float) -> None:
        anew: bool | None = False
        if packet.is_keyframe:
            head = bytes(memoryview(packet)[:HEAD])
            anew = begins_anew(self._codec, head, size=packet.size, prefix=self._prefix)
        if packet.is_corrupt or anew is None:
            self.damaged.append(time)
        self.times.append(time)
        self.sizes.append(packet.size)
        self.flags.append(_KEY * packet.is_keyframe + _ANEW * bool(anew))
        self.last = packet.duration or self.last

    def index(self, unit: float) -> Index:
        times, flags = np.array(self.times), np.array(self.flags)
        first = float(times.min(initial=np.inf)) if times.size else 0.0
        times -= first
        keys = (flags & _KEY) > 0
        places = [round(1000 * (time - first)) for time in self.damaged]
        return Index(
            duration=round(1000 * (float(times.max(initial=0)) + self.last * unit)),
            pictures=Track(
                times=times, sizes=np.array(self.sizes), offsets=np.full(times.size, -1, np.int64), keys=keys
            ),
            anew=closed(times, keys) & ((flags & _ANEW) > 0),
            broken=tuple((place, place + _AFTERWARDS) for place in places),
        )


def read_packets(
    container: InputContainer, picture: VideoStream, sound: AudioStream | None, listener: Listener | None, prefix: int
) -> Index:
    """The index of the pictures; the listener hears the sound on the way. For `prefix` see `begins_anew`."""
    streams: list[VideoStream | AudioStream] = [picture] if sound is None else [picture, sound]
    units = {stream.index: float(stream.time_base or 0) for stream in streams}  # fractions are slow, packets many
    base, shown = (picture.start_time or 0) * units[picture.index], picture.index
    pictures = _Pictures(picture.codec_context.name, prefix)
    for packet in _packets(container, streams):
        stamp, stream = packet.pts, packet.stream_index
        stamp = packet.dts if stamp is None else stamp
        if stamp is None or not packet.size or packet.is_discard:
            continue
        time = stamp * units[stream] - base
        if stream == shown:
            pictures.note(packet, time)
            if len(pictures.times) >= _MOST_PICTURES:
                break
        elif listener is not None and listener.wants(step_of(time)):
            listener.feed(packet)
    return pictures.index(units[shown])


def _packets(container: InputContainer, streams: list[VideoStream | AudioStream]) -> Iterator[AnyPacket]:
    """All packets; damaged places are passed by, as long as there is something behind them."""
    for _ in range(_PATIENCE):
        came = False
        try:
            for packet in container.demux(streams):
                came = True
                yield packet
        except (av.error.InvalidDataError, av.error.OSError):
            if came:
                continue
        return
