"""What is known of the samples of a recording without decoding one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.studio.recording.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The samples of one track in decoding order.

    `times` are seconds from the first shown picture, `sizes` bytes, `offsets` places in the file (-1 where the sample
    is not in it, or nobody knows), `keys` marks those that are keys by their container's word.
    """

    times: NDArray[np.float64]
    sizes: NDArray[np.int64]
    offsets: NDArray[np.int64]
    keys: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The pictures and, where its samples can be found, the sound that is listened to; `duration` in ms.

    `anew` marks the pictures that decoding can really begin with; `broken` are stretches (ms) whose samples are not
    there or cannot be what they should.
    """

    duration: int
    pictures: Track
    anew: NDArray[np.bool_]
    sound: Track | None = None
    broken: tuple[Span, ...] = ()


def closed(times: NDArray[np.float64], keys: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which keys begin a closed group: nothing that is decoded after them, up to the next key, is shown before them."""
    places = np.flatnonzero(keys)
    alone = np.zeros(keys.size, np.bool_)
    if places.size:
        earliest = np.minimum.reduceat(times, places)
        alone[places[earliest >= times[places] - 1e-6]] = True
    return alone
