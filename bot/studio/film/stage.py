"""What all workers share, and the place where one of them draws the frames of a shot."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from bot.codec.planes import Planes
from bot.studio.film import transitions
from bot.studio.film.blends import fade_to_black
from bot.studio.film.clips import open_clip
from bot.studio.film.files import Files
from bot.studio.film.model import FPS
from bot.studio.film.photos import MovingPhoto, prepare
from bot.studio.film.timeline import FADE_IN, FADE_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from bot.studio.film.model import Film
    from bot.studio.film.segments import Segments
    from bot.studio.film.timeline import Span
    from bot.studio.film.titles import Lettering

_KEPT_PHOTOS = 3


class Picture(Protocol):
    """What a shot shows."""

    def draw(self, frame: float, out: Planes) -> None:
        """Draw the shot's n-th frame, or what a clip shows between two."""


@dataclass(slots=True, kw_only=True)
class Studio:
    """What all workers of one film share. `damage` says of clips at which second they are first damaged."""

    film: Film
    spans: tuple[Span, ...]
    texts: tuple[Lettering, ...]
    assets: Mapping[str, Path]
    advance: Callable[[int], None]
    segments: Segments | None = None
    files: Files = field(default_factory=Files)
    cancelled: threading.Event = field(default_factory=threading.Event)
    damage: dict[str, float] = field(default_factory=dict)
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

    def damaged(self, asset: str, at: float) -> None:
        """Keep in mind that a clip had to be shown without some of its pictures, first `at` so many seconds."""
        with self._lock:
            self.damage[asset] = min(at, self.damage.get(asset, at))


class Stage:
    """The pictures of one span: its shot's, and its predecessor's if drawing begins while that one still leaves.

    Clips show pictures up to `grace` seconds early, and those in `own_colours` (assets) as they were recorded.
    """

    def __init__(
        self,
        studio: Studio,
        index: int,
        start: float,
        stack: ExitStack,
        *,
        grace: float = 0.5 / FPS,
        own_colours: Collection[str] = (),
    ) -> None:
        self._studio = studio
        self._span = studio.spans[index]
        self._grace, self._own_colours = grace, own_colours
        self._picture = self._open(index, stack)
        self._before: Picture | None = None
        self._scratch: tuple[Planes, Planes] | None = None
        if start < self._span.settled and index > 0:
            self._before = self._open(index - 1, stack)
            self._leaving = studio.spans[index - 1]
            self._scratch = (_blank(studio.film), _blank(studio.film))

    def _open(self, index: int, stack: ExitStack) -> Picture:
        span, studio = self._studio.spans[index], self._studio
        asset = span.shot.asset
        if span.shot.kind == "photo":
            return studio.photo(index)
        canvas = (studio.film.width, studio.film.height)
        clip = open_clip(studio.assets[asset], span, canvas, studio.files, lambda at: studio.damaged(asset, at))
        clip.grace, clip.own_colours = self._grace, asset in self._own_colours
        stack.callback(clip.close)
        return clip

    def draw(self, number: float, out: Planes) -> None:
        """Draw one film frame, or what lies between two."""
        span = self._span
        if self._before is not None and number < span.first:
            self._before.draw(number - self._leaving.first, out)
        elif self._before is not None and self._scratch is not None and number < span.settled:
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
