"""The index of an MP4 or MOV from its own tables: a few milliseconds for hours of film."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.studio.recording import tables
from bot.studio.recording.boxes import read_moov
from bot.studio.recording.nals import HEAD, begins_anew
from bot.studio.recording.tables import Unsuitable
from bot.studio.recording.track import Index, Track, closed

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.studio.recording.boxes import Box
    from bot.studio.recording.spans import Span

_MOST_EDITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """What is shown of a track, in its own units: from `start` to `stop`; `origin` is shown `delay` s into the film."""

    start: int = -(1 << 62)
    stop: int = 1 << 62
    origin: int = 0
    delay: float = 0.0


def read_tables(path: Path, *, picture: int, sound: int | None, codec: str, prefix: int) -> Index:
    """The index of the tracks with these ids; for `codec` and `prefix` see `begins_anew`.

    Raises:
        Unsuitable: no such tables, a fragmented file, or edits that do more than cut off the edges.
    """
    length = path.stat().st_size
    with path.open("rb") as file:
        moov = read_moov(file, length)
    if moov is None or moov.find(b"mvex") is not None:
        raise Unsuitable("no tables")
    unit = _scale(moov.find(b"mvhd"))
    traks = {_id(trak): trak for trak in moov if trak.kind == b"trak"}
    if picture not in traks:
        raise Unsuitable("no such track")
    pictures, first, span = _track(traks[picture], unit, length)
    heard = None
    if sound is not None and sound in traks:
        heard, _, _ = _track(traks[sound], unit, length)
        heard = Track(times=heard.times - first, sizes=heard.sizes, offsets=heard.offsets, keys=heard.keys)
    shown = Track(times=pictures.times - first, sizes=pictures.sizes, offsets=pictures.offsets, keys=pictures.keys)
    with path.open("rb") as file:
        anew, damaged = _looked_at(file.fileno(), shown, codec, prefix)
    return Index(duration=round(1000 * span), pictures=shown, anew=anew, sound=heard, broken=tuple(damaged))


def _looked_at(file: int, pictures: Track, codec: str, prefix: int) -> tuple[NDArray[np.bool_], list[Span]]:
    """Which keys decoding can begin with, and what lies behind those that are no pictures, up to the next key."""
    anew = closed(pictures.times, pictures.keys)
    keys = np.flatnonzero(pictures.keys)
    ends = np.append(np.sort(pictures.times[keys])[1:], pictures.times.max(initial=0.0))
    damaged = []
    for end, key in zip(ends, keys[np.argsort(pictures.times[keys])], strict=False):
        offset, size = int(pictures.offsets[key]), int(pictures.sizes[key])
        head = os.pread(file, min(size, HEAD), offset) if offset >= 0 else b""
        found = begins_anew(codec, head, size=size, prefix=prefix) if head else None
        anew[key] &= bool(found)
        if found is None:
            damaged.append((round(1000 * float(pictures.times[key])), round(1000 * float(end))))
    return anew, damaged


def _track(trak: Box, unit: int, length: int) -> tuple[Track, float, float]:
    """The samples that are shown, in seconds of the film; when the first one is, and how long all take."""
    scale = _scale(trak.find(b"mdia", b"mdhd"))
    stbl = trak.find(b"mdia", b"minf", b"stbl")
    if stbl is None:
        raise Unsuitable("no sample table")
    sizes = tables.sizes(stbl, length)
    count = sizes.size
    decoded = tables.decoded_at(stbl, count)
    shown = decoded + tables.shown_after(stbl, count)
    edit = _edit(trak, unit, scale)
    inside = (shown >= edit.start) & (shown < edit.stop)
    if not inside.any():
        raise Unsuitable("nothing is shown")
    times = (shown - edit.origin) / scale + edit.delay
    marked = tables.keys(stbl, count)
    track = Track(
        times=times[inside],
        sizes=sizes[inside],
        offsets=tables.offsets(stbl, sizes, length)[inside],
        keys=marked[inside],
    )
    first, last = float(track.times.min()), float(track.times.max())
    usual = float(np.median(np.diff(decoded[: 1 << 16]))) / scale if count > 1 else 0.0
    return track, first, last - first + usual


def _edit(trak: Box, unit: int, scale: int) -> _Edit:
    box = trak.find(b"edts", b"elst")
    if box is None:
        return _Edit()
    wide = 8 if box.number(0, 1) == 1 else 4
    delay, found = 0.0, None
    for entry in range(min(box.number(4, 4), _MOST_EDITS)):
        at = 8 + entry * (2 * wide + 4)
        lasts, begins = box.number(at, wide), box.number(at + wide, wide, signed=True)
        if begins < 0 and found is None:
            delay += lasts / unit
        elif begins < 0 or found is not None or box.number(at + 2 * wide, 4) != 0x10000:
            raise Unsuitable("more than one edit")
        else:
            stop = begins + lasts * scale // unit if lasts else 1 << 62
            found = _Edit(start=begins, stop=stop, origin=begins, delay=delay)
    return found or _Edit(delay=delay)


def _scale(box: Box | None) -> int:
    if box is None:
        raise Unsuitable("no clock")
    scale = box.number(20 if box.number(0, 1) == 1 else 12, 4)
    if scale == 0:
        raise Unsuitable("a clock that stands still")
    return scale


def _id(trak: Box) -> int:
    box = trak.find(b"tkhd")
    return 0 if box is None else box.number(20 if box.number(0, 1) == 1 else 12, 4)
