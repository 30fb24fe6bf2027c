"""What is copied and what is drawn, from tables: no file is read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.film.copying.join import decoding_times, depth
from bot.studio.film.copying.plan import FRAME, Copied, Drawn, Known, divide, free
from bot.studio.film.copying.source import TICKS, Picture, Survey
from bot.studio.film.model import Film, Text, parse
from bot.studio.film.timeline import Span, lay_out
from tests.studio.film.making import draft, words
from tests.studio.film.recordings import shot

GROUPS = {
    "no B-pictures": (0, 1, 2, 3, 4, 5, 6, 7, 8),
    "two": (0, 3, 1, 2, 6, 4, 5, 7, 8),
    "pyramid": (0, 4, 2, 1, 3, 8, 6, 5, 7),
    "ends with one": (0, 3, 1, 2, 6, 4, 5, 8, 7),
}


def survey(order: tuple[int, ...], groups: int, *, step: int = FRAME, ended: bool = True, hurt: int = -1) -> Survey:
    """Groups of one pattern; the picture in place `hurt` is not whole."""
    size = len(order)
    pictures = tuple(
        Picture(
            pts=(group * size + number) * 512,
            at=(group * size + number) * step,
            anew=None if group * size + place == hurt else place == 0,
        )
        for group in range(groups)
        for place, number in enumerate(order)
    )
    return Survey(pictures=pictures, end=groups * size * step if ended else None)


def film(shots: list[tuple[int, int]], *, transition: str = "crossfade", texts: list[dict] | None = None) -> Film:
    """Shots `(in, length)` of one recording, in ms."""
    return parse(draft([shot("a", at, ms, transition=transition) for at, ms in shots], texts=texts))


def known(spans: tuple[Span, ...], found: Survey) -> dict[int, Known]:
    starts = [span.shot.start * TICKS // 1000 - (span.cut - span.first) * FRAME for span in spans]
    return {n: Known(survey=found, offset=span.first * FRAME - starts[n]) for n, span in enumerate(spans)}


def edges(piece: Copied | Drawn) -> int:
    return piece.start if isinstance(piece, Copied) else piece.begin


@pytest.mark.parametrize("order", GROUPS.values(), ids=GROUPS)
@given(
    places=st.lists(st.tuples(st.integers(0, 20_000), st.integers(200, 6000)), min_size=1, max_size=5),
    transition=st.sampled_from(["cut", "crossfade"]),
    hurt=st.integers(-1, 700),
    text=st.none() | st.tuples(st.integers(0, 9000), st.integers(100, 4000)),
)
@settings(max_examples=15, deadline=None)
def test_pieces_cover_the_film_and_copied_ones_need_nothing_else(
    order: tuple[int, ...],
    places: list[tuple[int, int]],
    transition: str,
    hurt: int,
    text: tuple[int, int] | None,
) -> None:
    texts = [words("Goal", *text, "caption")] if text else []
    made = film(places, transition=transition, texts=texts)
    spans = lay_out(made)
    found = survey(order, 80, hurt=hurt)
    shots = known(spans, found)
    pieces = divide(spans, made.texts, shots, {})
    times = [at for piece in pieces for at in sorted(piece.times)]
    end = spans[-1].last * FRAME
    assert times[0] == 0
    assert times[-1] < end
    assert all(0 < b - a <= 2 * FRAME + TICKS // 1000 for a, b in pairwise([*times, end]))
    held = depth(pieces)
    decoded = decoding_times(pieces, held)
    assert all(b > a for a, b in pairwise(decoded))
    assert len(decoded) == len(times)
    in_order = [at for piece in pieces for at in piece.times]
    if any(isinstance(piece, Copied) for piece in pieces):  # what is drawn is not yet in decoding order
        assert all(a <= b for a, b in zip(decoded, in_order, strict=True))
    at_pts = {picture.pts: number for number, picture in enumerate(found.pictures)}
    for piece in pieces:
        if isinstance(piece, Copied):
            first = at_pts[piece.pts]
            run = found.pictures[first : first + len(piece.times)]
            assert run[0].anew
            assert all(picture.anew is not None for picture in run)
            later = [one.at for one in found.pictures[first + len(run) :]]
            assert not later or max(one.at for one in run) < min(later), "no picture between them is left behind"
            alone = free(spans, made.texts, piece.span)
            last = max(piece.times)
            slack = FRAME + TICKS // 1000
            assert any(a - slack <= piece.start and last < b + slack for a, b in alone)


def test_from_key_to_key_nothing_is_drawn_but_the_transition() -> None:
    spans = lay_out(film([(1800 - 267, 4000), (10_200 - 267, 4000)]))
    pieces = divide(spans, (), known(spans, survey(GROUPS["two"], 100)), {})
    assert [type(piece) for piece in pieces] == [Drawn, Copied, Drawn, Copied, Drawn]
    zone = pieces[2]
    assert isinstance(zone, Drawn)
    assert zone.span == 1
    assert 13 <= zone.frames <= 17
    assert zone.begin >= (spans[1].first - 1) * FRAME


def test_a_hard_cut_from_key_to_key_draws_nothing() -> None:
    made = film([(1800, 3000), (10_200, 3000)], transition="cut")
    spans = lay_out(made)
    pieces = divide(spans, (), known(spans, survey(GROUPS["two"], 100)), {})
    kinds = [(type(piece), piece.span) for piece in pieces]
    assert kinds == [(Drawn, 0), (Copied, 0), (Copied, 1), (Drawn, 1)]


def test_what_is_drawn_is_divided_where_shots_come_in_and_when_it_is_long() -> None:
    spans = lay_out(film([(0, 10_000), (0, 3000)]))
    pieces = divide(spans, (), {}, {0: 50.0})
    assert all(isinstance(piece, Drawn) for piece in pieces)
    assert [piece.span for piece in pieces] == [0, 0, 0, 1]
    assert spans[1].first * FRAME in {edges(piece) for piece in pieces}
    assert [round(len(piece.times) * TICKS / (b - a)) for piece, (a, b) in _lengths(pieces)] == [50, 50, 50, 50]


def _lengths(pieces: tuple[Copied | Drawn, ...]) -> list[tuple[Copied | Drawn, tuple[int, int]]]:
    return [(piece, (piece.begin, piece.end)) for piece in pieces if isinstance(piece, Drawn)]


def test_alone_is_between_transitions_words_and_fades() -> None:
    spans = lay_out(film([(0, 4000), (0, 4000)]))
    text = Text(words="Goal", style="caption", start=1000, duration=500)
    found = [(a // FRAME, b // FRAME) for a, b in free(spans, [text], 0)]
    assert found == [(9, 30), (45, spans[1].first)]
    assert [(a // FRAME, b // FRAME) for a, b in free(spans, [text], 1)] == [(spans[1].settled, 240 - 18)]


def test_decoding_is_never_later_than_showing_however_uneven_the_times() -> None:
    times = (0, 9000, 1000, 2500, 20_000, 9500, 12_000)
    piece = Copied(span=0, pts=0, start=0, times=times)
    assert depth([piece]) == 1
    assert decoding_times([piece], 1) == [-8000, 0, 1000, 2500, 9000, 9500, 12_000]
