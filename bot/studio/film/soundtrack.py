"""The film's sound: a mood's music, the user's own track, or silence; levelled and faded."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import av
import numpy as np

from bot.codec.encode import SAMPLE_RATE
from bot.codec.errors import Unreadable, decoding
from bot.studio.film.errors import FilmError
from bot.studio.film.model import FPS
from bot.studio.film.music.loudness import master
from bot.studio.film.music.play import compose
from bot.studio.film.timeline import FADE_IN, FADE_OUT, frame_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.studio.film.model import Film
    from bot.studio.film.music.tone import Sound

_LOOP_FADE = 2 * SAMPLE_RATE
_OWN_FADE_OUT = 2 * SAMPLE_RATE


def soundtrack(film: Film, assets: Mapping[str, Path]) -> Sound:
    """The whole sound, `(2, n)` float32 at 48 kHz: -14 LUFS at full volume, true peak below -1 dBTP.

    Raises:
        FilmError: the user's own track cannot be decoded.
    """
    length = frame_at(film.duration) * SAMPLE_RATE // FPS
    if film.sound.volume == 0 or (film.sound.mood is None and film.sound.asset is None):
        return np.zeros((2, length), np.float32)
    if film.sound.asset is not None:
        sound = _own_track(assets[film.sound.asset], film.sound.asset, length)
    else:
        assert film.sound.mood is not None
        cuts = [*accumulate(shot.duration for shot in film.shots[:-1])]
        sound = compose(film.sound.mood, film.sound.seed, length / SAMPLE_RATE, cuts[-1] / 1000 if cuts else None)
    master(sound[:, :length])
    sound *= np.float32(film.sound.volume)
    _fade(sound, FADE_IN * SAMPLE_RATE // FPS, FADE_OUT * SAMPLE_RATE // FPS)
    return sound


def _fade(sound: Sound, rise: int, fall: int) -> None:
    """Raised-cosine fades in place."""
    rise, fall = min(rise, sound.shape[1]), min(fall, sound.shape[1])
    sound[:, :rise] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))).astype(np.float32)
    sound[:, sound.shape[1] - fall :] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)


def _own_track(path: Path, asset: str, length: int) -> Sound:
    """The first `length` samples; a shorter track is repeated with a crossfade."""
    try:
        with decoding():
            track = _decode(path, length)
    except Unreadable as error:
        raise FilmError("unreadable", asset=asset, why=error.reason) from error
    if track.shape[1] < SAMPLE_RATE // 10:
        raise FilmError("unreadable", asset=asset, why="no-sound")
    sound = np.zeros((2, length), np.float32)
    blend = min(_LOOP_FADE, track.shape[1] // 3)
    at = 0
    while at < length:
        turn = track.copy()
        if at:
            turn[:, :blend] *= np.sin(np.linspace(0, np.pi / 2, blend)).astype(np.float32)
        if at + turn.shape[1] < length:
            turn[:, -blend:] *= np.cos(np.linspace(0, np.pi / 2, blend)).astype(np.float32)
        part = sound[:, at : at + turn.shape[1]]
        part += turn[:, : part.shape[1]]
        at += track.shape[1] - blend
    _fade(sound, 0, min(_OWN_FADE_OUT, length // 3))
    return sound


def _decode(path: Path, length: int) -> Sound:
    """The beginning of the first audio stream as 48 kHz stereo."""
    pieces: list[Sound] = []
    have = 0
    with av.open(path) as container:
        if not container.streams.audio:
            raise Unreadable("no-sound")
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        for frame in container.decode(container.streams.audio[0]):
            for piece in resampler.resample(frame):
                pieces.append(np.asarray(piece.to_ndarray(), dtype=np.float32))
                have += piece.samples
            if have >= length:
                break
    if not pieces:
        raise Unreadable("no-sound")
    return np.nan_to_num(np.concatenate(pieces, axis=1)[:, :length], copy=False)
