"""Where exactly somebody speaks around what may become a moment: there the sound is listened to without gaps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import av
import numpy as np
from av.stream import Discard

from bot.studio.recording import hearing
from bot.studio.recording.listen import mono
from bot.studio.recording.model import STEP
from bot.studio.recording.spans import common, merged, minus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from numpy.typing import NDArray

    from bot.studio.recording.hearing import Heard
    from bot.studio.recording.model import Recording
    from bot.studio.recording.spans import Span

_AROUND = 4_000
_WHOLE, _PART = 20 * 60_000, 20_000  # ms of a recording that is heard whole, and of what is judged at once
_EARLY = 0.15  # seconds that are decoded and not used, for codecs need a run-up
_SPOKEN = 128
_BELOW, _ABOVE = 20.0, 5.0  # dB below what is said loudest and above what is always there
_CLOSED = 0.2  # seconds; shorter gaps are between syllables
_FADING = 80  # ms in which a word begins and dies away
_VOICED, _VOICED_SHARE = 0.5, 0.3


def with_pauses(
    recording: Recording, candidates: Sequence[Span], container: InputContainer, sound: AudioStream, base: float
) -> Recording:
    """The recording with its pauses where candidates may be cut, and speech told more exactly there.

    `base` is when the first picture is shown, in seconds of the container's time.
    """
    for stream in container.streams:
        if stream is not sound:
            stream.discard = Discard.all  # so that the pictures in between are not even read
    spoken: list[Span] = []
    heard: list[Span] = []
    for window in _windows(recording, candidates):
        try:
            found = _features(container, sound, base, window)
        except (av.error.FFmpegError, ValueError):
            continue  # what is known of this window from single packets stays as it is
        if found is not None:
            heard.append(window)
            spoken += utterances(found, window[0])
    speech = np.array(recording.signals.speech, dtype=np.int64)
    for start, stop in heard:
        speech[start // STEP : stop // STEP] = 0
    for start, stop in common(spoken, heard):
        speech[start // STEP : -(-stop // STEP)] = 255
    signals = replace(recording.signals, speech=tuple(speech.tolist()))
    return replace(recording, signals=signals, pauses=tuple(minus(heard, spoken)))


def utterances(found: Heard, start: int) -> list[Span]:
    """What is said in a window that begins at `start` ms, gaps between syllables included."""
    voiced = found.voiced > _VOICED
    if not voiced.any():
        return []
    level = found.level
    loudest = float(np.percentile(level[voiced], 90))
    floor = float(np.percentile(level, 10))
    heard = level > max(loudest - _BELOW, min(floor + _ABOVE, loudest - _ABOVE))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], heard, [False])).astype(int)))
    gap = round(_CLOSED / hearing.LASTS)
    joined: list[Span] = []
    for first, last in edges.reshape(-1, 2).tolist():
        if joined and first - joined[-1][1] < gap:
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    piece = hearing.LASTS * 1000
    return [
        (start + round(first * piece) - _FADING, start + round(last * piece) + _FADING)
        for first, last in joined
        if voiced[first:last].mean() >= _VOICED_SHARE
    ]


def _windows(recording: Recording, candidates: Sequence[Span]) -> list[Span]:
    """Around the candidates, and everywhere in what is not too long, as far as anybody seems to speak there."""
    around = merged((max(0, start - _AROUND), min(stop + _AROUND, recording.duration)) for start, stop in candidates)
    if recording.duration <= _WHOLE:
        around = [(at, min(at + _PART, recording.duration)) for at in range(0, recording.duration, _PART)]
    speech = np.array(recording.signals.speech)
    return [(start, stop) for start, stop in around if (speech[start // STEP : stop // STEP] >= _SPOKEN).any()]


def _features(container: InputContainer, sound: AudioStream, base: float, window: Span) -> Heard | None:
    start, stop = window[0] / 1000, window[1] / 1000
    rate = sound.codec_context.sample_rate
    wanted = round((stop - start) * rate)
    samples: NDArray[np.float32] = np.zeros(wanted, np.float32)
    reached = 0
    for frame in _frames(container, sound, start + base - _EARLY):
        if frame.sample_rate != rate or frame.time is None:
            return None
        at = round((frame.time - base - start) * rate)
        block = mono(frame)
        part = samples[max(0, at) : max(0, at + block.size)]
        part[:] = block[max(0, -at) : max(0, -at) + part.size]
        reached = at + block.size
        if reached >= wanted:
            break
    length = hearing.length(rate)
    blocks = [samples[at : at + length] for at in range(0, min(wanted, max(0, reached)) - length + 1, length)]
    return hearing.heard(blocks, rate) if blocks else None


def _frames(container: InputContainer, sound: AudioStream, start: float) -> Iterator[av.AudioFrame]:
    container.seek(max(0, int(start * 1_000_000)))
    return container.decode(sound)
