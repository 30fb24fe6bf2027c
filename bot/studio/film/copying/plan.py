"""Which stretches of a film are copied and which are drawn. Pure: from shots and what is known of the recordings.

Times are ticks (1/90000 s) of the film unless they are said to be a recording's.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.studio.film.copying.source import TICKS
from bot.studio.film.model import FPS
from bot.studio.film.timeline import FADE_IN, FADE_OUT, frame_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.studio.film.copying.source import Picture, Survey
    from bot.studio.film.model import Text
    from bot.studio.film.timeline import Span

FRAME = TICKS // FPS
_SLACK = FRAME + TICKS // 1000
"""So much earlier or later than a transition says may copying begin or end: nobody sees a dissolve's first step."""

_WORTH = TICKS // 2  # shorter stretches are not worth two splices
_LONGEST = 4 * TICKS  # a worker draws at most so much in one piece
_SHORTEST = TICKS // 10
_SLOW, _QUICK = 24, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Pictures that are taken as they are: so many in decoding order, from the one with this `pts` on.

    `times` is when they are shown, in decoding order.
    """

    span: int
    pts: int
    start: int
    times: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Pictures that are drawn and encoded, evenly from `begin` to `end`, as part of one span's time."""

    span: int
    begin: int
    end: int
    frames: int

    @property
    def start(self) -> float:
        """The first film frame, fractions included."""
        return self.begin / FRAME

    @property
    def stop(self) -> float:
        """The film frame at which the next piece begins, fractions included."""
        return self.end / FRAME

    @property
    def times(self) -> tuple[int, ...]:
        """When each picture is shown, in that order."""
        return tuple(self.begin + (self.end - self.begin) * number // self.frames for number in range(self.frames))


Piece = Copied | Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A shot that may be copied: what is known of its recording there.

    `offset` is when the recording's first picture would be shown.
    """

    survey: Survey
    offset: int


def divide(
    spans: Sequence[Span], texts: Sequence[Text], known: Mapping[int, Known], rates: Mapping[int, float]
) -> tuple[Piece, ...]:
    """Cover the film from beginning to end.

    Args:
        spans: the shots.
        texts: what is written over them: nothing is copied under words.
        known: of the shots (by number) that are shown as they were recorded.
        rates: frames a second of the clips among the shots, by number.
    """
    copied = _copied(spans, texts, known)
    pieces: list[Piece] = []
    edge, end = 0, spans[-1].last * FRAME
    for run, over in copied:
        pieces += _drawn(spans, rates, edge, run.start) if run.start - edge > _SLACK or not pieces else []
        pieces.append(run)
        edge = over
    return (*pieces, *(_drawn(spans, rates, edge, end) if end > edge else ()))


def free(spans: Sequence[Span], texts: Sequence[Text], index: int) -> list[tuple[int, int]]:
    """When a shot is alone on the screen, with nothing over it and neither rising from black nor falling to it."""
    last = spans[-1].last
    after = spans[index + 1].first if index + 1 < len(spans) else last
    covered = [(0, FADE_IN), (last - FADE_OUT, last)]
    covered += [(frame_at(text.start), frame_at(text.start + text.duration)) for text in texts]
    found, at = [], spans[index].settled
    for start, stop in sorted(covered):
        if start > at:
            found.append((at, min(start, after)))
        at = max(at, stop)
    found.append((at, after))
    return [(start * FRAME, stop * FRAME) for start, stop in found if start < stop]


def _copied(spans: Sequence[Span], texts: Sequence[Text], known: Mapping[int, Known]) -> list[tuple[Copied, int]]:
    """The runs in order, each with the time at which it is over."""
    places = [(index, *gap) for index in sorted(known) for gap in free(spans, texts, index)]
    begun = [
        (index, first, stop)
        for index, start, stop in places
        for first in _beginnings(known[index], start - _SLACK, stop)
    ]
    found: list[tuple[Copied, int]] = []
    for number, (index, first, stop) in enumerate(begun):
        one = known[index]
        following = begun[number + 1] if number + 1 < len(begun) else None
        limit = _shown(known[following[0]], following[1]) if following else spans[-1].last * FRAME
        run = _run(one.survey, first, stop + _SLACK - one.offset, limit - one.offset)
        if run is not None:
            last, over = run
            times = tuple(picture.at + one.offset for picture in one.survey.pictures[first:last])
            over = min(over + one.offset, limit)
            if over - times[0] >= _WORTH:
                pts = one.survey.pictures[first].pts
                found.append((Copied(span=index, pts=pts, start=times[0], times=times), over))
    return found


def _shown(known: Known, number: int) -> int:
    return known.survey.pictures[number].at + known.offset


def _beginnings(known: Known, start: int, stop: int) -> list[int]:
    """Where copying can begin in a stretch: at its first key, and at the first key behind each damage."""
    found, running = [], False
    for number, picture in enumerate(known.survey.pictures):
        if picture.anew is None:
            running = False
        elif picture.anew and not running and start <= picture.at + known.offset < stop:
            found.append(number)
            running = True
    return found


def _run(survey: Survey, first: int, stop: int, limit: int) -> tuple[int, int] | None:
    """The most pictures from `first` on that can be shown without any behind them: where they end, and when.

    They are over by `stop`, and the last of them begins before `limit`; both in the recording's time.
    """
    pictures = survey.pictures
    soonest = _soonest(pictures, survey.end)
    top, best = pictures[first].at, None
    for number in range(first, len(pictures)):
        at = pictures[number].at
        if pictures[number].anew is None or at < pictures[first].at:
            break
        top, over = max(top, at), soonest[number + 1]
        if top >= limit or at > stop + TICKS:
            break
        if over is not None and top < over <= stop:
            best = number + 1, over
    return best


def _soonest(pictures: Sequence[Picture], end: int | None) -> list[int | None]:
    """When the first of all pictures from a number on is shown."""
    found: list[int | None] = [end]
    for picture in reversed(pictures):
        later = found[-1]
        found.append(picture.at if later is None else min(later, picture.at))
    return found[::-1]


def _drawn(spans: Sequence[Span], rates: Mapping[int, float], begin: int, end: int) -> list[Drawn]:
    """Pieces of a stretch that is drawn: divided where shots begin to come in, and the long ones evenly."""
    index = max((number for number, span in enumerate(spans) if span.first * FRAME <= begin), default=0)
    pieces: list[Drawn] = []
    while begin < end:
        until = spans[index + 1].first * FRAME if index + 1 < len(spans) else end
        # A few frames before a transition belong to its piece: it draws the shot that leaves as well.
        short = until - begin < _SHORTEST and begin >= spans[index].settled * FRAME
        if until < end and short:
            index += 1
            until = spans[index + 1].first * FRAME if index + 1 < len(spans) else end
        stop = min(until, end)
        parts = -(-(stop - begin) // _LONGEST)
        edges = [begin + (stop - begin) * part // parts for part in range(parts + 1)]
        rate = _rate(spans, rates, index, begin)
        pieces += [
            Drawn(span=index, begin=a, end=b, frames=max(1, round((b - a) * rate / TICKS))) for a, b in pairwise(edges)
        ]
        begin, index = stop, index + 1
    return pieces


def _rate(spans: Sequence[Span], rates: Mapping[int, float], index: int, begin: int) -> float:
    """As many frames a second as the quickest of the clips that are seen has, within reason."""
    seen = {index, index - 1} if begin < spans[index].settled * FRAME else {index}
    found = [rates[one] for one in seen if one in rates and _SLOW <= rates[one] <= _QUICK]
    return max(found, default=float(FPS))
