"""The film's sound: a mood's music, the user's own track, or silence, and the clips' own sound; levelled and faded."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from bot.codec.encode import SAMPLE_RATE
from bot.studio.film.files import Files
from bot.studio.film.model import FPS
from bot.studio.film.music.loudness import master
from bot.studio.film.music.play import compose
from bot.studio.film.song import own_track
from bot.studio.film.speech import HOP
from bot.studio.film.timeline import FADE_IN, FADE_OUT, frame_at, lay_out
from bot.studio.film.voices import give_way, mark, voices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.studio.film.model import Film
    from bot.studio.film.music.tone import Sound


def soundtrack(film: Film, assets: Mapping[str, Path], files: Files | None = None) -> Sound:
    """The whole sound, `(2, n)` float32 at 48 kHz: -14 LUFS, true peak below -1 dBTP.

    Music alone is that loud at full volume and softer below it; where clips are heard, what is heard together is.

    Raises:
        FilmError: the user's own track cannot be decoded.
    """
    length = frame_at(film.duration) * SAMPLE_RATE // FPS
    sound = np.zeros((2, length), np.float32)
    spoken, heard = np.zeros(-(-length // HOP), bool), False
    for voice in voices(lay_out(film), assets, files or Files()):  # one at a time: a long film's are too much at once
        part = sound[:, voice.start : voice.start + voice.sound.shape[1]]
        part += voice.sound[:, : part.shape[1]]
        mark(spoken, voice)
        heard = True
    music = _music(film, assets, length)
    if music is not None:
        give_way(music, spoken)
        sound += music
    if heard:
        master(sound)
    _fade(sound, FADE_IN * SAMPLE_RATE // FPS, FADE_OUT * SAMPLE_RATE // FPS)
    return sound


def _music(film: Film, assets: Mapping[str, Path], length: int) -> Sound | None:
    """The music at its volume; None for none."""
    asked = film.sound
    if asked.volume == 0 or (asked.mood is None and asked.asset is None):
        return None
    if asked.asset is not None:
        sound = own_track(assets[asked.asset], asked, length)
    else:
        assert asked.mood is not None
        cuts = [*accumulate(shot.duration for shot in film.shots[:-1])]
        sound = compose(asked.mood, asked.seed, length / SAMPLE_RATE, cuts[-1] / 1000 if cuts else None)
    master(sound)
    sound *= np.float32(asked.volume)
    if asked.asset is not None:
        _fade(sound, 0, min(asked.fade * SAMPLE_RATE // 1000, length // 3))
    return sound


def _fade(sound: Sound, rise: int, fall: int) -> None:
    """Raised-cosine fades in place."""
    rise, fall = min(rise, sound.shape[1]), min(fall, sound.shape[1])
    sound[:, :rise] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))).astype(np.float32)
    sound[:, sound.shape[1] - fall :] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)
