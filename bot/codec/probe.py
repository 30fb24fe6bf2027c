"""What a media file is, from its content and never from its name. Reads headers (and one video frame) only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import av

from bot.codec import exif
from bot.codec.decoding import decoding
from bot.codec.errors import Unreadable
from bot.codec.photo import MAX_PIXELS, Heif, is_photo, opened, read_head, stored_orientation

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import InputContainer
    from av.video.stream import VideoStream


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A media file's facts.

    `width` and `height` are upright pixels, 0 for audio. `duration_ms` is 0 for a photo; `fps` is 0 unless it is a
    video. `taken_at` is naive when the camera wrote no offset from UTC. `orientation` is the EXIF value that has to be
    undone after decoding (1: none).
    """

    kind: Literal["photo", "video", "audio"]
    container: str
    codec: str
    width: int
    height: int
    duration_ms: int
    fps: float
    has_audio: bool
    taken_at: datetime | None
    orientation: int


def probe(path: Path) -> Probe:
    """Read the facts of a media file.

    Raises:
        Unreadable: missing, empty, or nothing that can be decoded here.
    """
    if is_photo(read_head(path)):
        return _photo(path)
    with decoding("unknown-format"), av.open(path) as container:
        return _film(container)


def _photo(path: Path) -> Probe:
    # A header that lies about its size is for the decoder to refuse, with the limit that applies there.
    with opened(path, max_pixels=max(MAX_PIXELS, 2**40)) as photo:
        orientation = stored_orientation(photo)
        if isinstance(photo, Heif):
            (width, height), tags, name = photo.file.size, photo.exif, "HEIF"
        else:
            (width, height), tags, name = photo.size, photo.getexif(), str(photo.format)
        if orientation >= 5:
            width, height = height, width
        return Probe(
            kind="photo",
            container=name.lower(),
            codec=name.lower(),
            width=width,
            height=height,
            duration_ms=0,
            fps=0.0,
            has_audio=False,
            taken_at=exif.taken_at(tags),
            orientation=orientation,
        )


def _film(container: InputContainer) -> Probe:
    pictures = [s for s in container.streams.video if not s.disposition & s.disposition.attached_pic]
    sounds = container.streams.audio
    if not pictures and not sounds:
        raise Unreadable("no-picture")
    width = height = 0
    if pictures:
        width, height = upright_size(container, pictures[0])
    first = pictures[0] if pictures else sounds[0]
    return Probe(
        kind="video" if pictures else "audio",
        container=container.format.name,
        codec=first.codec_context.name,
        width=width,
        height=height,
        duration_ms=duration_ms(container),
        fps=float(pictures[0].average_rate or pictures[0].guessed_rate or 0) if pictures else 0.0,
        has_audio=bool(sounds),
        taken_at=_created(container.metadata),
        orientation=1,
    )


def duration_ms(container: InputContainer) -> int:
    """The length in milliseconds, from the container or its longest stream; 0 when nobody says."""
    if container.duration is not None and container.duration > 0:
        return round(container.duration / 1000)
    lengths = [float(s.duration * s.time_base) for s in container.streams if s.duration and s.time_base]
    return round(1000 * max(lengths, default=0.0))


def upright_size(container: InputContainer, stream: VideoStream) -> tuple[int, int]:
    """Width and height as shown. The rotation is a property of decoded frames, so one is decoded."""
    width, height = stream.codec_context.width, stream.codec_context.height
    for frame in container.decode(stream):
        return (height, width) if frame.rotation % 180 else (width, height)
    raise Unreadable("no-picture")


def _created(metadata: dict[str, str]) -> datetime | None:
    for key in ("com.apple.quicktime.creationdate", "creation_time"):
        try:
            when = datetime.fromisoformat(metadata[key])
        except (KeyError, ValueError):
            continue
        if when.year > 1970:  # cameras without a clock write the epoch of QuickTime or of Unix
            return when if when.tzinfo else when.replace(tzinfo=UTC)
    return None
