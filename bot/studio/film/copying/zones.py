"""One worker's piece of what is drawn between copied pictures."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from bot.codec.encode import joining_encoder
from bot.studio.film.chunks import drawn
from bot.studio.film.model import FPS
from bot.studio.film.segments import key_of
from bot.studio.film.stage import Stage

if TYPE_CHECKING:
    from bot.codec.encode import VideoPacket
    from bot.studio.film.copying.plan import Drawn
    from bot.studio.film.stage import Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What drawn pictures have to fit to: the number that is free for parameter sets, colour tags, copied assets."""

    number: int
    colours: tuple[int, int, int, int]
    assets: frozenset[str]


def encode_zone(studio: Studio, zone: Drawn, beside: Neighbours) -> list[VideoPacket]:
    """Draw and encode a piece, unless it is kept from another film. Packets count its pictures from 0.

    Raises:
        FilmError: a photo or clip cannot be used.
    """
    segments = studio.segments
    if segments is None:
        return _encoded(studio, zone, beside)
    facts = (zone.frames, beside.number, beside.colours, sorted(beside.assets & _seen(studio, zone)))
    key = key_of(studio.film, studio.spans, zone, studio.assets, facts)
    packets = segments.get(key, 0)
    if packets is None:
        packets = _encoded(studio, zone, beside)
        segments.put(key, packets, 0)
    else:
        studio.advance(zone.frames)
    return packets


def _seen(studio: Studio, zone: Drawn) -> frozenset[str]:
    return frozenset(span.shot.asset for span in studio.spans[max(0, zone.span - 1) : zone.span + 1])


def _encoded(studio: Studio, zone: Drawn, beside: Neighbours) -> list[VideoPacket]:
    # One rate for all pieces, so that all have the same parameter sets; when each is shown is told by the container.
    encoder = joining_encoder(studio.film.width, studio.film.height, FPS, number=beside.number, colours=beside.colours)
    packets: list[VideoPacket] = []
    step = (zone.stop - zone.start) / zone.frames
    numbers = [zone.start + step * number for number in range(zone.frames)]
    with ExitStack() as stack:
        grace = step / 2 / FPS
        stage = Stage(studio, zone.span, zone.start, stack, grace=grace, own_colours=beside.assets)
        for count, (_, frame) in enumerate(drawn(studio, stage, numbers)):
            frame.time_base, frame.pts = Fraction(1, FPS), count
            packets += encoder.encode(frame)
            studio.advance(1)
    return packets + encoder.encode(None)
