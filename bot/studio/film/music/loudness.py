"""Loudness after ITU-R BS.1770 and peaks between the samples; and a track brought to both."""

from __future__ import annotations

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
_RUN_UP = RATE // 5
_PIECE = _HOP * 80


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
        _limit(sound, 10 ** (ceiling_db / 20))
    return sound


def _limit(sound: Sound, ceiling: float) -> None:
    """Turn down around every peak, smoothly and ahead of it, by as much as it needs; in place."""
    reach = 6
    needed = np.minimum(1, ceiling / np.maximum(_cell_peaks(sound), 1e-6))
    if needed.min() >= 1:
        return
    padded = np.pad(needed, 2 * reach + 1, mode="edge")
    held = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 3).min(axis=1)
    gains = np.convolve(held, np.full(2 * reach + 1, 1 / (2 * reach + 1)), "same")[reach : reach + needed.size]
    middles = (np.arange(gains.size) + 0.5) * _CELL
    for start in range(0, sound.shape[1], _PIECE):
        part = sound[:, start : start + _PIECE]
        part *= np.interp(np.arange(start, start + part.shape[1]), middles, gains).astype(np.float32)


def _block_powers(sound: Sound) -> NDArray[np.float64]:
    """K-weighted power of both sides together in blocks of 400 ms, one each 100 ms."""
    cells = np.zeros(max(1, sound.shape[1] // _HOP))
    for start, raw, before in _pieces(sound):
        size = 2 ** (raw.shape[1] + _RUN_UP).bit_length()
        weight = _k_weight(np.fft.rfftfreq(size, 1 / RATE))
        heard = np.fft.irfft(np.fft.rfft(raw, size) * weight, size)[:, before : raw.shape[1]]
        whole = heard.shape[1] // _HOP
        power = (heard[:, : whole * _HOP].reshape(2, whole, _HOP) ** 2).mean(axis=2).sum(axis=0)
        cells[start // _HOP : start // _HOP + whole] = power
    if cells.size < 4:
        return np.array([cells.mean()])
    blocks: NDArray[np.float64] = np.convolve(cells, np.full(4, 0.25), "valid")
    return blocks


def _k_weight(bins: NDArray[np.floating]) -> NDArray[np.complex128]:
    """The standard's two filters at 48 kHz, as a response over frequency."""
    z = np.exp(-2j * np.pi * bins / RATE)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    highpass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    response: NDArray[np.complex128] = shelf * highpass
    return response


def _cell_peaks(sound: Sound) -> NDArray[np.float64]:
    """The highest value in every millisecond, between the samples too."""
    peaks = np.zeros(-(-sound.shape[1] // _CELL))
    for start, raw, before in _pieces(sound):
        size = 2 ** (raw.shape[1] + 512).bit_length()
        spectrum = np.fft.rfft(raw, size)
        spectrum[:, -1] *= 0.5
        fine = np.abs(np.fft.irfft(spectrum, size * 4)).max(axis=0) * 4
        fine = fine[before * 4 : raw.shape[1] * 4]
        fine = np.pad(fine, (0, -fine.size % (4 * _CELL)))
        here = fine.reshape(-1, 4 * _CELL).max(axis=1)
        peaks[start // _CELL : start // _CELL + here.size] = here
    return peaks


def _pieces(sound: Sound) -> Iterator[tuple[int, Sound, int]]:
    """Pieces with a run-up, so that filters settle and memory stays bounded: start, samples, length of the run-up."""
    for start in range(0, sound.shape[1], _PIECE):
        before = min(start, _RUN_UP)
        yield start, sound[:, start - before : start + _PIECE], before
