"""Two hours of synthetic 1080p footage: 37 shots of five minutes, H.264 of 4 Mbit/s with sound, repeated as it is.

Good for measuring speed and for nothing else: the same five minutes come again and again.
"""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

SIZE, RATE, SECONDS, SHOTS = (1920, 1080), 30, 300, 37
TIMES = 24
_SOUND_RATE, _BLOCK = 48_000, 1024


def footage(cache: Path, times: int = TIMES) -> Path:
    """The five minutes so many times over; made once, in some minutes."""
    path = cache / f"footage-{times}.mp4"
    if not path.exists():
        part = path.with_suffix(".part")
        _repeated(_unit(cache), part, times)
        part.replace(path)
    return path


def _unit(cache: Path) -> Path:
    path = cache / "footage-unit.mp4"
    if path.exists():
        return path
    part = path.with_suffix(".part")
    with av.open(part, "w", format="mp4") as out:
        video = out.add_stream("libx264", rate=RATE, width=SIZE[0], height=SIZE[1], bit_rate=4_000_000)
        video.options = {"preset": "superfast", "x264-params": "keyint=60:bframes=2:threads=2"}
        audio = out.add_stream("aac", rate=_SOUND_RATE, layout="stereo")
        audio.bit_rate = 128_000
        pictures, sound, heard = _pictures(), _sound(), 0
        for number in range(SECONDS * RATE):
            frame = av.VideoFrame.from_ndarray(next(pictures), format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            out.mux(video.encode(frame))
            while heard * RATE < number * _SOUND_RATE:
                block = av.AudioFrame.from_ndarray(next(sound), format="fltp", layout="stereo")
                block.sample_rate, block.pts, block.time_base = _SOUND_RATE, heard, Fraction(1, _SOUND_RATE)
                out.mux(audio.encode(block))
                heard += _BLOCK
        out.mux(video.encode(None))
        out.mux(audio.encode(None))
    part.replace(path)
    return path


def _pictures():
    """Shots that pan over a texture, with discs that move, each a little faster than the last."""
    rng = np.random.default_rng(9)
    wide = (SIZE[0] + 512, SIZE[1] * 3 // 2)
    for shot in range(SHOTS):
        texture = np.zeros((wide[1], wide[0]), np.float32)
        for octave in range(3, 9):
            cells = rng.normal(0, 1, (2**octave // 2, 2**octave)).astype(np.float32)
            texture += cv2.resize(cells, wide, interpolation=cv2.INTER_CUBIC) * 0.6**octave
        plane = (110 + texture * (30 / texture.std())).clip(16, 235).astype(np.uint8)
        first, last = (SECONDS * RATE * edge // SHOTS for edge in (shot, shot + 1))
        for number in range(last - first):
            left = number * (1 + shot % 4) % 512
            picture = plane[:, left : left + SIZE[0]].copy()
            for disc in range(4):
                at = (round(960 + 700 * np.sin(number / (40 - disc * 7))), 200 + 180 * disc)
                cv2.circle(picture, at, 60 + 10 * disc, 60 + 40 * disc, -1, cv2.LINE_AA)
            picture[SIZE[1] :] = 112 + 4 * (shot % 8)
            yield np.ascontiguousarray(picture)


def _sound():
    """A hum with a burst of noise every so often."""
    rng = np.random.default_rng(9)
    at = 0
    while True:
        time = (at + np.arange(_BLOCK)) / _SOUND_RATE
        loud = 0.3 if time[0] % 17 < 3 else 0.01
        mono = 0.05 * np.sin(2 * np.pi * 220 * time) + loud * rng.standard_normal(_BLOCK) * 0.5
        yield np.stack([mono, mono]).astype(np.float32)
        at += _BLOCK


def _repeated(unit: Path, target: Path, times: int) -> None:
    with av.open(target, "w", format="mp4") as out:
        later: dict[int, int] = {}
        streams = {}
        for turn in range(times):
            with av.open(unit) as source:
                streams = streams or {one.index: out.add_stream_from_template(one) for one in source.streams}
                for packet in source.demux():
                    if packet.dts is None:
                        continue
                    index = packet.stream.index
                    shift = turn * round(SECONDS / packet.time_base)
                    packet.dts, packet.pts, packet.stream = packet.dts + shift, packet.pts + shift, streams[index]
                    later[index] = packet.dts
                    out.mux(packet)
