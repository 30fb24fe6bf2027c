"""From sizes and sounds to the five signals of a recording; pure.

Everything is told relative to what is usual within about a minute and a half, so that gain, codec, the length of groups
and the size of pictures cancel out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.studio.recording.model import STEP, Signals
from bot.studio.recording.score import USUAL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.studio.recording.hearing import Heard
    from bot.studio.recording.track import Track

    Values = NDArray[np.float64]

_LOCAL = 90_000 // STEP
_SKIP = 8  # a median of a minute and a half need not be taken every half second
_SIGMA = 24.0  # levels of a signal for each standard deviation
_LEAST_DB = 1.5  # what counts as one standard deviation at least, so that silence does not come alive
_LEAST_LOG = 0.12
_SUSTAINED = 7  # steps that a crowd is heard at least
_NOISY, _NOISE_RANGE = 0.3, 0.12
_TALK = 9  # steps by which it is judged whether somebody speaks
_VOICED = 0.5
_PAUSE_DB = 16.0
_SYLLABLES_DB = 5.0
_SPIKE = 4.0


def measured(pictures: Track, heard: Heard | None, steps: int) -> Signals:
    """The signals of a recording of so many steps; what cannot be known is ()."""
    motion, scene = _moving(pictures, steps)
    if heard is None:
        return Signals(motion=motion, scene=scene)
    level = _filled(heard.level)
    loud = robust(np.maximum(level, _around(level, 3)), _LEAST_DB)
    return Signals(
        loud=_bytes(USUAL + _SIGMA * loud),
        crowd=_bytes(255 * _crowd(_filled(heard.flat), level)),
        motion=motion,
        scene=scene,
        speech=_bytes(255 * _speech(heard, level)),
    )


def robust(values: Values, least: float) -> Values:
    """How many standard deviations each value is above the median around it, by the median of the deviations."""
    usual = _local_median(values)
    apart = np.abs(values - usual)
    return np.asarray((values - usual) / np.maximum(1.4826 * _local_median(apart), least))


def _local_median(values: Values) -> Values:
    width = min(_LOCAL, values.size)
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="reflect" if values.size > width else "edge")
    at = np.arange(0, values.size, _SKIP)
    medians = np.median(np.lib.stride_tricks.sliding_window_view(padded, width)[at], axis=1)
    return np.interp(np.arange(values.size), at, medians)


def _around(values: Values, steps: int, how: str = "median") -> Values:
    padded = np.pad(values, (steps // 2, steps - 1 - steps // 2), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, steps)
    return np.median(windows, axis=1) if how == "median" else windows.mean(axis=1)


def _filled(values: NDArray[np.float32]) -> Values:
    """With what lies around it where nothing was heard."""
    known = np.isfinite(values)
    return np.interp(np.arange(values.size), np.flatnonzero(known), values[known].astype(np.float64))


def _bytes(values: Values) -> tuple[int, ...]:
    return tuple(np.clip(np.round(values), 0, 255).astype(int).tolist())


def _crowd(flat: Values, level: Values) -> Values:
    """Sound without a pitch that lasts, and is louder than what is usual: many at once."""
    power = 10 ** (level / 10)
    lasting = _around(power * flat, _SUSTAINED, "mean") / _around(power, _SUSTAINED, "mean")
    noisy = np.clip((lasting - _NOISY) / _NOISE_RANGE, 0, 1)
    return noisy * np.clip(robust(_around(level, _SUSTAINED), _LEAST_DB) / 3, 0, 1)


def _speech(heard: Heard, level: Values) -> Values:
    """Whether somebody speaks, by what lies around a step: voiced for a good part, of moving pitch, with pauses."""
    voiced = np.nan_to_num(heard.voiced) > _VOICED
    pitch = 12 * np.log2(np.maximum(_filled(heard.pitch), 1.0))
    around = _windows(level, _TALK)
    loudest, depth = around.max(axis=1), np.ptp(around, axis=1)
    audible = level > loudest - _PAUSE_DB
    share = _around((voiced & audible).astype(float), _TALK, "mean")
    moving = _windows(np.where(voiced, pitch, np.nan), _TALK)
    with np.errstate(invalid="ignore"):
        count = np.isfinite(moving).sum(axis=1)
        mean = np.nansum(moving, axis=1) / np.maximum(count, 1)
        spread = np.sqrt(np.nansum((moving - mean[:, None]) ** 2, axis=1) / np.maximum(count, 1))
    # A monotonous voice still has syllables and pauses; a siren has neither.
    talking = (share > 0.3) & (spread < 8) & (depth > np.where(spread > 0.7, _SYLLABLES_DB, 2 * _SYLLABLES_DB))
    said = level > loudest - _PAUSE_DB
    return np.where(talking & said, np.clip(0.5 + share, 0, 1), 0.0)


def _windows(values: Values, steps: int) -> Values:
    padded = np.pad(values, (steps // 2, steps - 1 - steps // 2), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, steps)


def _moving(pictures: Track, steps: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What predicted pictures cost beside the keys around them, and where one costs far more than the others."""
    predicted = ~pictures.keys & (pictures.sizes > 0)
    if pictures.keys.sum() < 2 or predicted.sum() < 2 * steps // 3:
        return (), ()
    order = np.argsort(pictures.times[pictures.keys])
    key_times = pictures.times[pictures.keys][order]
    key_sizes = np.log(pictures.sizes[pictures.keys][order] + 1.0)
    at, sizes = pictures.times[predicted], pictures.sizes[predicted].astype(np.float64)
    step = np.clip((at * 1000 / STEP).astype(np.int64), 0, steps - 1)
    count = np.bincount(step, minlength=steps)
    total = np.bincount(step, sizes, minlength=steps)
    mean = _filled(np.where(count > 0, np.log(total / np.maximum(count, 1) + 1), np.nan).astype(np.float32))
    centres = (np.arange(steps) + 0.5) * STEP / 1000
    motion = robust(_around(mean - np.interp(centres, key_times, key_sizes), 3), _LEAST_LOG)
    largest = np.zeros(steps)
    np.maximum.at(largest, step, sizes)
    scene = np.log(np.maximum(largest, 1) / np.exp(_around(mean, 9))) / np.log(_SPIKE) - 1
    return _bytes(USUAL + _SIGMA * motion), _bytes(255 * np.clip(scene, 0, 1))
