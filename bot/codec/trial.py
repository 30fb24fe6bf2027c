"""A film of nothing, made with the encoders that real ones are made with: does this machine's codec work at all?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

from bot.codec.decoding import decoding
from bot.codec.encode import SAMPLE_RATE, encode_audio, in_order, video_encoder, write_mp4

if TYPE_CHECKING:
    from pathlib import Path

SIZE = (320, 180)
FPS = 30
SECONDS = 1


def trial_film(target: Path) -> None:
    """Encode `SECONDS` of black and silence.

    Raises:
        Unreadable: the encoder or the disk would not.
    """
    with decoding():
        encoder = video_encoder(*SIZE, FPS)
        packets = []
        for number in range(FPS * SECONDS):
            frame = av.VideoFrame.from_ndarray(np.zeros((SIZE[1] * 3 // 2, SIZE[0]), np.uint8), format="yuv420p")
            frame.time_base, frame.pts = Fraction(1, FPS), number
            packets += encoder.encode(frame)
        packets += encoder.encode(None)
        in_order(packets, 0)
        silence = np.zeros((2, SAMPLE_RATE * SECONDS), np.float32)
        write_mp4(target, size=SIZE, fps=FPS, video=packets, sound=encode_audio(silence), title="trial")
