"""Where to cut: slots whose inner cuts lie on beats of the music."""

from __future__ import annotations

from itertools import pairwise

from bot.studio.film.model import FPS
from bot.studio.film.music.moods import MOODS, beats

_LEAST_MS = 1000 / FPS


def plan_slots(count: int, total_ms: int, mood: str | None) -> list[int]:
    """Divide a film into `count` slots of nearly equal length.

    The slots, in ms, sum to `total_ms` exactly. Inner cuts lie on the beats of the music that `render` will make in
    this mood; on every second beat when the slots are long enough, on halves and quarters of a beat when they are very
    short. A mood that is not synthesised (`None`, `none`, an own track) gives equal slots.

    Raises:
        ValueError: `count` is below one, or the slots would be shorter than a frame.
    """
    if count < 1 or total_ms / count < _LEAST_MS:
        raise ValueError(f"{count} slots in {total_ms} ms")
    if mood not in MOODS:
        cuts = [round(total_ms * index / count) for index in range(count + 1)]
        return [after - before for before, after in pairwise(cuts)]
    beat = beats(mood)
    slot = total_ms / count
    grid = next((beat * share for share in (2, 1, 0.5, 0.25) if slot >= 1.75 * beat * share), slot)
    cuts = [0]
    for index in range(1, count):
        # Each cut takes the nearest free place on the grid.
        place = max(round(slot * index / grid), round(cuts[-1] / grid) + 1)
        cuts.append(round(place * grid))
    cuts.append(total_ms)
    return [after - before for before, after in pairwise(cuts)]
