"""What short pieces of sound are like, many at once: how loud, how much like noise, of what pitch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float32]
    Power = NDArray[np.floating[Any]]

LASTS = 0.04
"""Seconds of one piece: three periods of the lowest voice."""

_RATE = 12_000  # Hz that pieces are brought to, or a little less or more
_HEARD = (150.0, 5_000.0)  # Hz that count as loudness: below is wind and rumble
_CROWD = (400.0, 4_400.0)
_BANDS = 8
_PITCHES = (75, 400)
_TINY = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One row per piece: `level` in dB of full scale, `flat` 0 (a tone) to about 0.6 (noise), `voiced` and `pitch`.

    `voiced` says how periodic it is (0 to 1) within the range of voices, `pitch` at how many Hz.
    """

    level: Values
    flat: Values
    voiced: Values
    pitch: Values


def length(rate: int) -> int:
    """Samples of a piece at this rate."""
    return max(1, round(LASTS * rate))


def heard(pieces: Sequence[Values], rate: int) -> Heard:
    """The features of mono pieces of `length(rate)` samples each."""
    factor = max(1, round(rate / _RATE))
    rate //= factor
    block = np.stack(pieces)
    end = block.shape[1] // factor * factor
    block = sum((block[:, at:end:factor] for at in range(1, factor)), block[:, :end:factor].copy()) / np.float32(factor)
    block = np.nan_to_num(block, copy=False)
    block -= block.mean(axis=1, keepdims=True)
    window = np.hanning(block.shape[1]).astype(np.float32)
    power = np.abs(np.fft.rfft(block * window, axis=1)) ** 2 + _TINY
    bins = np.fft.rfftfreq(block.shape[1], 1 / rate)
    audible = (bins >= _HEARD[0]) & (bins <= _HEARD[1])
    whole = 2 * power[:, audible].sum(axis=1) / (window**2).sum() / block.shape[1]
    voiced, pitch = _voices(block * window, window, rate)
    return Heard(
        level=(10 * np.log10(whole + 1e-9)).astype(np.float32),
        flat=_flatness(power, bins).astype(np.float32),
        voiced=voiced.astype(np.float32),
        pitch=pitch.astype(np.float32),
    )


def _flatness(power: Power, bins: Power) -> Power:
    """Geometric over arithmetic mean, in bands, so that a tilt of the spectrum does not count."""
    edges = np.geomspace(*_CROWD, _BANDS + 1)
    found = []
    for low, high in pairwise(edges.tolist()):
        part = power[:, (bins >= low) & (bins < high)]
        if part.shape[1] > 2:
            found.append(np.exp(np.log(part).mean(axis=1)) / part.mean(axis=1))
    return np.mean(found, axis=0) if found else np.zeros(power.shape[0], np.float32)


def _voices(block: Power, window: Power, rate: int) -> tuple[Power, Power]:
    size = 2 * block.shape[1]
    alike = np.fft.irfft(np.abs(np.fft.rfft(block, size, axis=1)) ** 2, axis=1)[:, : block.shape[1]]
    fading = np.fft.irfft(np.abs(np.fft.rfft(window, size)) ** 2)[: block.shape[1]]
    alike = alike / (np.maximum(alike[:, :1], _TINY) * (fading / fading[0] + 1e-2))
    shortest, longest = rate // _PITCHES[1], min(rate // _PITCHES[0], block.shape[1] - 2)
    if longest <= shortest + 2:
        return np.zeros(block.shape[0], np.float32), np.ones(block.shape[0], np.float32)
    before, lags, after = (alike[:, shortest + step : longest + step] for step in (-1, 0, 1))
    tops = np.where((lags >= before) & (lags >= after), lags, 0)
    strongest = tops.max(axis=1)
    first = np.argmax(tops > 0.9 * strongest[:, None], axis=1)  # two periods are as like as one
    return np.clip(strongest, 0, 1), rate / (shortest + first)
