"""How much of what is heard begins, moment by moment: the spectral flux of a track."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

RATE = 24_000
HOP = 240
FPS = RATE // HOP
"""Moments per second."""

_WINDOW = 1024
_LAG = 0.002
"""Seconds by which the flux answers late: a window sees a stroke before it holds much of it. Measured on clicks."""
_BANDS = 32
_COMPRESSED = 0.7
_LOW_BANDS = 5  # up to some 200 Hz: kick and bass
_PIECE = 2000  # moments at once, so that memory stays small whatever the length
_LOCAL = FPS // 2


class Flux:
    """Takes mono sound at RATE piece by piece; what has been heard is `strength`, `low` and `level`."""

    def __init__(self) -> None:
        self._rest = np.zeros(_WINDOW // 2, np.float32)
        self._last: NDArray[np.float32] | None = None
        self._rises: list[NDArray[np.float32]] = []
        self._lows: list[NDArray[np.float32]] = []
        self._levels: list[NDArray[np.float32]] = []

    def hear(self, pieces: Iterable[NDArray[np.float32]]) -> None:
        """Go through a track."""
        wanted = _PIECE * HOP + _WINDOW
        for piece in pieces:
            self._rest = np.concatenate([self._rest, piece])
            while self._rest.size >= wanted:
                self._moments(self._rest[:wanted])
                self._rest = self._rest[_PIECE * HOP :]
        self._rest = np.concatenate([self._rest, np.zeros(_WINDOW, np.float32)])
        self._moments(self._rest)

    @property
    def strength(self) -> NDArray[np.float32]:
        """Onset strength of every moment, above its surroundings, with a mean square of one."""
        return _outstanding(np.concatenate(self._rises))

    @property
    def low(self) -> NDArray[np.float32]:
        """The same of the lowest bands only."""
        return _outstanding(np.concatenate(self._lows))

    @property
    def level(self) -> NDArray[np.float32]:
        """Root mean square of every moment."""
        return np.concatenate(self._levels)

    def _moments(self, sound: NDArray[np.float32]) -> None:
        frames = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[: _PIECE * HOP : HOP]
        power = np.abs(np.fft.rfft(frames * _HANN, axis=1)).astype(np.float32) ** 2
        # Compressed by a power, which no level changes: soft notes count beside loud ones, but less.
        heard = (power @ _WEIGHTS) ** np.float32(_COMPRESSED / 2)
        before = heard[:1] if self._last is None else self._last
        rises = np.maximum(np.diff(np.concatenate([before, heard]), axis=0), 0)
        self._last = heard[-1:]
        self._rises.append(rises.sum(axis=1))
        self._lows.append(rises[:, :_LOW_BANDS].sum(axis=1))
        self._levels.append(np.sqrt(np.mean(frames**2, axis=1)))


def _bands() -> NDArray[np.float32]:
    """Triangular bands, `(bins, bands)`: even below 1 kHz, ever wider above, as the ear has them."""
    low, high, at = (_mel(np.asarray(hertz)) for hertz in (40.0, 11_000.0, np.fft.rfftfreq(_WINDOW, 1 / RATE)))
    edges = np.linspace(float(low), float(high), _BANDS + 2)
    rising = (at[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - at[:, None]) / (edges[2:] - edges[1:-1])
    weights: NDArray[np.float32] = (np.clip(np.minimum(rising, falling), 0, None) / _WINDOW).astype(np.float32)
    return weights


def _mel(hertz: NDArray[np.floating]) -> NDArray[np.float64]:
    mels: NDArray[np.float64] = 2595 * np.log10(1 + hertz / 700)
    return mels


_HANN = np.hanning(_WINDOW).astype(np.float32)
_WEIGHTS = _bands()


def _outstanding(rises: NDArray[np.float32]) -> NDArray[np.float32]:
    local = np.convolve(np.pad(rises, _LOCAL), np.full(_LOCAL, 1 / _LOCAL, np.float32), "same")[_LOCAL:-_LOCAL]
    above = np.maximum(rises - local, 0)
    result: NDArray[np.float32] = above / (np.sqrt(np.mean(above**2)) + 1e-9)
    return result.astype(np.float32)


def seconds_at(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """When a stroke was that is seen at these moments."""
    return moments / FPS + _LAG
