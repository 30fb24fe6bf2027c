"""The user's own track: the stretches that the draft names, joined without a seam, or its beginning, repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np

from bot.codec.decoding import decoding
from bot.codec.encode import SAMPLE_RATE
from bot.codec.errors import Unreadable
from bot.studio.film.errors import FilmError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.studio.film.model import Sound as Music
    from bot.studio.film.music.tone import Sound

_LOOP_FADE = 2 * SAMPLE_RATE
_JOINT = SAMPLE_RATE // 50  # half of a crossfade between two pieces
_LEAST = SAMPLE_RATE // 10


def own_track(path: Path, music: Music, length: int) -> Sound:
    """`length` samples of the track, not yet levelled.

    Raises:
        FilmError: `unreadable`, with the asset's id.
    """
    assert music.asset is not None
    first, last = 0, length
    if music.pieces:
        first = max(0, min(start for start, _ in music.pieces) * SAMPLE_RATE // 1000 - _JOINT)
        last = max(end for _, end in music.pieces) * SAMPLE_RATE // 1000 + _JOINT
    try:
        with decoding():
            track = _decode(path, first, last)
    except Unreadable as error:
        raise FilmError("unreadable", asset=music.asset, why=error.reason) from error
    if track.shape[1] < _LEAST:
        raise FilmError("unreadable", asset=music.asset, why="no-sound")
    return _joined(track, first, music.pieces, length) if music.pieces else _repeated(track, length)


def _joined(track: Sound, first: int, pieces: tuple[tuple[int, int], ...], length: int) -> Sound:
    """Pieces one after the other; each begins and ends a little outside of its stretch, so that joints are blended."""
    sound = np.zeros((2, length), np.float32)
    offset = 0.0
    for number, (start, end) in enumerate(pieces):
        begin, stop = (round(ms * SAMPLE_RATE / 1000) - first for ms in (start, end))
        at = round(offset * SAMPLE_RATE / 1000)
        before = min(_JOINT, begin, at) if number else 0
        piece = track[:, max(0, begin - before) : stop + _JOINT].copy()
        if number and piece.shape[1]:
            edge = min(before + _JOINT, piece.shape[1])
            piece[:, :edge] *= _rise(edge)
        if number < len(pieces) - 1:
            edge = min(2 * _JOINT, piece.shape[1])
            piece[:, piece.shape[1] - edge :] *= _rise(edge)[::-1]
        part = sound[:, at - before : at - before + piece.shape[1]]
        part += piece[:, : part.shape[1]]
        offset += end - start
        if offset * SAMPLE_RATE / 1000 >= length:
            break
    return sound


def _rise(samples: int) -> Sound:
    """A quarter of a sine: two of them crossed keep the power."""
    return np.sin(np.linspace(0, np.pi / 2, samples)).astype(np.float32)


def _repeated(track: Sound, length: int) -> Sound:
    """The track from its beginning; a shorter one is repeated with a crossfade."""
    sound = np.zeros((2, length), np.float32)
    blend = min(_LOOP_FADE, track.shape[1] // 3)
    at = 0
    while at < length:
        turn = track.copy()
        if at:
            turn[:, :blend] *= _rise(blend)
        if at + turn.shape[1] < length:
            turn[:, -blend:] *= _rise(blend)[::-1]
        part = sound[:, at : at + turn.shape[1]]
        part += turn[:, : part.shape[1]]
        at += track.shape[1] - blend
    return sound


def _decode(path: Path, first: int, last: int) -> Sound:
    """Samples `first` to `last` of the first audio stream, as 48 kHz stereo; fewer where it ends before."""
    pieces: list[Sound] = []
    at = 0
    with av.open(path) as container:
        if not container.streams.audio:
            raise Unreadable("no-sound")
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        for frame in container.decode(container.streams.audio[0]):
            for piece in resampler.resample(frame):
                sound = np.asarray(piece.to_ndarray(), dtype=np.float32)
                if at + sound.shape[1] > first:
                    pieces.append(sound[:, max(0, first - at) : last - at])
                at += sound.shape[1]
            if at >= last:
                break
    if not pieces:
        raise Unreadable("no-sound")
    return np.nan_to_num(np.concatenate(pieces, axis=1), copy=False)
