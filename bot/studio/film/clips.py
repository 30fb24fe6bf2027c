"""Clips: decoded in order at the film's rate, upright, fitted like photos, silent.

A clip runs at the pace that its shot asks for. One that is shorter than its shot is slowed down evenly, to half speed
at most; after that its last frame stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bot.codec.decoding import decoding
from bot.codec.errors import Unreadable
from bot.codec.hdr import Rec709
from bot.codec.planes import Planes, plane_view
from bot.studio.film import crop, framing
from bot.studio.film.errors import FilmError
from bot.studio.film.looks import looked
from bot.studio.film.model import FPS
from bot.studio.film.playing import pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    import av

    from bot.codec.probe import Probe
    from bot.studio.film.files import Files
    from bot.studio.film.model import Look
    from bot.studio.film.timeline import Span

_SLOWEST = 0.5


@dataclass(slots=True, kw_only=True)
class PlayingClip:
    """A clip that is drawn forwards only. For one thread: each chunk opens its own.

    A picture is shown up to `grace` seconds before its time. With `own_colours` it is not brought to Rec. 709.
    """

    path: Path
    files: Files
    asset: str
    canvas: tuple[int, int]
    start: float
    rate: float
    on_damage: Callable[[float], None]
    card: framing.Card | None = None
    look: Look = "plain"
    grace: float = 0.5 / FPS
    own_colours: bool = False
    _frames: Generator[tuple[float, av.VideoFrame]] | None = field(default=None, init=False)
    _shown: Planes | None = field(default=None, init=False)
    _next: tuple[float, av.VideoFrame] | None = field(default=None, init=False)
    _colours: Rec709 = field(default_factory=Rec709, init=False)

    def draw(self, frame: float, out: Planes) -> None:
        """Draw what the clip shows at the shot's n-th frame, or between two, into `out`; `frame` may only grow."""
        wanted = self.start + frame * self.rate / FPS
        try:
            with decoding():
                self._advance(wanted)
        except Unreadable as error:
            raise FilmError("unreadable", asset=self.asset, why=error.reason) from error
        if self._shown is None:
            raise FilmError("unreadable", asset=self.asset, why="no-picture")
        for plane, target in zip(self._shown.all, out.all, strict=True):
            target[:] = plane

    def close(self) -> None:
        """Let go of the file."""
        if self._frames is not None:
            self._frames.close()

    def _advance(self, wanted: float) -> None:
        if self._frames is None:
            self._frames = self._play(wanted)
            self._next = next(self._frames, None)
        latest: av.VideoFrame | None = None
        while self._next is not None and (self._next[0] <= wanted + self.grace or not (self._shown or latest)):
            latest = self._next[1]
            self._next = next(self._frames, None)
        if latest is not None:  # those that nobody sees are not converted
            plain = latest if self.own_colours else self._colours.of(latest)
            upright = _upright(plain, latest.rotation // 90 % 4)
            self._shown = looked(self._fitted(upright), self.look)

    def _play(self, wanted: float) -> Generator[tuple[float, av.VideoFrame]]:
        with self.files.lent(self.path) as container:
            yield from pictures(container, wanted, self.grace, self.on_damage)

    def _fitted(self, picture: Planes) -> Planes:
        if self.card is not None:
            return self.card.compose(picture)
        return framing.scaled(framing.cut(picture, crop.crop_rect(picture.size, self.canvas)), self.canvas)


def open_clip(
    path: Path, span: Span, canvas: tuple[int, int], files: Files, on_damage: Callable[[float], None]
) -> PlayingClip:
    """Plan the playing of a shot's clip; `on_damage` is told of seconds at which the file is damaged.

    Raises:
        FilmError: `unreadable`, with the asset's id.
    """
    try:
        facts = files.facts(path)
    except Unreadable as error:
        raise FilmError("unreadable", asset=span.shot.asset, why=error.reason) from error
    if facts.kind != "video":
        raise FilmError("unreadable", asset=span.shot.asset, why="no-picture")
    start, rate = pace(facts, span)
    size = (facts.width & ~1, facts.height & ~1)
    if min(size) < 2:
        raise FilmError("unreadable", asset=span.shot.asset, why="too-small")
    plan = crop.choose(size, canvas)
    on_card = None if plan.crop else framing.card(size, canvas, plan.scale, room=1.0)
    return PlayingClip(
        path=path,
        files=files,
        asset=span.shot.asset,
        canvas=canvas,
        start=start,
        rate=rate,
        on_damage=on_damage,
        card=on_card,
        look=span.shot.look,
    )


def pace(facts: Probe, span: Span) -> tuple[float, float]:
    """Where in the clip the shot's first frame lies (the slot begins at `in`), in seconds, and how fast it plays."""
    total, speed = facts.duration_ms / 1000, span.shot.speed
    start = min(max(0.0, span.shot.start / 1000 - speed * (span.cut - span.first) / FPS), max(0.0, total - 1 / FPS))
    needed = span.length / FPS
    rate = min(speed, max(total - start, 0.0) / needed)
    return start, max(rate, min(speed, _SLOWEST))


def _upright(plain: av.VideoFrame, turned: int) -> Planes:
    width, height = plain.width & ~1, plain.height & ~1
    y, u, v = (plane_view(plain, index) for index in range(3))
    cropped = (y[:height, :width], u[: height // 2, : width // 2], v[: height // 2, : width // 2])
    y, u, v = (np.ascontiguousarray(np.rot90(plane, turned)) for plane in cropped)
    return Planes(y=y, u=u, v=v)
