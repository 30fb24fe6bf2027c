"""Sound as AAC in an M4A: for backends that cannot read the original, such as voice messages in Ogg."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
from av.audio.resampler import AudioResampler

from bot.codec.decoding import decoding
from bot.codec.encode import SAMPLE_RATE
from bot.codec.errors import Unreadable

if TYPE_CHECKING:
    from pathlib import Path

_BITS_PER_SECOND = 160_000


def to_m4a(source: Path, target: Path) -> None:
    """Write the first sound track of `source` as 48 kHz stereo AAC. Memory does not grow with the length.

    Raises:
        Unreadable: no sound that can be decoded.
    """
    frames = 0
    with decoding(), av.open(source) as container, av.open(target, "w", format="ipod") as out:
        if not container.streams.audio:
            raise Unreadable("no-sound")
        stream = out.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        stream.bit_rate = _BITS_PER_SECOND
        resampler = AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        for decoded in container.decode(container.streams.audio[0]):
            frames += 1
            for frame in resampler.resample(decoded):
                out.mux(stream.encode(frame))
        for frame in resampler.resample(None):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    if not frames:
        raise Unreadable("no-sound")
