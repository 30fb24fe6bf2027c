"""A few packets of sound for every half second, from where the index says they lie or as they come by."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from bot.studio.recording import hearing
from bot.studio.recording.hearing import Heard
from bot.studio.recording.model import STEP

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.codeccontext import AudioCodecContext
    from numpy.typing import NDArray

    from bot.studio.recording.track import Track

    AnyPacket = av.Packet[Any]

_RUN_UP = {"mp3": 2, "mp3float": 2}  # packets that decoders need before they are right; for others one is enough
_MOST_PACKETS = 12
_BATCH = 512
_LARGEST = 1 << 17  # bytes of a packet; real ones have a few hundred
_LATE = 0.25  # of a step goes by before it is listened to


class Listener:
    """Takes packets for each step, in order of time; only the features of what it hears are kept.

    `failed` marks the steps whose packets could not be read or decoded.
    """

    def __init__(self, decoder: AudioCodecContext, steps: int) -> None:
        self._decoder = decoder
        self._run_up = _RUN_UP.get(decoder.name, 1)
        self._rate = 0
        self._step = -1
        self._fed = 0
        self._frames: list[av.AudioFrame] = []
        self._waiting: list[tuple[int, NDArray[np.float32]]] = []
        self._rows = np.full((4, steps), np.nan, np.float32)
        self.failed = np.zeros(steps, np.bool_)

    def wants(self, step: int) -> bool:
        """Whether a packet of this step is still needed."""
        if not 0 <= step < self.failed.size:
            return False
        if step != self._step:
            self._step, self._fed, self._frames = step, 0, []
        return self._fed < _MOST_PACKETS

    def feed(self, packet: AnyPacket | None) -> None:
        """Hear the next packet of the step that was asked for; None is one that cannot be read."""
        try:
            if packet is None:
                raise ValueError
            decoded = self._decoder.decode(packet)
        except (av.error.FFmpegError, ValueError):
            self.failed[self._step] = True
            self._fed = _MOST_PACKETS
            return
        self._fed += 1
        if self._fed <= self._run_up:
            return
        self._frames += decoded
        if self._frames:
            self._finish()

    def heard(self, steps: int) -> Heard | None:
        """A row for each of the first steps, not a number where nothing was heard; None without anything."""
        self._flush()
        rows = np.full((4, steps), np.nan, np.float32)
        known = self._rows[:, :steps]
        rows[:, : known.shape[1]] = known
        if np.isnan(rows[0]).all():
            return None
        level, flat, voiced, pitch = rows
        return Heard(level=level, flat=flat, voiced=voiced, pitch=pitch)

    def _finish(self) -> None:
        rate = self._frames[0].sample_rate
        wanted = hearing.length(rate)
        if sum(frame.samples for frame in self._frames) < wanted:
            return
        self._fed = _MOST_PACKETS
        if rate != self._rate:
            self._flush()
            self._rate = rate
        self._waiting.append((self._step, np.concatenate([mono(frame) for frame in self._frames])[:wanted]))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            found = hearing.heard([piece for _, piece in self._waiting], self._rate)
            at = [step for step, _ in self._waiting]
            self._rows[:, at] = found.level, found.flat, found.voiced, found.pitch
            self._waiting.clear()


def by_offset(path: Path, track: Track, listener: Listener, steps: int) -> None:
    """Let the listener hear a few packets of each step."""
    order = np.argsort(track.times, kind="stable")
    times = track.times[order]
    first = np.searchsorted(times, (np.arange(steps) + _LATE) * STEP / 1000)
    with path.open("rb") as file:
        for step, at in enumerate(first.tolist()):
            if at >= times.size or times[at] >= (step + 1) * STEP / 1000:
                continue
            for place in order[at : at + _MOST_PACKETS].tolist():
                if not listener.wants(step):
                    break
                listener.feed(_read(file.fileno(), int(track.offsets[place]), int(track.sizes[place])))


def step_of(time: float) -> int:
    """The step whose piece a packet of this time (seconds) belongs to."""
    return int((time * 1000 / STEP) - _LATE)


def _read(file: int, offset: int, size: int) -> AnyPacket | None:
    if offset < 0 or not 0 < size <= _LARGEST:
        return None
    data = os.pread(file, size, offset)
    return av.Packet(data) if data else None  # an empty packet would tell the decoder that this is the end


def mono(frame: av.AudioFrame) -> NDArray[np.float32]:
    """The mean of all channels, full scale being 1."""
    if frame.format.name == "fltp":  # nearly always, and many times for every recording
        left, *others = (np.frombuffer(memoryview(plane), np.float32, frame.samples) for plane in frame.planes)
        return np.asarray(sum(others, left) / np.float32(1 + len(others)))
    block: NDArray[Any] = frame.to_ndarray()
    if not frame.format.is_planar:
        block = block.reshape(-1, frame.layout.nb_channels).T
    mixed: NDArray[np.float32] = np.add.reduce(block, axis=0, dtype=np.float32) / np.float32(block.shape[0])
    if block.dtype.kind == "f":
        return mixed
    full = np.float32(2 ** (8 * block.itemsize - 1))
    return mixed / full if block.dtype.kind == "i" else mixed / full - 1
