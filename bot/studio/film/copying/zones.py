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
    from av.video.codeccontext import VideoCodecContext

    from bot.codec.encode import VideoPacket
    from bot.studio.film.copying.plan import Drawn
    from bot.studio.film.model import Film
    from bot.studio.film.stage import Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What drawn pictures have to fit to.

    The number that is free for parameter sets, how many pictures the copied ones are held back by, their colour tags,
    and the assets that they are from.
    """

    number: int
    depth: int
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
    facts = (zone.frames, beside.number, beside.depth, beside.colours, sorted(beside.assets & _seen(studio, zone)))
    key = key_of(studio.film, studio.spans, zone, studio.assets, facts)
    packets = segments.get(key, 0)
    if packets is None:
        packets = _encoded(studio, zone, beside)
        segments.put(key, packets, 0)
    else:
        studio.advance(zone.frames)
    return packets


def encoder_of(film: Film, beside: Neighbours) -> VideoCodecContext:
    """One for a piece. All have one rate and so the same parameter sets; when a picture is shown the container says."""
    return joining_encoder(
        film.width, film.height, FPS, number=beside.number, colours=beside.colours, depth=beside.depth
    )


def _seen(studio: Studio, zone: Drawn) -> frozenset[str]:
    return frozenset(span.shot.asset for span in studio.spans[max(0, zone.span - 1) : zone.span + 1])


def _encoded(studio: Studio, zone: Drawn, beside: Neighbours) -> list[VideoPacket]:
    encoder = encoder_of(studio.film, beside)
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
