"""How long a render takes: a rule of thumb, corrected by what like renders of this studio took."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from bot.studio.film import FilmError
from bot.studio.film.model import FPS, parse

_START = 0.7
_PER_MEGAPIXEL = 0.006  # drawn and encoded, on two cores
_PER_PHOTO = 0.03
_PER_PHOTO_MEGAPIXEL = 0.007
_PER_CLIP_SECOND = 0.15
_LIKE = 5
_OTHERWISE = 3.0  # as far apart as a film that is twenty times as long


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What there is to do for a film, as far as its draft tells.

    `pixels` are the megapixels of a frame, `megapixels` those of all its photos as they were uploaded, `clips` the
    seconds in which clips are seen; `again`: the session had a film before, so that much of this one may be kept.
    """

    frames: int
    pixels: float
    photos: int
    megapixels: float
    clips: float
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A render that had the cores to itself, and the seconds that it took."""

    work: Work
    seconds: float


def work_of(draft: object, sizes: Mapping[str, tuple[int, int]], *, again: bool) -> Work | None:
    """What a draft asks for, given the pixels of the session's media; None for one that cannot be rendered."""
    try:
        film = parse(draft)
    except FilmError:
        return None
    photos = [shot for shot in film.shots if shot.kind == "photo"]
    areas = [width * height / 1e6 for width, height in (sizes.get(shot.asset, (0, 0)) for shot in photos)]
    return Work(
        frames=round(film.duration * FPS / 1000),
        pixels=film.width * film.height / 1e6,
        photos=len(photos),
        megapixels=round(sum(areas), 3),
        clips=sum(shot.duration for shot in film.shots if shot.kind == "video") / 1000,
        again=again,
    )


def seconds(work: Work, history: Sequence[Timed]) -> float:
    """How long the work takes if nothing else is rendered: the rule of thumb, times what it was off with its like."""
    guess = _rule_of_thumb(work)
    like = sorted(history, key=lambda timed: _apart(timed.work, work))[:_LIKE]
    if not like:
        return guess
    return guess * median(timed.seconds / _rule_of_thumb(timed.work) for timed in like)


def left(expected: float, elapsed: float, share: float) -> float:
    """Seconds until a render ends of which `share` (0 to 1) is done.

    The more of it is done the more its own pace counts, and the less what was expected of it.
    """
    paced = elapsed / share - elapsed if share > 0 else 0.0
    return max(0.0, (1 - share) * (expected - elapsed) + share * paced)


def to_json(work: Work) -> dict[str, Any]:
    """For the disk."""
    return asdict(work)


def from_json(stored: dict[str, Any]) -> Work:
    """From the disk."""
    return Work(**stored)


def _rule_of_thumb(work: Work) -> float:
    drawn = work.frames * work.pixels * _PER_MEGAPIXEL
    read = work.photos * _PER_PHOTO + work.megapixels * _PER_PHOTO_MEGAPIXEL
    return _START + drawn + read + work.clips * work.pixels * _PER_CLIP_SECOND


def _apart(one: Work, other: Work) -> float:
    """How little two renders tell of each other."""
    sizes = abs(math.log(_rule_of_thumb(one) / _rule_of_thumb(other)))
    kinds = abs(_moving(one) - _moving(other)) + (one.again != other.again)
    return sizes + _OTHERWISE * kinds


def _moving(work: Work) -> float:
    """The share of a film that is clips."""
    return min(1.0, work.clips * FPS / max(work.frames, 1))
