"""Light and tint of neighbouring photos, brought a little closer to each other.

A pull that gives way: what is a little off comes nearer, what is quite different (night after day, a sunset) was meant
so and stays.
"""

import math
from collections.abc import Sequence

from bot.studio.agent.recipe import Media
from bot.studio.analyse.measures import Measures

Grade = tuple[int, int, int]

_REACH = 2  # neighbours on each side
_PULL = 0.5
_FAR_LIGHT, _FAR_TINT = 32.0, 10.0  # levels of luma and of chroma at which the pull has given way
_MOST_LIGHT, _MOST_TINT = 12, 4


def grades(pictures: Sequence[Media]) -> list[Grade]:
    """For each picture: levels to lighten its middle tones by, and to shift Cb and Cr by."""
    seen = [one.measures for one in pictures]
    return [_grade(index, seen) for index in range(len(pictures))]


def _grade(index: int, seen: Sequence[Measures | None]) -> Grade:
    own = seen[index]
    around = [one for one in seen[max(0, index - _REACH) : index + _REACH + 1] if one is not None]
    if own is None or len(around) < 2:
        return 0, 0, 0
    light = _pull(255 * own.light, [255 * one.light for one in around], _FAR_LIGHT, _MOST_LIGHT)
    blue, red = (_pull(own.tint[side], [one.tint[side] for one in around], _FAR_TINT, _MOST_TINT) for side in (0, 1))
    return light, blue, red


def _pull(own: float, around: Sequence[float], far: float, most: int) -> int:
    apart = sum(around) / len(around) - own
    return max(-most, min(most, round(_PULL * apart * math.exp(-((apart / far) ** 2)))))
