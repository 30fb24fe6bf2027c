"""Where exactly the chosen pieces begin and end: in pauses, at keys, and together as long as was asked."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.studio.recording.model import STEP
from bot.studio.recording.spans import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.studio.recording.model import Recording, Wish
    from bot.studio.recording.piece import Piece
    from bot.studio.recording.spans import Span

_KEY_REACH = 1_200
_PAUSE_REACH, _SENTENCE_REACH = 2_000, 6_000
_FREE_REACH, _FREE_STEPS = 1_500, 15
_SPOKEN = 128
_INTO = 20  # ms into a pause
_SHORTEST = 500
_RISING = 300  # ms in which a film comes out of black: those are drawn, and copying begins behind them
_OFF_KEY, _CUT, _FAR = 3.0, 8.0, 0.4  # the last for every second from where it was wanted
_CUT_WORDS = 10_000.0
_TOLERATED, _MOST = 0.01, 0.018  # of the length: what costs nothing, and what is not gone beyond without need
_TOO_LONG = 1_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """One edge: `sides` are the places it may lie at and what each costs; `sign` is -1 for a start."""

    sign: int
    wanted: int
    sides: tuple[tuple[int, float], ...]


def settled(pieces: Sequence[Piece], recordings: Mapping[str, Recording], wish: Wish, *, overlap: int) -> list[Piece]:
    """The pieces, in the reel's order, with their edges moved to the cheapest places of which the length is right."""
    edges = []
    for number, piece in enumerate(pieces):
        last = number + 1 == len(pieces)
        low, high = _territory(pieces, piece)
        recording = recordings[piece.asset]
        middle = (piece.start + piece.stop) // 2
        latest, earliest = piece.core or (middle - _SHORTEST // 2, middle + _SHORTEST // 2)
        into = overlap // 2 if number else _RISING
        begin = _Places(wanted=piece.start, low=low, high=max(low, latest), recording=recording, words=wish.words)
        edges.append(begin.edge(-1, into))
        end = _Places(wanted=piece.stop, low=min(high, earliest), high=high, recording=recording, words=wish.words)
        edges.append(end.edge(1, None if last else -(overlap // 2)))
    places = _cheapest(edges, sum(piece.length for piece in pieces))
    return [
        replace(piece, start=start, stop=stop)
        for piece, start, stop in zip(pieces, places[::2], places[1::2], strict=True)
    ]


def _territory(pieces: Sequence[Piece], piece: Piece) -> Span:
    """What no other piece of the recording may take: half of the way to each neighbour."""
    low, high = piece.room
    for other in pieces:
        if other.asset != piece.asset or other is piece:
            continue
        if other.stop <= piece.start:
            low = max(low, (other.stop + piece.start) // 2)
        else:
            high = min(high, (piece.stop + other.start) // 2)
    return low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where an edge may lie: anywhere from `low` to `high`."""

    wanted: int
    low: int
    high: int
    recording: Recording
    words: bool

    def edge(self, sign: int, offset: int | None) -> _Edge:
        """The edge; a key lies `offset` behind its place, or does not matter (None)."""
        keyed = [] if offset is None else [key - offset for key in self._near_keys(offset)]
        keyed = [at for at in keyed if self.low <= at <= self.high]
        at_keys = set(keyed)
        every = {self.wanted, *at_keys, *self._pauses(), *(self._anywhere() if offset is None else ())}
        cut = _CUT_WORDS if self.words else _CUT
        sides = [
            (
                at,
                _FAR * abs(at - self.wanted) / 1000
                + (_OFF_KEY if at_keys and at not in at_keys else 0.0)
                + (cut if self._said(at) else 0.0),
            )
            for at in every
            if self.low <= at <= self.high or at == self.wanted
        ]
        return _Edge(sign=sign, wanted=self.wanted, sides=tuple(sorted(sides)))

    def _near_keys(self, offset: int) -> Iterator[int]:
        first = bisect_left(self.recording.keys, self.wanted + offset - _KEY_REACH)
        for key in self.recording.keys[first:]:
            if key > self.wanted + offset + _KEY_REACH:
                return
            yield key

    def _said(self, at: int) -> bool:
        step, spoken = at // STEP, self.recording.signals.speech
        return step < len(spoken) and spoken[step] >= _SPOKEN and not holds(self.recording.pauses, at)

    def _pauses(self) -> Iterator[int]:
        """The nearest pauses: exactly where that is known, else the middle of a half second without words."""
        if not self._said(self.wanted):
            return
        reach = _SENTENCE_REACH if self.words else _PAUSE_REACH
        known = self.recording.pauses
        after = bisect_left(known, (self.wanted, self.wanted))
        for start, stop in known[max(0, after - 2) : after + 2]:
            at = max(start + _INTO, min(self.wanted, stop - _INTO)) if stop - start > 2 * _INTO else (start + stop) // 2
            if abs(at - self.wanted) <= reach:
                yield at
        for way in (-1, 1):
            middles = ((self.wanted // STEP + way * far) * STEP + STEP // 2 for far in range(1, reach // STEP + 1))
            yield from islice((at for at in middles if at >= 0 and not self._said(at)), 1)

    def _anywhere(self) -> Iterator[int]:
        for number in range(-_FREE_STEPS, _FREE_STEPS + 1):
            yield self.wanted + _FREE_REACH * number // _FREE_STEPS


def _cheapest(edges: Sequence[_Edge], length: int) -> list[int]:
    """One place for each edge so that what they cost, and by how much they miss the length, is least in all.

    Dynamic programming over the edges: of all ways that miss the length by about the same only the cheapest is kept.
    """
    grain = max(1, round(_TOLERATED * length / 4))
    ways: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    trail: list[dict[int, tuple[int, int]]] = []
    for edge in edges:
        after: dict[int, tuple[float, int]] = {}
        back: dict[int, tuple[int, int]] = {}
        for state, (cost, missed) in ways.items():
            for at, price in edge.sides:
                off = missed + edge.sign * (at - edge.wanted)
                key = round(off / grain)
                if key not in after or cost + price < after[key][0]:
                    after[key] = cost + price, off
                    back[key] = state, at
        ways = after
        trail.append(back)
    if not edges:
        return []
    state = min(ways, key=lambda one: ways[one][0] + _price(ways[one][1], length))
    places = []
    for back in reversed(trail):
        state, at = back[state]
        places.append(at)
    return places[::-1]


def _price(missed: int, length: int) -> float:
    share = abs(missed) / max(1, length)
    if share <= _TOLERATED:
        return 0.0
    return (share - _TOLERATED) * 100 + (_TOO_LONG * (1 + share) if share > _MOST else 0.0)
