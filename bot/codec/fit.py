"""A film made small enough: fewer bits at the same size, then 720 lines, then 540; never what nobody wants to watch.

A rung needs bits per pixel. Below `GOOD` fewer pixels look better than more. Below `FLOOR` at 540 lines, which is
0.4 Mbit/s with sound at 30 frames per second, a film is refused. Measured on the demo's film of photos (30 s, 1080p,
structural similarity to the original, mean and worst frame): 0.984 and 0.971 at `GOOD`, 0.948 and 0.871 at `FLOOR`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
from av.filter import Graph

from bot.codec.decoding import decoding
from bot.codec.encode import SAMPLE_RATE
from bot.codec.errors import TooBig, Unreadable
from bot.codec.probe import duration_ms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

LINES = (720, 540)
"""Short sides that are tried after the film's own."""
GOOD, FLOOR = 0.035, 0.02
"""Bits per pixel that a rung must have: any but the last, and the last."""
MOST_FPS = 60, 30
"""Frames per second: at the film's own size, and below it."""
SOUND = 128_000, 96_000
"""Bits per second: above 540 lines, and with fewer."""
MARGIN = 0.97
"""Share of the limit that is aimed at."""
TRIES = 3
"""Encodings of one rung, each aiming lower by what the one before was too large."""
THREADS = 4
_BYTES_PER_FRAME = 16
"""The index of an MP4 has at most so many for each frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One way to make it smaller. `rate` is of the picture, `sound` of the sound, in bits per second."""

    width: int
    height: int
    fps: Fraction
    rate: int
    sound: int
    own_size: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What decides about the rungs. Upright pixels, seconds."""

    width: int
    height: int
    fps: Fraction
    seconds: float
    has_sound: bool


def rungs(source: Source, limit: int) -> list[Rung]:
    """The rungs on which the film would be worth watching within `limit` bytes, best first."""
    short = min(source.width, source.height)
    sides = [short, *(side for side in LINES if side < short)]
    found = []
    for number, side in enumerate(sides):
        fps = min(source.fps, Fraction(MOST_FPS[number > 0]))
        sound = SOUND[side <= LINES[-1]] if source.has_sound else 0
        index = _BYTES_PER_FRAME * source.seconds * (float(fps) + (SAMPLE_RATE / 1024 if sound else 0)) + 4096
        rate = int((limit * MARGIN - index) * 8 / source.seconds - sound)
        width, height = _even(source.width * side / short), _even(source.height * side / short)
        if rate >= (FLOOR if side == sides[-1] else GOOD) * width * height * fps:
            found.append(Rung(width=width, height=height, fps=fps, rate=rate, sound=sound, own_size=not number))
    return found


def fit(source: Path, target: Path, *, limit: int) -> Rung:
    """Encode a film anew as an MP4 of at most `limit` bytes: H.264 High, yuv420p, AAC, upright, index first.

    `target` appears when it is complete; until then `target` + `.part` grows. Memory does not depend on the length.

    Raises:
        TooBig: nothing worth watching fits.
        Unreadable: no film that can be decoded whole.
    """
    part = target.with_name(target.name + ".part")
    try:
        for rung in rungs(_measured(source), limit):
            rate = rung.rate
            for _ in range(TRIES):
                with decoding():
                    _encode(source, part, rung, rate)
                if (size := part.stat().st_size) <= limit:
                    part.replace(target)
                    return rung
                rate = int(rate * limit / size * MARGIN)
    finally:
        part.unlink(missing_ok=True)
    raise TooBig(f"nothing worth watching fits {limit} bytes")


def _measured(path: Path) -> Source:
    with decoding(), av.open(path) as container:
        stream = _picture(container)
        frame = next(container.decode(stream), None)
        seconds = duration_ms(container) / 1000
        if frame is None or not seconds:
            raise Unreadable("no-picture")
        width, height = frame.width, frame.height
        if frame.rotation % 180:
            width, height = height, width
        fps = stream.average_rate or stream.guessed_rate or Fraction(30)
        return Source(width=width, height=height, fps=fps, seconds=seconds, has_sound=bool(container.streams.audio))


def _picture(container: InputContainer) -> VideoStream:
    if not container.streams.video:
        raise Unreadable("no-picture")
    return container.streams.video[0]


def _encode(source: Path, target: Path, rung: Rung, rate: int) -> None:
    with av.open(source) as film, av.open(target, "w", format="mp4", options={"movflags": "+faststart"}) as small:
        stream = _picture(film)
        stream.thread_type = "AUTO"
        sound = film.streams.audio[0] if rung.sound else None
        picture = _Picture(small, stream, rung, rate)
        voice = _Voice(small, sound, rung.sound) if sound else None
        for packet in film.demux([stream, sound] if sound else [stream]):
            for frame in packet.decode():
                if isinstance(frame, av.VideoFrame):
                    picture.take(frame)
                elif isinstance(frame, av.AudioFrame) and voice:
                    voice.take(frame)
        picture.take(None)
        if voice:
            voice.take(None)


class _Picture:
    """Frames in, upright and of the rung's size and rate out."""

    def __init__(self, small: OutputContainer, stream: VideoStream, rung: Rung, rate: int) -> None:
        self._small, self._stream, self._rung = small, stream, rung
        self._graph: Graph | None = None
        self._out = small.add_stream(
            "libx264",
            rate=rung.fps,
            # Peaks are held down: a film of a few seconds has no time to make up for them.
            options={"preset": "veryfast", "maxrate": str(rate * 3 // 2), "bufsize": str(rate * 2)},
        )
        context = self._out.codec_context
        context.width, context.height, context.pix_fmt = rung.width, rung.height, "yuv420p"
        context.bit_rate, context.profile, context.thread_count = rate, "High", THREADS
        given = stream.codec_context
        context.color_primaries, context.color_trc = given.color_primaries, given.color_trc
        context.colorspace, context.color_range = given.colorspace, given.color_range

    def take(self, frame: VideoFrame | None) -> None:
        """Encode a frame; None ends the film."""
        if self._graph is None and frame is not None:
            self._graph = self._built(frame.rotation % 360)
        if self._graph is not None:
            self._graph.vpush(frame)
            for made in _pulled(self._graph):
                made.pict_type = 0  # the encoder decides where a picture begins anew
                self._small.mux(self._out.encode(made))
        if frame is None:
            self._small.mux(self._out.encode(None))

    def _built(self, rotation: int) -> Graph:
        """`rotation` is counterclockwise, in degrees."""
        graph, rung = Graph(), self._rung
        turned = {90: [("transpose", "cclock")], 270: [("transpose", "clock")], 180: [("hflip", ""), ("vflip", "")]}
        steps = [
            *turned.get(rotation, []),
            ("fps", f"fps={rung.fps}"),
            ("scale", f"{rung.width}:{rung.height}:flags=bicubic"),
            ("format", "yuv420p"),
        ]
        nodes = [graph.add_buffer(template=self._stream)]
        nodes += [graph.add(name, arguments) for name, arguments in steps]
        graph.link_nodes(*nodes, graph.add("buffersink")).configure()
        return graph


def _pulled(graph: Graph) -> Iterator[VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


class _Voice:
    """Sound in, 48 kHz stereo AAC out."""

    def __init__(self, small: OutputContainer, stream: AudioStream, rate: int) -> None:
        self._small = small
        self._out = small.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        self._out.codec_context.bit_rate = rate
        self._resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE, frame_size=1024)

    def take(self, frame: av.AudioFrame | None) -> None:
        """Encode some sound; None ends it."""
        for made in self._resampler.resample(frame):
            self._small.mux(self._out.encode(made))
        if frame is None:
            self._small.mux(self._out.encode(None))


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
