"""Beats of a recorded track: tempo by autocorrelation, then the best path of beats through all onsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np

from bot.codec.decoding import decoding
from bot.codec.errors import Unreadable
from bot.studio.film.grid import BAR, Grid
from bot.studio.film.onsets import FPS, RATE, Flux, seconds_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_LONGEST = 900  # seconds that are listened to: no film is longer
_SHORTEST = 4  # seconds in which a beat can be heard at all
_SLOWEST, _FASTEST = 60.0, 190.0
_USUAL, _SPREAD = 115.0, 0.75  # beats per minute, octaves: which tempo people would tap
_TAPPED = (65.0, 178.0)
_COUNTED_USUAL, _COUNTED_SPREAD = 110.0, 1.0
_BETWEEN = 0.5  # how much it speaks against a tempo that something begins between its beats
_TIGHT = 120.0  # how dear it is to leave the tempo, against the onsets
_LEAST_PULSE = 0.07  # of the autocorrelation: below it there is no tempo to follow
_AUDIBLE = 0.01  # of the loudest moment


def find_beats(path: Path) -> Grid:
    """Listen to a track, at most its first 15 minutes. A silent one has no beats.

    Raises:
        Unreadable: there is no sound in it that can be decoded.
    """
    flux = Flux()
    with decoding():
        flux.hear(_mono(path))
    level = flux.level
    audible = np.flatnonzero(level > _AUDIBLE * level.max(initial=0.0))
    if not audible.size:
        return Grid(beats=(), downbeat=0, start=0, end=round(1000 * level.size / FPS))
    start, end = (round(1000 * float(at) / FPS) for at in (audible[0], audible[-1] + 1))
    strength = flux.strength + flux.low  # what is low is what feet hear
    period = tempo(strength) if strength.size > _SHORTEST * FPS else None
    if period is None:
        return Grid(beats=(), downbeat=0, start=start, end=end)
    beats = _counted(strength, period)
    times = np.round(seconds_at(_exact(strength, beats)) * 1000).astype(int)
    heard = (times >= start - 40) & (times <= end)
    return Grid(
        beats=tuple(int(at) for at in np.maximum(times[heard], 0)),
        downbeat=_downbeat(beats[heard], flux.low + strength),
        start=start,
        end=end,
    )


def tempo(strength: NDArray[np.float32]) -> float | None:
    """Moments from beat to beat; None when nothing repeats."""
    size = 1 << (2 * strength.size - 1).bit_length()
    centred = np.convolve(strength, np.hanning(7) / 3, "same")  # people are not exact to the hundredth
    centred = centred - centred.mean()
    alike = np.fft.irfft(np.abs(np.fft.rfft(centred, size)) ** 2, size)[: strength.size]
    if alike[0] <= 0:
        return None
    alike /= alike[0]
    lags = np.arange(round(60 * FPS / _FASTEST), round(60 * FPS / _SLOWEST) + 1)
    if 4 * lags[-1] + 4 >= alike.size:
        alike = np.pad(alike, (0, 4 * lags[-1] + 5 - alike.size))
    # A beat repeats after two and four of itself too, its parts need not.
    support = alike[lags] + 0.5 * _near(alike, 2 * lags, 1) + 0.5 * _near(alike, 4 * lags, 2)
    liked = np.exp(-0.5 * (np.log2(60 * FPS / lags / _USUAL) / _SPREAD) ** 2)
    best = int(np.argmax(support * liked))
    if alike[lags[best]] < _LEAST_PULSE:
        return None
    return float(lags[best] + _bend(support[max(0, best - 1) : best + 2]))


def _near(alike: NDArray[np.float64], lags: NDArray[np.int64], reach: int) -> NDArray[np.float64]:
    best: NDArray[np.float64] = np.max([alike[lags + step] for step in range(-reach, reach + 1)], axis=0)
    return best


def _bend(three: NDArray[np.float64]) -> float:
    """Where the top of a parabola through three points lies, from the middle one."""
    if three.size < 3:
        return 0.0
    left, middle, right = (float(one) for one in three)
    curve = left - 2 * middle + right
    return float(np.clip(0.5 * (left - right) / curve, -0.5, 0.5)) if curve < 0 else 0.0


def follow(strength: NDArray[np.float32], period: float) -> NDArray[np.int64]:
    """The moments of the beats: the path with most onset strength on it that keeps near to the tempo."""
    smooth = np.convolve(strength, np.exp(-0.5 * (np.arange(-4, 5) / 1.5) ** 2), "same")
    steps = np.arange(round(period / 2), round(2 * period) + 1)
    dear = -_TIGHT * np.log(steps / period) ** 2 * float(smooth.std()) / 10
    score = smooth.astype(np.float64)
    come_from = np.full(score.size, -1)
    for now in range(int(steps[0]), score.size):
        reach = steps[: np.searchsorted(steps, now, side="right")]
        past = score[now - reach] + dear[: reach.size]
        best = int(np.argmax(past))
        if past[best] > 0:
            score[now] += past[best]
            come_from[now] = now - reach[best]
    last = (
        int(score.size - steps[-1] + np.argmax(score[-steps[-1] :]))
        if score.size > steps[-1]
        else int(np.argmax(score))
    )
    path = []
    while last >= 0:
        path.append(last)
        last = int(come_from[last])
    return np.array(path[::-1])


def _counted(strength: NDArray[np.float32], period: float) -> NDArray[np.int64]:
    """The beats at this tempo, at half or at twice of it: the one that people would count.

    At twice the tempo half of the beats are weak ones; at half of it strong ones lie between the beats.
    """
    found: list[tuple[float, NDArray[np.int64]]] = []
    for tried in (period / 2, period, period * 2):
        bpm = 60 * FPS / tried
        if not _TAPPED[0] <= bpm <= _TAPPED[1]:
            continue
        beats = follow(strength, tried)
        between = (beats[1:] + beats[:-1]) // 2
        clear = float(_about(strength, beats).mean() - _BETWEEN * _about(strength, between).mean())
        found.append((clear * np.exp(-0.5 * (np.log2(bpm / _COUNTED_USUAL) / _COUNTED_SPREAD) ** 2), beats))
    return max(found, key=lambda one: one[0])[1] if found else follow(strength, period)


def _about(strength: NDArray[np.float32], moments: NDArray[np.int64]) -> NDArray[np.float32]:
    """The strongest onset within two moments of each."""
    around = [strength[np.clip(moments + step, 0, strength.size - 1)] for step in (-2, -1, 0, 1, 2)]
    strongest: NDArray[np.float32] = np.max(around, axis=0, initial=0.0)
    return strongest


def _exact(strength: NDArray[np.float32], beats: NDArray[np.int64]) -> NDArray[np.float64]:
    """Each beat at the top of the onset that is there, between the moments; unmoved where none is."""
    padded = np.pad(strength.astype(np.float64), 3)
    exact = beats.astype(np.float64)
    for index, beat in enumerate(beats):
        around = padded[beat + 1 : beat + 6]
        top = int(np.argmax(around))
        if around[top] > 1 and 0 < top < 4:
            exact[index] = beat + top - 2 + _bend(around[top - 1 : top + 2])
    return exact


def _downbeat(beats: NDArray[np.int64], strength: NDArray[np.float32]) -> int:
    """Which of the first four beats begins a bar: where, bar after bar, most begins below."""
    if beats.size < 2 * BAR:
        return 0
    near = _about(strength, beats)
    return int(np.argmax([near[phase::BAR].mean() for phase in range(BAR)]))


def _mono(path: Path) -> Iterator[NDArray[np.float32]]:
    with av.open(path) as container:
        if not container.streams.audio:
            raise Unreadable("no-sound")
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        heard = 0
        for frame in container.decode(container.streams.audio[0]):
            for piece in resampler.resample(frame):
                yield np.nan_to_num(np.asarray(piece.to_ndarray(), dtype=np.float32)[0])
                heard += piece.samples
            if heard >= _LONGEST * RATE:
                return
