"""How alike two photos are, from their measures alone."""

import math

from bot.studio.analyse.measures import Measures

_LEAST_STRUCTURE = 6.0  # below that the hash is of noise
_SAME_BITS, MOST_BITS = 10, 16
"""How many of 63 bits of the hashes of near duplicates may differ: usually, and at most (in a burst)."""
_SAME_COLOURS, _BURST_COLOURS = 10.0, 12.0  # mean distance in 8-bit L*a*b*
_BURST_SECONDS = 30.0


def near_duplicates(one: Measures, other: Measures, seconds: float | None) -> bool:
    """Whether they show the same thing in the same way; of photos taken `seconds` apart more difference is borne."""
    if min(one.structure, other.structure) < _LEAST_STRUCTURE:
        return False
    burst = seconds is not None and seconds <= _BURST_SECONDS
    bits, colours = (MOST_BITS, _BURST_COLOURS) if burst else (_SAME_BITS, _SAME_COLOURS)
    return hash_distance(one, other) <= bits and colour_distance(one, other) <= colours


def hash_distance(one: Measures, other: Measures) -> int:
    """In how many of 63 bits the hashes differ."""
    return (int(one.hash, 16) ^ int(other.hash, 16)).bit_count()


def colour_distance(one: Measures, other: Measures) -> float:
    """Mean distance of the colours of corresponding fields, in 8-bit L*a*b* levels, apart from a different exposure."""
    first, second = _fields(one), _fields(other)
    brighter = sum(b[0] - a[0] for a, b in zip(first, second, strict=True)) / len(first)
    return sum(math.dist((a[0] + brighter, *a[1:]), b) for a, b in zip(first, second, strict=True)) / len(first)


def _fields(one: Measures) -> list[tuple[float, ...]]:
    levels = bytes.fromhex(one.colours)
    return [tuple(levels[start : start + 3]) for start in range(0, len(levels), 3)]
