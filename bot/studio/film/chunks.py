"""One worker's piece of the film: draw its frames, encode them, hand over the packets."""

from __future__ import annotations

from contextlib import ExitStack
from fractions import Fraction
from itertools import cycle
from typing import TYPE_CHECKING, TypeVar

import av

from bot.codec.encode import in_order, video_encoder
from bot.codec.planes import Planes, plane_view
from bot.studio.film.model import FPS
from bot.studio.film.segments import key_of
from bot.studio.film.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from bot.codec.encode import VideoPacket
    from bot.studio.film.stage import Studio
    from bot.studio.film.timeline import Chunk

Number = TypeVar("Number", int, float)


class Cancelled(Exception):
    """Another worker failed, so this one's frames are not wanted any more."""


def encode_chunk(studio: Studio, chunk: Chunk) -> list[VideoPacket]:
    """Draw and encode the frames of a chunk with an encoder of its own, unless they are kept from another film.

    Raises:
        FilmError: a photo or clip cannot be used.
    """
    segments = studio.segments
    if segments is None:
        return _encoded(studio, chunk)
    key = key_of(studio.film, studio.spans, chunk, studio.assets)
    packets = segments.get(key, chunk.start)
    if packets is None:
        packets = _encoded(studio, chunk)
        segments.put(key, packets, chunk.start)
    else:
        in_order(packets, chunk.start)
        studio.advance(chunk.stop - chunk.start)
    return packets


def _encoded(studio: Studio, chunk: Chunk) -> list[VideoPacket]:
    encoder = video_encoder(studio.film.width, studio.film.height, FPS)
    packets: list[VideoPacket] = []
    for frame in draw_chunk(studio, chunk):
        packets += encoder.encode(frame)
        studio.advance(1)
    packets += encoder.encode(None)
    in_order(packets, chunk.start)
    return packets


def draw_chunk(studio: Studio, chunk: Chunk) -> Generator[av.VideoFrame]:
    """The frames of a chunk in order. Two frames take turns: use each before taking the next."""
    with ExitStack() as stack:
        stage = Stage(studio, chunk.span, chunk.start, stack)
        for number, frame in drawn(studio, stage, range(chunk.start, chunk.stop)):
            frame.time_base, frame.pts = Fraction(1, FPS), number
            yield frame


def drawn(studio: Studio, stage: Stage, numbers: Iterable[Number]) -> Generator[tuple[Number, av.VideoFrame]]:
    """The film's frames with these numbers, which grow. Two frames take turns: use each before taking the next.

    libx264 copies what it is given, so no memory needs to be claimed per frame.
    """
    width, height = studio.film.width, studio.film.height
    frames = cycle([av.VideoFrame(width, height, "yuv420p") for _ in range(2)])
    for number, frame in zip(numbers, frames, strict=False):
        if studio.cancelled.is_set():
            raise Cancelled
        stage.draw(number, Planes(y=plane_view(frame, 0), u=plane_view(frame, 1), v=plane_view(frame, 2)))
        yield number, frame
