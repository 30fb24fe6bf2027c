"""The clips' own sound: found, levelled, cut to the shots, and the music lowered beneath what is said in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import av
import numpy as np

from bot.codec.decoding import decoding
from bot.codec.encode import SAMPLE_RATE
from bot.codec.errors import Unreadable
from bot.studio.film.clips import pace
from bot.studio.film.model import FPS
from bot.studio.film.music.loudness import integrated
from bot.studio.film.speech import HOP, is_speech, spoken_at
from bot.studio.film.stretch import stretched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.studio.film.files import Files
    from bot.studio.film.music.tone import Sound
    from bot.studio.film.timeline import Span

_SAID, _AROUND = -16.0, -23.0  # LUFS of what is said, and of what is only kept under the music
_MOST_GAIN = 18.0  # dB; more would lift the noise of a quiet room
_INAUDIBLE = -55.0  # LUFS
_QUICKEST = 2.0  # times its own pace: beyond that nothing is understood any more
_EDGE = SAMPLE_RATE // 25
_REACH = SAMPLE_RATE // 100
_EARLY = 0.3  # seconds that are decoded before the wanted ones, for codecs need a run-up
_SLIP = SAMPLE_RATE // 20
_DEPTH = 10 ** (-12 / 20)
_BEFORE, _AFTER, _GLIDE = 15, 45, 31  # moments: down ahead of the word, up again when the sentence is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The sound of one shot from a sample of the film on; `ducks` says that the music gives way to it."""

    start: int
    sound: Sound
    ducks: bool


def voices(spans: Sequence[Span], assets: Mapping[str, Path], files: Files) -> Iterator[Voice]:
    """What is to be heard of the clips, one after the other. A clip whose sound cannot be decoded has none."""
    meets = [False, *(_may_sound(before) and _may_sound(after) for before, after in pairwise(spans)), False]
    ends = [*spans[1:], None]
    for index, (span, after) in enumerate(zip(spans, ends, strict=True)):
        if not _may_sound(span):
            continue
        rise = _seam(span.settled - span.first, meets[index])
        fall = _seam(after.settled - after.first if after else 0, meets[index + 1])
        sound = _of_shot(assets[span.shot.asset], span, files, rise.reach, fall.reach)
        if sound is None or (span.shot.sound == "auto" and not is_speech(sound)):
            continue
        ducks = span.shot.sound != "keep"
        if _levelled(sound, _SAID if ducks else _AROUND):
            for seam, side in ((rise, sound), (fall, sound[:, ::-1])):
                _edged(side, seam)
            yield Voice(start=span.first * SAMPLE_RATE // FPS - rise.reach, sound=sound, ducks=ducks)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seam:
    """How a sound begins or ends: over so many samples, `reach` of them beyond its picture; beside another or alone."""

    length: int
    reach: int
    beside: bool


def _may_sound(span: Span) -> bool:
    return span.shot.kind == "video" and span.shot.sound != "drop"


def _seam(frames: int, beside: bool) -> _Seam:
    """Sounds change with the picture, but never so fast that it clicks; at a hard cut they reach into each other."""
    length = frames * SAMPLE_RATE // FPS
    if not beside:
        return _Seam(length=max(_EDGE, length), reach=0, beside=False)
    return _Seam(length=length or 2 * _REACH, reach=0 if length else _REACH, beside=True)


def give_way(music: Sound, spoken: NDArray[np.bool_]) -> None:
    """Lower the music by 12 dB around the moments in which something is said; in place."""
    if not spoken.any():
        return
    moments = spoken.size
    reach = np.pad(spoken, (_AFTER, _BEFORE))
    held = np.lib.stride_tricks.sliding_window_view(reach, _BEFORE + _AFTER + 1).any(axis=1)
    shape = np.hanning(_GLIDE + 2)[1:-1]
    padded = np.pad(np.where(held, _DEPTH, 1.0), _GLIDE // 2, mode="edge")
    gains = np.convolve(padded, shape / shape.sum(), "valid")
    middles = (np.arange(moments) + 0.5) * HOP
    music *= np.interp(np.arange(music.shape[1]), middles, gains).astype(np.float32)


def mark(spoken: NDArray[np.bool_], voice: Voice) -> None:
    """Mark the moments of the film in which a voice says something that music gives way to; in place."""
    if voice.ducks:
        part = spoken[voice.start // HOP :][: voice.sound.shape[1] // HOP]
        part |= spoken_at(voice.sound)[: part.size]


def _of_shot(path: Path, span: Span, files: Files, early: int, late: int) -> Sound | None:
    try:
        facts = files.facts(path)
        if facts.kind != "video" or not facts.has_audio:
            return None
        start, rate = pace(facts, span)
        if rate > _QUICKEST:
            return None
        length = span.length * SAMPLE_RATE // FPS + early + late
        with decoding():
            sound = _excerpt(path, start - early * rate / SAMPLE_RATE, round(length * rate), files)
    except Unreadable:
        return None  # the picture is there all the same, and says so if it is not
    return sound if rate == 1 else stretched(sound, length)


def _excerpt(path: Path, start: float, length: int, files: Files) -> Sound:
    """`length` samples from `start` seconds after the first picture; silence where the clip has no sound."""
    sound = np.zeros((2, length), np.float32)
    with files.lent(path) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        start += float((video.start_time or 0) * (video.time_base or 0))
        container.seek(max(0, int((start - _EARLY) * 1_000_000)))
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        at: int | None = None
        for frame in container.decode(audio):
            told = round(((frame.time or 0.0) - start) * SAMPLE_RATE)
            # Continuous by count; times are rounded in many files, and only a true gap is one.
            at = told if at is None or abs(told - at) > _SLIP else at
            for piece in [frame] if _plain(frame) else resampler.resample(frame):
                at = _put(sound, piece, at)
            if at >= length:
                break
    return np.nan_to_num(sound, copy=False)


def _plain(frame: av.AudioFrame) -> bool:
    """Whether a frame is as the film's sound is."""
    return frame.format.name == "fltp" and frame.layout.name == "stereo" and frame.sample_rate == SAMPLE_RATE


def _put(sound: Sound, piece: av.AudioFrame, at: int) -> int:
    """Write a piece where it belongs, as far as it is wanted; where the next one goes."""
    for side, plane in zip(sound, piece.planes, strict=True):
        part = side[max(0, at) : max(0, at + piece.samples)]
        samples = np.frombuffer(plane, np.float32, piece.samples)  # type: ignore[call-overload]
        part[:] = samples[max(0, -at) : max(0, -at) + part.size]
    return at + piece.samples


def _levelled(sound: Sound, target: float) -> bool:
    now = integrated(sound)
    if now < _INAUDIBLE:
        return False
    sound *= np.float32(10 ** (min(target - now, _MOST_GAIN) / 20))
    return True


def _edged(side: Sound, seam: _Seam) -> None:
    """Rise; in place. Beside another sound so that both together are as loud all the time, alone more gently."""
    edge = min(seam.length, side.shape[1] // 2)
    shape = np.sin(np.linspace(0, np.pi / 2, edge)) if seam.beside else 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, edge))
    side[:, :edge] *= shape.astype(np.float32)
