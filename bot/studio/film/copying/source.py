"""What has to be known of a recording before pictures are copied out of it: its stream, and its coded pictures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from bot.codec import h264
from bot.studio.film.playing import pictures

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

TICKS = 90_000
"""Times of copied films are whole numbers of 1/TICKS s."""

_AHEAD = TICKS  # read beyond what is wanted, for pictures are not stored in the order in which they are shown
_MOST_AT_ONCE, _MOST_RATE = 5000, 250  # pictures around a shot, and for every second of it
_FORMATS = ("yuv420p", "yuvj420p")
_MATRICES = (1, 2, 5, 6)  # Rec. 709, not told, and Rec. 601 in its two forms
_OLD = (5, 6)
_BRIGHT = (16, 18)  # the transfers of PQ and HLG
_FULL_RANGE = 2


class NotCopied(Exception):
    """Pictures of this recording cannot be copied.

    `reason` is one of `codec`, `packaging`, `profile`, `interlaced`, `pixels`, `rotated`, `shape`, `colours`, `times`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A recording whose pictures can be copied: its parameter sets, its colour tags, its mean frames a second.

    `colours` are primaries, transfer, matrix and range as H.264 numbers them; `plain` says that they are Rec. 709 or
    not told, so that pictures of other origin may stand beside them.
    """

    parameters: h264.Parameters
    colours: tuple[int, int, int, int]
    rate: Fraction

    @property
    def plain(self) -> bool:
        """Whether players take the colours for Rec. 709."""
        return self.colours[2] not in _OLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A coded picture. `pts` as in the file; `at` is when it is shown, in ticks after the recording's first.

    `anew` says whether decoding can begin at it; None where its bytes are not whole.
    """

    pts: int
    at: int
    anew: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The coded pictures around a shot, in decoding order.

    `end` is when the last of them is over; None if others follow.
    """

    pictures: tuple[Picture, ...]
    end: int | None


def stream_of(container: InputContainer, canvas: tuple[int, int]) -> Stream:
    """Judge a recording for a film of this size. May raise what libav raises.

    Raises:
        NotCopied: the film could not show its pictures as they are.
    """
    stream = container.streams.video[0]
    context = stream.codec_context
    if context.name != "h264":
        raise NotCopied("codec")
    try:
        parameters = h264.read(context.extradata or b"")
    except h264.Unusual as error:
        raise NotCopied(str(error)) from error
    _, first = next(pictures(container, 0.0, 1.0, lambda at: None), (0.0, None))
    if first is None or first.format.name not in _FORMATS:
        raise NotCopied("profile")
    if first.interlaced_frame:
        raise NotCopied("interlaced")
    if first.rotation:
        raise NotCopied("rotated")
    if (stream.sample_aspect_ratio or 1) != 1:
        raise NotCopied("pixels")
    if (first.width, first.height) != canvas:
        raise NotCopied("shape")
    colours = (first.color_primaries, first.color_trc, first.colorspace, first.color_range)
    if colours[2] not in _MATRICES or colours[1] in _BRIGHT or colours[3] == _FULL_RANGE:
        raise NotCopied("colours")
    if stream.time_base is None or not stream.average_rate:
        raise NotCopied("times")
    return Stream(parameters=parameters, colours=colours, rate=stream.average_rate)


def survey(container: InputContainer, known: h264.Parameters, start: int, stop: int) -> Survey:
    """The coded pictures from a key at or before `start` to a little beyond `stop`, in ticks.

    May raise what libav raises.

    Raises:
        NotCopied: the file does not say when its pictures are shown, or has more of them than anybody records.
    """
    stream = container.streams.video[0]
    found: list[Picture] = []
    most = _MOST_AT_ONCE + (stop - start) * _MOST_RATE // TICKS
    container.seek(max(0, start) * 1_000_000 // TICKS + _base(stream) * 1_000_000 // TICKS)
    last = 0
    for packet in container.demux(stream):
        if not packet.size:
            continue
        if packet.pts is None or len(found) > most:
            raise NotCopied("times")
        if _ticks(stream, packet.pts if packet.dts is None else packet.dts) > stop + _AHEAD:
            return Survey(pictures=tuple(found), end=None)
        whole = None if packet.is_corrupt or packet.is_discard else h264.begins_anew(bytes(packet), known)
        at = _ticks(stream, packet.pts)
        found.append(Picture(pts=packet.pts, at=at, anew=whole))
        last = max(last, at + round((packet.duration or 0) * (packet.time_base or 0) * TICKS))
    return Survey(pictures=tuple(found), end=last)


def _base(stream: VideoStream) -> int:
    return round((stream.start_time or 0) * (stream.time_base or Fraction(0)) * TICKS)


def _ticks(stream: VideoStream, pts: int) -> int:
    return round((pts - (stream.start_time or 0)) * (stream.time_base or Fraction(0)) * TICKS)
