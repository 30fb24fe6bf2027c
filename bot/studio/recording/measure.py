"""A recording measured: from a file to what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np

from bot.codec.decoding import decoding
from bot.codec.errors import Unreadable
from bot.studio.recording.choose import choose
from bot.studio.recording.demux import read_packets
from bot.studio.recording.listen import Listener, by_offset
from bot.studio.recording.model import LONG, STEP, Recording, Signals, Wish
from bot.studio.recording.moov import read_tables
from bot.studio.recording.nals import prefix_length
from bot.studio.recording.pauses import with_pauses
from bot.studio.recording.pictures import with_pictures
from bot.studio.recording.signals import measured
from bot.studio.recording.spans import common, holds, merged
from bot.studio.recording.tables import Unsuitable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream

    from bot.studio.recording.spans import Span
    from bot.studio.recording.track import Index

_SHORTEST_PACKET = 0.004  # seconds; raw sound in single samples is read in larger pieces by demuxing
_SHARE, _SHORT_REEL, _LONG_REEL = 0.05, 40_000, 360_000
_LONGEST = 24 * 3600 * 1000


def recorded(path: Path, duration: int) -> Recording | None:
    """What happens in a clip of `duration` ms, if it is a recording: a long one. 0 is a length that nobody says.

    Raises:
        Unreadable: see `measure`.
    """
    if 0 < duration < LONG:
        return None
    found = measure(path, longest=duration or _LONGEST)
    return found if found.duration >= LONG else None


def measure(path: Path, *, longest: int = _LONGEST) -> Recording:
    """What happens in the first `longest` ms of a clip, found from its index and a little of its sound.

    Memory does not grow with the size of the file, only by some bytes with each picture.

    Raises:
        Unreadable: no pictures, or nothing that can be read.
    """
    with decoding(), av.open(path) as container:
        pictures = [s for s in container.streams.video if not s.disposition & s.disposition.attached_pic]
        if not pictures:
            raise Unreadable("no-picture")
        picture = pictures[0]
        tracks = container.streams.audio
        track = _usual(tracks)
        sound = None if track is None else tracks[track]
        listener = None if sound is None else Listener(sound.codec_context, -(-longest // STEP))
        index = _indexed(path, container, picture, sound, listener)
        found = _found(index, min(index.duration, longest), listener, track)
        candidates = _candidates(found)
        base = float((picture.start_time or 0) * (picture.time_base or 0))
        found = with_pictures(found, candidates, container, picture, base)
        if sound is not None and found.signals.speech:
            found = with_pauses(found, candidates, container, sound, base)
    return found


def _candidates(recording: Recording) -> list[Span]:
    """What would be chosen for a long reel, the strongest first: most of what any reel is made from."""
    length = int(min(_LONG_REEL, max(_SHORT_REEL, _SHARE * recording.duration)))
    return [(moment.start, moment.stop) for moment in choose({"": recording}, Wish(length=length, in_order=False))]


def _found(index: Index, length: int, listener: Listener | None, track: int | None) -> Recording:
    steps = max(1, -(-length // STEP))
    heard = None if listener is None else listener.heard(steps)
    failed = (
        []
        if listener is None
        else [(step * STEP, (step + 1) * STEP) for step in np.flatnonzero(listener.failed).tolist()]
    )
    broken = common(merged([*index.broken, *failed]), [(0, length)])
    keys = np.unique(np.round(1000 * index.pictures.times[index.anew]).astype(np.int64)).tolist()
    return Recording(
        duration=length,
        signals=measured(index.pictures, heard, steps) if index.pictures.times.size else Signals(),
        keys=tuple(key for key in keys if 0 <= key < length and not holds(broken, key)),
        track=None if heard is None else track,
        broken=tuple(broken),
    )


def _usual(tracks: Sequence[AudioStream]) -> int | None:
    """The sound track that players take: the first that is marked as the usual one, else the first."""
    marked = (number for number, track in enumerate(tracks) if track.disposition & track.disposition.default)
    return next(marked, 0 if tracks else None)


def _indexed(
    path: Path,
    container: InputContainer,
    picture: VideoStream,
    sound: AudioStream | None,
    listener: Listener | None,
) -> Index:
    codec = picture.codec_context.name
    prefix = prefix_length(codec, picture.codec_context.extradata)
    try:
        if "mp4" not in container.format.name:
            raise Unsuitable("not an MP4")
        index = read_tables(
            path, picture=picture.id, sound=None if sound is None else sound.id, codec=codec, prefix=prefix
        )
        if index.sound is not None and index.sound.times.size * _SHORTEST_PACKET > index.duration / 1000:
            raise Unsuitable("sound in single samples")
    except Unsuitable:
        return read_packets(container, picture, sound, listener, prefix)
    if listener is not None and index.sound is not None:
        by_offset(path, index.sound, listener, -(-index.duration // STEP))
    return index
