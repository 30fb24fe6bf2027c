"""Pieces to packets: in decoding order, with decoding times that grow and are never later than the showing."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, cast

import av

from bot.codec.decoding import decoding
from bot.codec.errors import Unreadable
from bot.studio.film.copying.plan import Copied, Piece
from bot.studio.film.copying.source import TICKS
from bot.studio.film.errors import FilmError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from av.container import InputContainer

    from bot.codec.encode import VideoPacket
    from bot.studio.film.stage import Studio

_RUN_UPS = (0, 2, 20)  # seconds before a picture, until one is found that is not behind it


def depth(pieces: Sequence[Piece]) -> int:
    """How many pictures a decoder must have before it can show the first: the most that any copied piece needs."""
    return max((_depth(piece.times) for piece in pieces if isinstance(piece, Copied)), default=0)


def _depth(times: tuple[int, ...]) -> int:
    rank = {at: place for place, at in enumerate(sorted(times))}
    return max(number - rank[at] for number, at in enumerate(times))


def decoding_times(pieces: Sequence[Piece], held: int) -> list[int]:
    """When each picture of the film is decoded, in decoding order: when the one `held` places before it is shown.

    Frame times of any kind go in, evenly spaced or not; what comes out grows strictly. Decoding is as much earlier than
    showing at the beginning as at the end, because a track is taken to be as long as its decoding.
    """
    shown = [at for piece in pieces for at in sorted(piece.times)]
    lead = shown[-1] - shown[-1 - held]
    return [shown[0] - lead * (held - number) // held for number in range(held)] + shown[: len(shown) - held]


def packets(
    studio: Studio, pieces: Sequence[Piece], zones: Sequence[Future[list[VideoPacket]]], end: int
) -> Iterator[VideoPacket]:
    """All packets of the film, which ends at `end` (ticks). What is copied is read as it is asked for.

    Raises:
        FilmError: `unreadable`, when a recording is not any more what it was when it was looked at.
    """
    decoded = decoding_times(pieces, depth(pieces))
    last = max(pieces[-1].times)
    clock = iter(decoded)
    drawn = list(zones)[::-1]
    for piece in pieces:
        if isinstance(piece, Copied):
            found: Iterator[tuple[VideoPacket, int]] = _copied(studio, piece)
        else:
            found = _stamped(drawn.pop().result(), piece.times)
        for packet, at in found:
            packet.time_base, packet.pts, packet.dts = Fraction(1, TICKS), at, next(clock)
            # The one shown last and the one decoded last say when the track is over; of the others the muxer knows.
            packet.duration = end - last if at == last or packet.dts == decoded[-1] else 0
            yield packet


def _stamped(encoded: Sequence[VideoPacket], times: Sequence[int]) -> Iterator[tuple[VideoPacket, int]]:
    return ((packet, times[packet.pts or 0]) for packet in encoded)


def _copied(studio: Studio, piece: Copied) -> Iterator[tuple[VideoPacket, int]]:
    asset = studio.spans[piece.span].shot.asset
    left = iter(piece.times)
    try:
        with decoding(), studio.files.lent(studio.assets[asset]) as container:
            begun = False
            for packet in _from(container, piece.pts):
                begun = begun or (packet.pts == piece.pts and packet.is_keyframe)
                if begun and packet.size:
                    at = next(left, None)
                    if at is None:
                        return
                    studio.advance(1)
                    copy = cast("VideoPacket", av.Packet(bytes(packet)))
                    copy.is_keyframe = packet.is_keyframe
                    yield copy, at
    except Unreadable as error:
        raise FilmError("unreadable", asset=asset, why=error.reason) from error
    if next(left, None) is not None:
        raise FilmError("unreadable", asset=asset, why="truncated")


def _from(container: InputContainer, pts: int) -> Iterator[VideoPacket]:
    """The coded pictures from a key at or before `pts` on: some containers are sought in by decoding time."""
    stream = container.streams.video[0]
    for back in _RUN_UPS:
        container.seek(pts - round(back / (stream.time_base or 1)), stream=stream)
        packets = container.demux(stream)
        first = next(packets, None)
        if first is not None and first.pts is not None and first.pts <= pts:
            return chain([first], packets)
    return iter(())
