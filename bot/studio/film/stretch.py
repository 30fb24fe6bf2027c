"""Sound made longer or shorter without a change of pitch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bot.studio.film.music.tone import Sound

_WINDOW = 2048
_HOP = _WINDOW // 2
_SEARCH = 480  # samples to either side, so that the lowest voices still find their own period
_COARSE = 4


def stretched(sound: Sound, length: int) -> Sound:
    """`sound` made `length` samples long, half to four times its own: alike parts are repeated or left out (WSOLA).

    What is hardly longer than a syllable is cut, or followed by silence, instead.
    """
    have = sound.shape[1]
    if min(have, length) < 2 * _WINDOW or length == have:
        return np.pad(sound, ((0, 0), (0, max(0, length - have))))[:, :length]
    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    guide = np.pad(sound.mean(axis=0), (_SEARCH, _SEARCH + 2 * _WINDOW))[::_COARSE]
    out = np.zeros((2, length + _WINDOW), np.float32)
    pace = (have - _WINDOW) / (length - _WINDOW)
    taken = 0
    for at in range(0, length, _HOP):
        wanted = min(int(at * pace), have - _WINDOW)
        if at:
            follows = guide[(taken + _HOP + _SEARCH) // _COARSE :][: _WINDOW // _COARSE]
            around = guide[wanted // _COARSE :][: (_WINDOW + 2 * _SEARCH) // _COARSE]
            alike = np.correlate(around, follows, "valid")
            taken = min(max(0, wanted - _SEARCH + _COARSE * int(np.argmax(alike))), have - _WINDOW)
        out[:, at : at + _WINDOW] += window * sound[:, taken : taken + _WINDOW]
    return out[:, :length]
