"""Where to cut: slots whose inner cuts lie on beats of the music."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.studio.film.model import FPS
from bot.studio.film.music.moods import MOODS, beats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.studio.film.fit import Fit

_LEAST_MS = 1000 / FPS
_ROOMY = 1.75  # a slot is so many steps of the grid long before the next coarser one is taken
_NARROWEST = 0.45  # of the mean: no slot gets shorter for the sake of a beat


def plan_slots(count: int, total_ms: int, mood: str | None, track: Fit | None = None) -> list[int]:
    """Divide a film into `count` slots of nearly equal length.

    The slots, in ms, sum to `total_ms` exactly. Inner cuts lie on the beats of the music: of `track`, the user's own,
    as it is fitted to this film, or of what `render` will make in the mood; on every second beat when the slots are
    long enough, on halves and quarters of a beat when they are very short. Without beats (`None`, `none`, a track in
    which none were found) the slots are equal.

    Raises:
        ValueError: `count` is below one, or the slots would be shorter than a frame.
    """
    if count < 1 or total_ms / count < _LEAST_MS:
        raise ValueError(f"{count} slots in {total_ms} ms")
    if track is not None and len(track.beats) > 1:
        cuts = _on_track(count, total_ms, track)
    elif track is None and mood in MOODS:
        cuts = _on_mood(count, total_ms, beats(mood))
    else:
        cuts = [round(total_ms * index / count) for index in range(1, count)]
    return [after - before for before, after in pairwise([0, *cuts, total_ms])]


def _on_mood(count: int, total: int, beat: float) -> list[int]:
    """Inner cuts on an even grid; each takes the nearest free place."""
    slot = total / count
    grid = next((beat * share for share in (2, 1, 0.5, 0.25) if slot >= _ROOMY * beat * share), slot)
    cuts: list[int] = []
    for index in range(1, count):
        place = max(round(slot * index / grid), round((cuts[-1] if cuts else 0) / grid) + 1)
        cuts.append(round(place * grid))
    return cuts


def _on_track(count: int, total: int, track: Fit) -> list[int]:
    """Inner cuts on beats that people played; where the track has none, where they would be without music."""
    slot = total / count
    places = _places(track, slot)
    cuts: list[int] = []
    for index in range(1, count):
        before = cuts[-1] if cuts else 0
        wanted = slot * index
        low = before + _NARROWEST * slot
        high = total - _NARROWEST * slot * (count - index)
        near = bisect_left(places, wanted)
        found = [at for at in places[max(0, near - 1) : near + 1] if low <= at <= high and abs(at - wanted) <= slot / 2]
        cuts.append(min(found, key=lambda at: abs(at - wanted)) if found else round(min(max(wanted, low), high)))
    return cuts


def _places(track: Fit, slot: float) -> Sequence[int]:
    """Every second beat, every beat, or parts of them: the coarsest that gives each slot a choice."""
    beat = (track.beats[-1] - track.beats[0]) / (len(track.beats) - 1)
    if slot >= 2 * _ROOMY * beat:
        return track.beats[track.downbeat % 2 :: 2]
    parts = next((parts for parts in (1, 2, 4) if slot >= _ROOMY * beat / parts), 4)
    return [round(at + (after - at) * part / parts) for at, after in pairwise(track.beats) for part in range(parts)] + [
        track.beats[-1]
    ]
