"""Which moments of one or several recordings make a reel."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from bot.studio.recording.edges import settled
from bot.studio.recording.grow import grown
from bot.studio.recording.model import STEP, Moment
from bot.studio.recording.pick import Budget, Material, picked
from bot.studio.recording.piece import Piece
from bot.studio.recording.score import interest
from bot.studio.recording.spans import common, merged, minus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.studio.recording.model import Recording, Stretch, Wish
    from bot.studio.recording.score import Interest
    from bot.studio.recording.spans import Span

_SHORTEST, _LONGEST = 2_500, 15_000
_MOST = 400
_GROWTH = 28.5  # a moment's usual length is so many times the square root of the reel's: 5 s in 30 s, 12 s in 3 minutes


def choose(recordings: Mapping[str, Recording], wish: Wish, *, overlap: int = 500) -> tuple[Moment, ...]:
    """The moments of a reel, by asset. Pure: the same recordings and wish are the same moments.

    Moments never overlap and lie inside their recordings, outside what is `broken` or `blank` and what must `never` be
    in. Every stretch that `must` be in is in, whatever the length; the sum of all is within 2 % of `wish.length`
    whenever there is that much to choose from. Every recording gives one where `most` allows it.

    An edge lies in a pause where somebody speaks, and where copying without encoding can begin: with `overlap` ms of
    transition `start + overlap / 2` and `stop - overlap / 2` are keys, if one lies near; the first moment has
    its key where the film has come out of black, the last one's stop is free.
    """
    found = {asset: interest(recording, wish) for asset, recording in recordings.items()}
    pieces = _asked(recordings, wish, found)
    left = wish.length - sum(piece.length for piece in pieces)
    materials = {
        asset: Material(free=_free(asset, recording, wish), interest=found[asset], looks=recording.looks)
        for asset, recording in recordings.items()
    }
    if left >= STEP:
        pieces += picked(materials, pieces, _budget(left, wish, len(pieces)))
    pieces = grown(pieces, wish.length, fewest=wish.fewest or 0)
    places = {asset: place for place, asset in enumerate(recordings)}
    if wish.in_order:
        pieces.sort(key=lambda piece: (places[piece.asset], piece.start))
    else:
        pieces.sort(key=lambda piece: (-piece.score, places[piece.asset], piece.start))
    return tuple(
        Moment(asset=piece.asset, start=piece.start, stop=piece.stop, why=piece.why, score=round(piece.score, 3))
        for piece in settled(pieces, recordings, wish, overlap=overlap)
    )


def _budget(left: int, wish: Wish, given: int) -> Budget:
    """What is to be found beside the pieces that are given."""
    fewest = max(0, (wish.fewest or 0) - given)
    most = _MOST if wish.most is None else max(0, wish.most - given)
    usual = min(_LONGEST, max(_SHORTEST, round(_GROWTH * sqrt(wish.length))))
    if fewest:
        usual = max(1, min(usual, left // fewest))
    if wish.most is not None and most:
        usual = max(usual, left // most)
    return Budget(length=left, usual=usual, fewest=fewest, most=most)


def _of(stretches: Sequence[Stretch], asset: str, recording: Recording) -> list[Span]:
    inside = ((max(0, one.start), min(one.stop, recording.duration)) for one in stretches if one.asset in {None, asset})
    return merged(inside)


def _free(asset: str, recording: Recording, wish: Wish) -> list[Span]:
    whole = [(0, recording.duration)]
    wanted = _of(wish.within, asset, recording) if wish.within else whole
    return minus(wanted, [*_of(wish.never, asset, recording), *recording.broken, *recording.blank])


def _asked(recordings: Mapping[str, Recording], wish: Wish, found: Mapping[str, Interest]) -> list[Piece]:
    """What has to be in."""
    pieces = []
    for asset, recording in recordings.items():
        possible = minus([(0, recording.duration)], [*_of(wish.never, asset, recording), *recording.broken])
        for start, stop in common(_of(wish.must, asset, recording), possible):
            (room,) = (span for span in possible if common([span], [(start, stop)]))
            value = found[asset].value[start // STEP : -(-stop // STEP)]
            pieces.append(
                Piece(
                    asset=asset,
                    start=start,
                    stop=stop,
                    room=room,
                    why="asked",
                    score=float(value.max(initial=0)),
                    core=(start, stop),
                )
            )
    return pieces
