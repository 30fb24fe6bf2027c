"""How much every half second of a recording speaks for itself, and by what; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.recording.model import STEP, Recording

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.studio.recording.model import Why, Wish

    Values = NDArray[np.float64]

USUAL = 64
"""What loudness and motion are as a rule; above it they are more than that."""

_WEIGHTS: dict[Why, float] = {"loud": 0.3, "crowd": 0.35, "motion": 0.3}
_TOGETHER = 0.25
_SCENE = 0.03
_TALKING = 0.8  # of loudness that speech explains: somebody speaks up all the time
_REACT = 11  # steps within which people react to what they saw
_HEARD = 0.1
_SPEECH = 0.35
_CALM = 21  # steps over which it has to be quiet
_TALK = 9  # steps over which somebody has to speak
_LASTS = 3  # steps that something worth seeing lasts at least: a single bang counts for little


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """Per step: how much speaks for it, 0 to 1, and which of `reasons` most."""

    value: Values
    reasons: tuple[Why, ...]
    leading: NDArray[np.intp]

    def why(self, step: int) -> Why:
        """What speaks most for a step."""
        return self.reasons[int(self.leading[step])]


def interest(recording: Recording, wish: Wish) -> Interest:
    """What a wish finds in a recording, step by step."""
    steps = max(1, -(-recording.duration // STEP))
    signals = recording.signals
    loud, motion = _above(signals.loud, steps), _above(signals.motion, steps)
    crowd, scene, speech = (_whole(one, steps) for one in (signals.crowd, signals.scene, signals.speech))
    parts: dict[Why, Values] = {}
    if wish.taste == "quiet":
        noisy = np.maximum(_whole(signals.loud, steps), _whole(signals.motion, steps))
        parts["quiet"] = 1 - _around(noisy, _CALM)
    else:
        found: dict[Why, Values] = {"loud": loud * (1 - _TALKING * speech), "crowd": crowd, "motion": motion}
        found = {why: _lasting(values) for why, values in found.items()}
        parts = {why: _WEIGHTS[why] * values for why, values in found.items()}
        # A reaction to something that could be seen counts for more than either alone.
        parts["loud"] += _TOGETHER * np.minimum(
            np.maximum(found["loud"], found["crowd"]), _just_before(found["motion"])
        )
        parts["motion"] += _SCENE * scene
    if wish.words:
        parts["asked"] = _SPEECH * _around(speech, _TALK)
    table = np.stack(list(parts.values()))
    value = np.clip(table.sum(axis=0) * _scale(parts), 0, 1)
    return Interest(value=value, reasons=tuple(parts), leading=table.argmax(axis=0))


def _scale(parts: dict[Why, Values]) -> float:
    """What sees alone when nothing is heard that would say anything: its share is then the whole."""
    if "motion" not in parts or max(float(parts[why].max()) for why in ("loud", "crowd")) >= _HEARD:
        return 1.0
    return 1 / _WEIGHTS["motion"]


def _whole(values: tuple[int, ...], steps: int) -> Values:
    """As many values as there are steps, 0 to 1; zero where nothing is known."""
    known = np.asarray(values[:steps], dtype=np.float64) / 255
    return np.pad(known, (0, steps - known.size))


def _above(values: tuple[int, ...], steps: int) -> Values:
    usual = USUAL / 255
    return np.clip((_whole(values, steps) - usual) / (1 - usual), 0, 1)


def _lasting(values: Values) -> Values:
    """What a value is at least for a while around a step, so that a bang of one step counts for half."""
    padded = np.pad(values, _LASTS // 2, mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, _LASTS)
    return np.asarray(0.5 * values + 0.5 * np.median(around, axis=1))


def _just_before(values: Values) -> Values:
    """The most that a value was within the time that people take to react."""
    padded = np.pad(values, (_REACT - 1, 0), mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, _REACT).max(axis=1))


def _around(values: Values, steps: int) -> Values:
    padded = np.pad(values, (steps // 2, steps - 1 - steps // 2), mode="edge")
    return np.convolve(padded, np.full(steps, 1 / steps), "valid")
