"""A track of the user's own: cut at its bars to the film's length, with the cuts on its beats."""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.film import plan_slots
from bot.studio.film.beats import find_beats
from bot.studio.film.fit import fit
from bot.studio.film.grid import Grid
from bot.studio.film.model import parse
from bot.studio.film.music.loudness import integrated, true_peak
from bot.studio.film.soundtrack import soundtrack
from tests.studio.film.making import draft, photo
from tests.studio.film.tracks import saved, track


def grid(bars: int, bpm: float = 120, start: int = 500, downbeat: int = 0) -> Grid:
    beat = 60_000 / bpm
    beats = tuple(round(start + number * beat) for number in range(4 * bars))
    return Grid(beats=beats, downbeat=downbeat, start=start, end=round(beats[-1] + beat))


grids = st.builds(grid, st.integers(1, 120), st.floats(65, 178), st.integers(0, 4000), st.integers(0, 3))


@settings(max_examples=150)
@given(track=grids, total=st.integers(2000, 600_000))
def test_pieces_fill_the_film_and_joints_lie_on_bars(track: Grid, total: int) -> None:
    fitted = fit(track, total)
    if len(track.bars) < 4:
        assert fitted is None
        return
    assert fitted is not None
    assert all(track.start <= start < end <= track.end for start, end in fitted.pieces)
    filled = sum(end - start for start, end in fitted.pieces)
    assert filled == total or (filled < total and len(fitted.pieces) > 100)
    for (_, end), (start, _) in pairwise(fitted.pieces):
        assert end in track.bars
        assert start in track.bars
    assert list(fitted.beats) == sorted(set(fitted.beats))
    assert all(0 <= beat < total for beat in fitted.beats)
    assert 1000 <= fitted.fade <= 5000
    beat = (track.beats[-1] - track.beats[0]) / (len(track.beats) - 1)
    steps = np.diff(fitted.beats)
    assert steps.size == 0 or abs(steps - beat).max() < 3, "the beat goes on over the joints"


def test_a_long_track_begins_at_a_bar_and_fades_from_one() -> None:
    song = grid(80)
    fitted = fit(song, 30_000)
    assert fitted is not None
    ((start, end),) = fitted.pieces
    assert start == song.bars[0]
    assert end - fitted.fade in song.bars


def test_a_track_that_nearly_fits_is_heard_to_its_own_ending() -> None:
    song = grid(18)
    fitted = fit(song, 30_000)
    assert fitted is not None
    assert fitted.pieces == ((song.end - 30_000, song.end),)


def test_a_short_track_is_repeated_in_phrases_and_ends_as_it_ends() -> None:
    song = grid(18)
    fitted = fit(song, 60_000)
    assert fitted is not None
    assert fitted.pieces[-1][1] == song.end
    for (_, end), (start, _) in pairwise(fitted.pieces):
        assert (song.bars.index(end) - song.bars.index(start)) % 4 == 0


@settings(max_examples=150)
@given(track=grids, count=st.integers(1, 40), total=st.integers(4000, 120_000))
def test_cuts_lie_on_the_tracks_beats(track: Grid, count: int, total: int) -> None:
    fitted = fit(track, total)
    slots = plan_slots(count, total, None, fitted)
    assert len(slots) == count
    assert sum(slots) == total
    assert min(slots) >= min(0.4 * total / count, total / count - 1)
    if fitted is None or total / count < 1.75 * 60_000 / 65:
        return
    cuts = [cut for cut in list(accumulate(slots))[:-1] if fitted.beats[0] <= cut <= fitted.beats[-1]]
    assert all(cut in fitted.beats for cut in cuts)


@pytest.mark.parametrize("total", [9000, 40_000])
def test_what_is_heard_has_its_beats_where_the_cuts_are(tmp_path: Path, total: int) -> None:
    sound, _ = track("floor", 118, 22.0, seed=4, lead=0.7)
    path = saved(tmp_path / "song.wav", sound)
    fitted = fit(find_beats(path), total)
    assert fitted is not None
    pieces = [list(piece) for piece in fitted.pieces]
    film = parse(draft([photo("p", total)], asset="s", pieces=pieces, fade=fitted.fade))
    heard = soundtrack(film, {"s": path})
    assert heard.shape == (2, total * 48)
    assert integrated(heard) == pytest.approx(-14, abs=1)
    assert true_peak(heard) <= -1.0
    jumps = np.abs(np.diff(heard)).max(axis=0)
    for joint in list(accumulate(end - start for start, end in fitted.pieces))[:-1]:
        near = slice((joint - 30) * 48, (joint + 30) * 48)
        assert jumps[near].max() < 1.1 * np.delete(jumps, near).max(), "no click at a joint, beyond what the drums are"
        assert np.sqrt((heard[:, near] ** 2).mean()) > 0.01, "and no gap"
    again = tmp_path / "film.wav"
    saved(again, np.interp(np.arange(total * 44.1) / 44_100, np.arange(total * 48) / 48_000, heard.mean(axis=0)))
    beats = np.array(find_beats(again).beats)
    errors = np.abs(beats[:, None] - np.array(fitted.beats)[None]).min(axis=1)
    assert np.median(errors) < 15
