"""Windows made longer until they are as long as was asked, together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.studio.recording.piece import Piece

_AFTER = 0.75  # of what a window gains comes behind it: what happens is more often cut off than what led to it


def grown(pieces: Sequence[Piece], length: int, *, fewest: int) -> list[Piece]:
    """The pieces, in order, spread evenly within their rooms until they are `length` ms in all or no room is left.

    Pieces that meet become one, unless they would be fewer than `fewest` then.
    """
    pieces = sorted(pieces, key=lambda piece: (piece.asset, piece.start))
    while (missing := length - sum(piece.length for piece in pieces)) > 0:
        rooms = [_room(pieces, number) for number in range(len(pieces))]
        able = [number for number, room in enumerate(rooms) if sum(room)]
        if not able:
            break
        # Where two could take the same instants, only the earlier one does in this turn.
        share = -(-missing // len(able))
        for number in able:
            missing = _spread(pieces, number, min(share, missing), missing)
        pieces = _joined(pieces, fewest)
    return pieces


def _room(pieces: Sequence[Piece], number: int) -> tuple[int, int]:
    """How far a piece can spread before and behind, as the others lie now."""
    piece = pieces[number]
    low, high = piece.room
    if number and pieces[number - 1].asset == piece.asset:
        low = max(low, pieces[number - 1].stop)
    if number + 1 < len(pieces) and pieces[number + 1].asset == piece.asset:
        high = min(high, pieces[number + 1].start)
    return max(0, piece.start - low), max(0, high - piece.stop)


def _spread(pieces: list[Piece], number: int, share: int, missing: int) -> int:
    before, behind = _room(pieces, number)
    after = min(behind, max(round(share * _AFTER), share - before))
    ahead = min(before, share - after)
    piece = pieces[number]
    pieces[number] = replace(piece, start=piece.start - ahead, stop=piece.stop + after)
    return missing - ahead - after


def _joined(pieces: list[Piece], fewest: int) -> list[Piece]:
    joined: list[Piece] = []
    spare = len(pieces) - fewest
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and last.asset == piece.asset and last.stop == piece.start and spare > 0:
            joined[-1] = _one(last, piece)
            spare -= 1
        else:
            joined.append(piece)
    return joined


def _one(left: Piece, right: Piece) -> Piece:
    stronger = max(left, right, key=lambda piece: piece.score)
    cores = [piece.core for piece in (left, right) if piece.core is not None]
    core = (min(start for start, _ in cores), max(stop for _, stop in cores)) if cores else None
    room = min(left.room[0], right.room[0]), max(left.room[1], right.room[1])
    return replace(
        stronger, start=left.start, stop=right.stop, core=core, room=room, why="asked" if core else stronger.why
    )
