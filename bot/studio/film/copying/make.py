"""A film whose recordings are copied where that is possible: what is known, what is decided, what is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.codec import h264
from bot.codec.decoding import decoding
from bot.codec.encode import joined_mp4, write_joined
from bot.codec.errors import Unreadable
from bot.studio.film.clips import pace
from bot.studio.film.copying.join import depth, packets
from bot.studio.film.copying.plan import FRAME, Copied, Drawn, Known, Piece, divide
from bot.studio.film.copying.source import TICKS, NotCopied, Stream, stream_of, survey
from bot.studio.film.copying.zones import Neighbours, encode_zone, encoder_of
from bot.studio.film.model import FPS

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from bot.codec.encode import AudioPacket
    from bot.studio.film.stage import Studio
    from bot.studio.film.timeline import Span

_LEAST_SHARE = 0.2  # of the film: below that a film of one encoder is better


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a film is made of copied and drawn pieces; `record` is the `avcC` for all of them."""

    pieces: tuple[Piece, ...]
    beside: Neighbours
    record: bytes
    like: Path

    @property
    def frames(self) -> int:
        """All pictures of the film."""
        return sum(len(piece.times) for piece in self.pieces)

    @property
    def copied_ms(self) -> int:
        """How much of the film is copied."""
        edges = [piece.start if isinstance(piece, Copied) else piece.begin for piece in self.pieces]
        ends = [*edges[1:], edges[-1]]
        copied = [b - a for piece, a, b in zip(self.pieces, edges, ends, strict=True) if isinstance(piece, Copied)]
        return sum(copied) * 1000 // TICKS


def plan(studio: Studio) -> Plan:
    """Look at the film's recordings and decide.

    Raises:
        NotCopied: the whole film is drawn. `reason` is one of a recording's, or `nothing` without a shot that is
            shown as it was recorded, `little` when too little could be copied, `unreadable`.
    """
    wanted = _as_recorded(studio)
    if not wanted:
        raise NotCopied("nothing")
    streams, reason = _streams(studio, wanted)
    if not streams:
        raise NotCopied(reason)
    together = _together(studio, wanted, streams)
    chosen = [streams[asset] for asset in together]
    number = h264.free_id(one.parameters for one in chosen)
    if number is None:
        raise NotCopied("packaging")
    known = {
        index: _known(studio, studio.spans[index], start, streams[studio.spans[index].shot.asset])
        for index, start in wanted.items()
        if studio.spans[index].shot.asset in together
    }
    rates = {index: float(streams[studio.spans[index].shot.asset].rate) for index in known}
    pieces = divide(studio.spans, studio.film.texts, known, rates)
    beside = Neighbours(number=number, depth=depth(pieces), colours=chosen[0].colours, assets=frozenset(together))
    own = h264.read(encoder_of(studio.film, beside).extradata or b"")
    try:
        record = h264.write([*(one.parameters for one in chosen), own])
    except h264.Unusual as error:
        raise NotCopied(str(error)) from error
    found = Plan(pieces=pieces, beside=beside, record=record, like=studio.assets[together[0]])
    if found.copied_ms < _LEAST_SHARE * studio.film.duration:
        raise NotCopied("little")
    return found


def write(studio: Studio, plan: Plan, pool: Executor, sound: Future[list[AudioPacket]], target: Path) -> None:
    """Write the film. Zones are encoded by the pool while what lies between them is copied.

    Raises:
        FilmError: a photo or clip cannot be used.
        OSError: the target cannot be written.
    """
    zones = [pool.submit(encode_zone, studio, piece, plan.beside) for piece in plan.pieces if isinstance(piece, Drawn)]
    # The recording is given back before it is read: for a long one each open file is a large index.
    with studio.files.lent(plan.like) as source:
        like = source.streams.video[0]
        film = joined_mp4(target, like=like, record=plan.record, clock=TICKS, title=studio.film.title)
    pieces = packets(studio, plan.pieces, zones, studio.spans[-1].last * FRAME)
    write_joined(film, TICKS, pieces, sound.result())


def _as_recorded(studio: Studio) -> dict[int, float]:
    """The shots, by number, that show a clip at its own pace and in its own colours, and where in it each begins."""
    found = {}
    for index, span in enumerate(studio.spans):
        shot = span.shot
        if shot.kind != "video" or shot.look != "plain":
            continue
        try:
            start, rate = pace(studio.files.facts(studio.assets[shot.asset]), span)
        except Unreadable:
            continue  # whoever draws it says so
        if rate == 1:
            found[index] = start
    return found


def _streams(studio: Studio, wanted: dict[int, float]) -> tuple[dict[str, Stream], str]:
    """The recordings that can be copied, and why the last of the others cannot."""
    found, reason = {}, "nothing"
    canvas = (studio.film.width, studio.film.height)
    for asset in dict.fromkeys(studio.spans[index].shot.asset for index in wanted):
        try:
            with decoding(), studio.files.lent(studio.assets[asset]) as container:
                found[asset] = stream_of(container, canvas)
        except NotCopied as error:
            reason = error.reason
        except Unreadable:
            reason = "unreadable"
    return found, reason


def _together(studio: Studio, wanted: dict[int, float], streams: dict[str, Stream]) -> list[str]:
    """Those whose pictures can stand in one stream: the most seen one, and what goes with it."""
    seen = dict.fromkeys(streams, 0)
    for index in wanted:
        asset = studio.spans[index].shot.asset
        if asset in seen:
            seen[asset] += studio.spans[index].length
    alone = len({span.shot.asset for span in studio.spans}) == 1
    chosen: list[str] = []
    for asset in sorted(seen, key=lambda one: -seen[one]):
        one = streams[asset]
        fits = all(_compatible(one, streams[other]) for other in chosen)
        if fits and (one.plain or alone):
            chosen.append(asset)
    if not chosen:
        raise NotCopied("colours")
    return chosen


def _compatible(one: Stream, other: Stream) -> bool:
    same = one.parameters == other.parameters
    return one.colours == other.colours and (same or one.parameters.apart(other.parameters))


def _known(studio: Studio, span: Span, start: float, stream: Stream) -> Known:
    """Read the coded pictures around a shot."""
    begin = round(start * TICKS)
    try:
        with decoding(), studio.files.lent(studio.assets[span.shot.asset]) as container:
            found = survey(container, stream.parameters, begin, begin + span.length * TICKS // FPS)
    except Unreadable as error:
        raise NotCopied("unreadable") from error
    return Known(survey=found, offset=span.first * FRAME - begin)
