"""One worker's piece of the film: draw its frames, encode them, hand over the packets."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import av
import numpy as np

from bot.codec.encode import in_order, video_encoder
from bot.codec.planes import Planes, plane_view
from bot.studio.film import transitions
from bot.studio.film.blends import fade_to_black
from bot.studio.film.clips import open_clip
from bot.studio.film.model import FPS
from bot.studio.film.photos import MovingPhoto, prepare
from bot.studio.film.segments import key_of
from bot.studio.film.timeline import FADE_IN, FADE_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

    from bot.codec.encode import VideoPacket
    from bot.studio.film.model import Film
    from bot.studio.film.segments import Segments
    from bot.studio.film.timeline import Chunk, Span
    from bot.studio.film.titles import Lettering

_KEPT_PHOTOS = 3


class Picture(Protocol):
    """What a shot shows."""

    def draw(self, frame: int, out: Planes) -> None:
        """Draw the shot's n-th frame."""


@dataclass(slots=True, kw_only=True)
class Studio:
    """What all workers of one film share."""

    film: Film
    spans: tuple[Span, ...]
    texts: tuple[Lettering, ...]
    assets: Mapping[str, Path]
    advance: Callable[[], None]
    segments: Segments | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    _photos: OrderedDict[int, MovingPhoto] = field(default_factory=OrderedDict)
    _locks: dict[int, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def photo(self, index: int) -> MovingPhoto:
        """The prepared photo of a shot. Neighbouring chunks share it; the oldest are dropped to bound memory."""
        with self._lock:
            lock = self._locks.setdefault(index, threading.Lock())
        with lock:
            with self._lock:
                if index in self._photos:
                    self._photos.move_to_end(index)
                    return self._photos[index]
            span = self.spans[index]
            made = prepare(self.assets[span.shot.asset], span, (self.film.width, self.film.height))
            with self._lock:
                self._photos[index] = made
                while len(self._photos) > _KEPT_PHOTOS:
                    self._photos.popitem(last=False)
            return made


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
        for _ in range(chunk.start, chunk.stop):
            studio.advance()
    return packets


def _encoded(studio: Studio, chunk: Chunk) -> list[VideoPacket]:
    encoder = video_encoder(studio.film.width, studio.film.height, FPS)
    packets: list[VideoPacket] = []
    for frame in draw_chunk(studio, chunk):
        packets += encoder.encode(frame)
        studio.advance()
    packets += encoder.encode(None)
    in_order(packets, chunk.start)
    return packets


def draw_chunk(studio: Studio, chunk: Chunk) -> Generator[av.VideoFrame]:
    """The frames of a chunk in order. Two frames take turns: use each before taking the next.

    libx264 copies what it is given, so no memory needs to be claimed per frame.
    """
    width, height = studio.film.width, studio.film.height
    frames = [av.VideoFrame(width, height, "yuv420p") for _ in range(2)]
    with ExitStack() as stack:
        stage = _Stage(studio, chunk, stack)
        for number in range(chunk.start, chunk.stop):
            if studio.cancelled.is_set():
                raise Cancelled
            frame = frames[number % 2]
            stage.draw(number, Planes(y=plane_view(frame, 0), u=plane_view(frame, 1), v=plane_view(frame, 2)))
            frame.time_base, frame.pts = Fraction(1, FPS), number
            yield frame


class _Stage:
    """The pictures of one chunk: its shot's, and its predecessor's while that one still leaves."""

    def __init__(self, studio: Studio, chunk: Chunk, stack: ExitStack) -> None:
        self._studio = studio
        self._span = studio.spans[chunk.span]
        self._picture = self._open(chunk.span, stack)
        self._before: Picture | None = None
        self._scratch: tuple[Planes, Planes] | None = None
        if chunk.start < self._span.settled and chunk.span > 0:
            self._before = self._open(chunk.span - 1, stack)
            self._leaving = studio.spans[chunk.span - 1]
            self._scratch = (_blank(studio.film), _blank(studio.film))

    def _open(self, index: int, stack: ExitStack) -> Picture:
        span, studio = self._studio.spans[index], self._studio
        if span.shot.kind == "photo":
            return studio.photo(index)
        clip = open_clip(studio.assets[span.shot.asset], span, (studio.film.width, studio.film.height))
        stack.callback(clip.close)
        return clip

    def draw(self, number: int, out: Planes) -> None:
        """Draw one film frame."""
        span = self._span
        if self._before is not None and self._scratch is not None and number < span.settled:
            old, new = self._scratch
            self._before.draw(number - self._leaving.first, old)
            self._picture.draw(number - span.first, new)
            share = (number - span.first + 1) / (span.settled - span.first + 1)
            transitions.mix(span.shot.transition, old, new, share, out)
        else:
            self._picture.draw(number - span.first, out)
        for text in self._studio.texts:
            text.draw(number, out)
        light = min(1.0, (number + 1) / FADE_IN, (self._studio.spans[-1].last - number) / FADE_OUT)
        if light < 1:
            fade_to_black(out, light)


def _blank(film: Film) -> Planes:
    half = (film.height // 2, film.width // 2)
    return Planes(
        y=np.empty((film.height, film.width), np.uint8), u=np.empty(half, np.uint8), v=np.empty(half, np.uint8)
    )
