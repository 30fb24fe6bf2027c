"""The encoders: H.264 that joins packet by packet, AAC, and an MP4 that starts before it is downloaded."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
from av.codec.context import Flags

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from av.audio.codeccontext import AudioCodecContext
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

    VideoPacket = av.Packet[VideoStream]
    AudioPacket = av.Packet[AudioStream]

SAMPLE_RATE = 48_000
X264_OPTIONS = {"preset": "superfast", "crf": "21", "x264-params": "b-adapt=0:scenecut=0:subme=2:threads=1"}
"""Measured: stock superfast quality for a quarter less time. Every context with these writes the same SPS and PPS."""

_QUICKER = "b-adapt=0:scenecut=0:threads=1"
"""For a few pictures at a time: as good, a sixth less time, and a tenth more bytes of the few."""

_HOLDING = ("bframes=0", "b-pyramid=none", "b-pyramid=normal")

_BT709 = 1
_LIMITED = 1
REORDER = 2  # frames that x264 holds back: three B-frames with a pyramid
_AAC_FRAME = 1024


def video_encoder(width: int, height: int, fps: int) -> VideoCodecContext:
    """An opened one-thread libx264 context: High profile, yuv420p, Rec. 709 limited, tagged.

    Packets of several such contexts of one size may be joined: each starts with an IDR frame of a closed GOP.
    """
    context = av.CodecContext.create("libx264", "w")
    _configure(context, width, height, fps)
    context.options = X264_OPTIONS
    context.open()
    return context


def joining_encoder(
    width: int, height: int, fps: int, *, number: int, colours: tuple[int, int, int, int], depth: int
) -> VideoCodecContext:
    """The same for packets that stand between packets of another encoder: lengths before units, as in an MP4.

    Its parameter sets go under `number`; `colours` are primaries, transfer, matrix and range. At most `depth` pictures,
    and never more than `REORDER`, are held back: a decoder may drop what it holds where that changes.
    """
    context = av.CodecContext.create("libx264", "w")
    _configure(context, width, height, fps)
    context.color_primaries, context.color_trc, context.colorspace, context.color_range = colours
    context.options = X264_OPTIONS | {
        "x264-params": f"{_QUICKER}:{_HOLDING[min(depth, REORDER)]}:annexb=0:sps-id={number}"
    }
    context.open()
    return context


def _configure(context: VideoCodecContext, width: int, height: int, fps: int) -> None:
    context.width, context.height = width, height
    context.pix_fmt = "yuv420p"
    context.time_base, context.framerate = Fraction(1, fps), Fraction(fps)
    context.gop_size = 10 * fps
    context.thread_count = 1
    context.profile = "High"
    context.flags |= Flags.global_header | Flags.closed_gop
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED


def in_order(packets: Sequence[VideoPacket], first_frame: int) -> None:
    """Stamp the packets of one context with decoding times that go on from the context before.

    libx264 shortens its delay when it sees only a frame or two, which would make two contexts' times collide.
    """
    for index, packet in enumerate(packets):
        packet.dts = first_frame + index - REORDER


def _audio_encoder() -> AudioCodecContext:
    context = av.CodecContext.create("aac", "w")
    context.sample_rate = SAMPLE_RATE
    context.layout = "stereo"
    context.format = "fltp"
    context.bit_rate = 192_000
    context.time_base = Fraction(1, SAMPLE_RATE)
    context.options = {"aac_coder": "fast"}
    context.flags |= Flags.global_header
    context.open()
    return context


def encode_audio(samples: NDArray[np.float32]) -> list[AudioPacket]:
    """Encode `(2, n)` float samples in -1..1 at 48 kHz whole: AAC, stereo, 192 kbit/s."""
    context = _audio_encoder()
    packets: list[AudioPacket] = []
    for start in range(0, samples.shape[1], _AAC_FRAME):
        block = np.ascontiguousarray(samples[:, start : start + _AAC_FRAME], dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        frame.time_base, frame.pts = Fraction(1, SAMPLE_RATE), start
        packets += context.encode(frame)
    return packets + context.encode(None)


def write_mp4(
    target: Path,
    *,
    size: tuple[int, int],
    fps: int,
    video: Iterable[VideoPacket],
    sound: Iterable[AudioPacket],
    title: str,
) -> None:
    """Mux packets of `video_encoder` and of `encode_audio` into a faststart MP4, interleaved by time."""
    with _mp4(target, title) as container:
        picture = container.add_stream("libx264", rate=fps, options=X264_OPTIONS)
        _configure(picture.codec_context, *size, fps)  # it never encodes; it tells the muxer what the packets are
        _mux(container, picture, video, Fraction(1, fps), sound)


def joined_mp4(target: Path, *, like: VideoStream, record: bytes, clock: int, title: str) -> OutputContainer:
    """An MP4 to be written by `write_joined`, for H.264 packets of several encoders with times in 1/`clock` s.

    They are described by a stream that is `like` them and by an `avcC` record with the parameter sets of all.
    """
    container = _mp4(target, title, video_track_timescale=str(clock))
    picture = container.add_stream_from_template(like)
    picture.codec_context.extradata = record
    picture.time_base = Fraction(1, clock)
    return container


def write_joined(
    container: OutputContainer, clock: int, video: Iterable[VideoPacket], sound: Iterable[AudioPacket]
) -> None:
    """Mux packets with times in 1/`clock` s and packets of `encode_audio` into a `joined_mp4`, and close it."""
    with container:
        _mux(container, container.streams.video[0], video, Fraction(1, clock), sound)


def _mp4(target: Path, title: str, **options: str) -> OutputContainer:
    container = av.open(target, "w", format="mp4", container_options={"movflags": "+faststart"} | options)
    container.metadata["title"] = title
    return container


def _mux(
    container: OutputContainer,
    picture: VideoStream,
    video: Iterable[VideoPacket],
    unit: Fraction,
    sound: Iterable[AudioPacket],
) -> None:
    """Mux both, interleaved by decoding time; that of a picture is in units of `unit` s."""
    voice = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
    pending = iter(sound)
    waiting = next(pending, None)
    for packet in video:
        while waiting is not None and (waiting.dts or 0) / SAMPLE_RATE <= (packet.dts or 0) * unit:
            waiting.stream = voice
            container.mux(waiting)
            waiting = next(pending, None)
        packet.stream = picture
        container.mux(packet)
    while waiting is not None:
        waiting.stream = voice
        container.mux(waiting)
        waiting = next(pending, None)
