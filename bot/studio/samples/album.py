"""The album: which scene becomes which file, taken when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path

import numpy as np

from bot.studio.samples.balloons import balloons
from bot.studio.samples.beach import beach
from bot.studio.samples.canvas import Canvas
from bot.studio.samples.finish import developed, save
from bot.studio.samples.hills import dunes, lavender, misty_mountains
from bot.studio.samples.lighthouse import lighthouse
from bot.studio.samples.night import milky_way, skyline
from bot.studio.samples.sea import sailing_boats
from bot.studio.samples.woods import light_shafts

_SATURDAY = datetime(2025, 7, 12, tzinfo=timezone(timedelta(hours=2)))
_PAINTED = 8 / 15  # scenes are painted at this part of the photo's size and enlarged: a quarter of the work
_FIRST_NUMBER = 4127


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shot:
    paint: Callable[[Canvas], None]
    hours: float  # since Saturday began
    size: tuple[int, int] = (3000, 2250)  # upright
    suffix: str = ".jpg"
    turned: bool = False


# In the order of the file names, which is not that of the capture times: a film sorted by name shows it at once.
_SHOTS = (
    _Shot(paint=lighthouse, hours=32.6),
    _Shot(paint=misty_mountains, hours=5.9),
    _Shot(paint=light_shafts, hours=9.7, size=(2250, 3000), turned=True),
    _Shot(paint=beach, hours=36.3, suffix=".webp"),
    _Shot(paint=balloons, hours=7.2, size=(2400, 2400)),
    _Shot(paint=sailing_boats, hours=20.4),
    _Shot(paint=lavender, hours=17.8),
    _Shot(paint=milky_way, hours=23.8, size=(1800, 2400), suffix=".heic"),
    _Shot(paint=dunes, hours=43.1),
    _Shot(paint=skyline, hours=45.6, size=(4000, 2000)),
)


def samples(folder: Path, count: int = 10, *, seed: int = 7) -> Iterator[Path]:
    """Paint `count` photos into the folder (made if missing), one at a time, and name each as soon as it is written.

    Beyond ten the scenes come again, on the following weekends and with other clouds, trees and windows.
    Raises ValueError when `count` is below 1, OSError when the folder cannot be written.
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, not {count}")
    folder.mkdir(parents=True, exist_ok=True)
    for number, (week, shot) in enumerate(islice(_shots(), count)):
        path = folder / f"IMG_{_FIRST_NUMBER + number}{shot.suffix}"
        width, height = shot.size
        rng = np.random.default_rng((seed, number))
        canvas = Canvas(round(width * _PAINTED), round(height * _PAINTED), rng)
        shot.paint(canvas)
        taken = _SATURDAY + timedelta(weeks=week, hours=shot.hours)
        save(developed(canvas, width, height), path, taken, turned=shot.turned)
        yield path


def make_samples(folder: Path, count: int = 10, *, seed: int = 7) -> list[Path]:
    """All of `samples` at once: the paths in the order of their names."""
    return list(samples(folder, count, seed=seed))


def _shots() -> Iterator[tuple[int, _Shot]]:
    week = 0
    while True:
        for shot in _SHOTS:
            yield week, shot
        week += 1
