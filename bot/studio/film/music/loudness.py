"""Loudness after ITU-R BS.1770 and peaks between the samples; and a track brought to both."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.film.music.tone import RATE, Sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TARGET_LUFS = -14.0
CEILING_DB = -1.6  # true peak; AAC adds a few tenths
_SILENCE = -70.0
_CELL = RATE // 1000
_HOP = RATE // 10
_PIECE = _HOP * 80
_SETTLED = RATE // 20  # samples after which the standard's filters have forgotten what came before
_CELLS, _EDGE = 80, 128  # 4096 samples in one transform
_TOGETHER = 32  # transforms at once


def integrated(sound: Sound) -> float:
    """Gated loudness of a stereo track in LUFS; -70 for silence."""
    power = _block_powers(sound)
    loud = -0.691 + 10 * np.log10(power + 1e-12)
    kept = power[loud > _SILENCE]
    if not kept.size:
        return _SILENCE
    relative = -0.691 + 10 * np.log10(kept.mean()) - 10
    kept = power[(loud > _SILENCE) & (loud > relative)]
    return float(-0.691 + 10 * np.log10(kept.mean())) if kept.size else _SILENCE


def true_peak(sound: Sound) -> float:
    """The highest level between the samples too (four times oversampled), in dBTP; -120 for silence."""
    return float(20 * np.log10(_cell_peaks(sound).max() + 1e-6))


def master(sound: Sound, target: float = TARGET_LUFS, ceiling_db: float = CEILING_DB) -> Sound:
    """Bring a track to a loudness without passing the ceiling; in place. Silence stays silence."""
    for turn in range(4):
        now = integrated(sound)
        if now <= _SILENCE or (turn and abs(now - target) < 0.1):
            break
        sound *= np.float32(10 ** ((target - now) / 20))
        if not _limit(sound, 10 ** (ceiling_db / 20)):
            break
    return sound


def _limit(sound: Sound, ceiling: float) -> bool:
    """Turn down around every peak, smoothly and ahead of it, by as much as it needs; in place. Says if any did."""
    reach = 6
    needed = np.minimum(1, ceiling / np.maximum(_cell_peaks(sound), 1e-6))
    if needed.min() >= 1:
        return False
    padded = np.pad(needed, 2 * reach + 1, mode="edge")
    held = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 3).min(axis=1)
    gains = np.convolve(held, np.full(2 * reach + 1, 1 / (2 * reach + 1)), "same")[reach : reach + needed.size]
    middles = (np.arange(gains.size) + 0.5) * _CELL
    for start in range(0, sound.shape[1], _PIECE):
        part = sound[:, start : start + _PIECE]
        part *= np.interp(np.arange(start, start + part.shape[1]), middles, gains).astype(np.float32)
    return True


def _block_powers(sound: Sound) -> NDArray[np.float64]:
    """K-weighted power of both sides together in blocks of 400 ms, one each 100 ms."""
    cells = np.zeros(max(1, sound.shape[1] // _HOP))
    for start, windows in _windows(sound, 2 * _HOP, before=_SETTLED, after=0):
        heard = np.fft.irfft(np.fft.rfft(windows) * _k_weight(windows.shape[2]), windows.shape[2])[:, :, _SETTLED:]
        power = np.square(heard).reshape(2, -1, _HOP).mean(axis=2, dtype=np.float64).sum(axis=0)
        part = cells[start // _HOP : start // _HOP + power.size]
        part[:] = power[: part.size]
    if cells.size < 4:
        return np.array([cells.mean()])
    blocks: NDArray[np.float64] = np.convolve(cells, np.full(4, 0.25), "valid")
    return blocks


@lru_cache(maxsize=1)
def _k_weight(size: int) -> NDArray[np.complex64]:
    """The standard's two filters at 48 kHz, as a response over the frequencies of a transform of so many samples."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    highpass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    response: NDArray[np.complex64] = (shelf * highpass).astype(np.complex64)
    return response


def _cell_peaks(sound: Sound) -> NDArray[np.float32]:
    """The highest value in every millisecond, between the samples too."""
    peaks = np.zeros(-(-sound.shape[1] // _CELL), np.float32)
    edge = np.ones(_CELLS * _CELL + 2 * _EDGE, np.float32)
    edge[:_EDGE] = np.linspace(0, 1, _EDGE)
    edge[-_EDGE:] = np.linspace(1, 0, _EDGE)
    for start, windows in _windows(sound, _CELLS * _CELL, before=_EDGE, after=_EDGE):
        size = windows.shape[2]
        spectrum = np.fft.rfft(windows * edge)  # the window's ends meet in a transform: without a jump nothing rings
        spectrum[:, :, -1] *= 0.5
        fine = np.abs(np.fft.irfft(spectrum, size * 4)[:, :, 4 * _EDGE : -4 * _EDGE]).max(axis=0) * 4
        here = fine.reshape(-1, 4 * _CELL).max(axis=1)
        part = peaks[start // _CELL : start // _CELL + here.size]
        part[:] = here[: part.size]
    return peaks


def _windows(sound: Sound, step: int, *, before: int, after: int) -> Iterator[tuple[int, Sound]]:
    """Stretches of `step` samples with some of what lies around them, a few at a time, so that memory stays bounded.

    Yields where the first one begins, and `(2, n, before + step + after)` samples; silence lies beyond both ends.
    """
    for start in range(0, sound.shape[1], _TOGETHER * step):
        stop = min(start + _TOGETHER * step, sound.shape[1])
        count = -(-(stop - start) // step)
        piece = sound[:, max(0, start - before) : start + count * step + after]
        ends = (max(0, before - start), before + count * step + after - piece.shape[1] - max(0, before - start))
        views = np.lib.stride_tricks.sliding_window_view(np.pad(piece, ((0, 0), ends)), before + step + after, axis=1)
        yield start, views[:, ::step]
