"""The sample tables of an MP4 track as arrays. What a table claims is never more than its own bytes can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.studio.recording.boxes import Box

    Numbers = NDArray[np.int64]

_MOST_SAMPLES = 4_000_000  # four hours at 240 pictures a second


class Unsuitable(Exception):
    """The tables cannot be used as they are; the file may still be demuxed."""


def table(box: Box | None, head: int, *kinds: str) -> tuple[Numbers, ...]:
    """The columns of a table behind `head` bytes, as many rows as its count claims and the box has room for."""
    rows = np.dtype([(str(number), kind) for number, kind in enumerate(kinds)])
    count = 0 if box is None else min(box.number(head - 4, 4), max(0, box.size - head) // rows.itemsize)
    if box is None or count == 0:
        return tuple(np.zeros(0, np.int64) for _ in kinds)
    if count > _MOST_SAMPLES:
        raise Unsuitable("more samples than any recording has")
    numbers = np.frombuffer(box.data, dtype=rows, count=count, offset=box.start + head)
    return tuple(numbers[name].astype(np.int64) for name in rows.names or ())


def sizes(stbl: Box, file_size: int) -> Numbers:
    """The bytes of each sample."""
    box = stbl.find(b"stsz")
    if box is None:
        raise Unsuitable("no sizes")
    size, count = box.number(4, 4), box.number(8, 4)
    if size == 0:
        return table(box, 12, ">u4")[0]
    if count > _MOST_SAMPLES or count * size > file_size:
        raise Unsuitable("more samples than the file can hold")
    return np.full(count, size, np.int64)


def decoded_at(stbl: Box, count: int) -> Numbers:
    """When each of `count` samples is to be decoded, in units of the track."""
    many, lasts = table(stbl.find(b"stts"), 8, ">u4", ">u4")
    return np.concatenate(([0], np.cumsum(_spelled(many, lasts, count))))[:count]


def shown_after(stbl: Box, count: int) -> Numbers:
    """How long after its decoding each sample is shown."""
    many, after = table(stbl.find(b"ctts"), 8, ">u4", ">i4")
    return _spelled(many, after, count)


def keys(stbl: Box, count: int) -> NDArray[np.bool_]:
    """Which samples are marked as keys; all where nothing is said."""
    box = stbl.find(b"stss")
    if box is None:
        return np.ones(count, np.bool_)
    marked = np.zeros(count, np.bool_)
    numbers = table(box, 8, ">u4")[0] - 1
    marked[numbers[(numbers >= 0) & (numbers < count)]] = True
    return marked


def offsets(stbl: Box, lengths: Numbers, file_size: int) -> Numbers:
    """Where each sample lies in the file; -1 for one that would lie outside of it."""
    wide = stbl.find(b"co64")
    (chunks,) = table(stbl.find(b"stco"), 8, ">u4") if wide is None else table(wide, 8, ">i8")
    first, held, _ = table(stbl.find(b"stsc"), 8, ">u4", ">u4", ">u4")
    if not lengths.size or not chunks.size or not first.size:
        return np.full(lengths.size, -1, np.int64)
    first = np.clip(first - 1, 0, chunks.size)
    if (np.diff(first) < 0).any():
        raise Unsuitable("chunks out of order")
    many = np.diff(np.append(first, chunks.size))
    per_chunk = np.repeat(np.minimum(held, lengths.size), many)
    ends = np.minimum(np.cumsum(per_chunk), lengths.size)
    starts = np.concatenate(([0], ends[:-1]))
    chunk = np.repeat(np.arange(ends.size), ends - starts)
    before = np.concatenate(([0], np.cumsum(lengths)))
    found = np.full(lengths.size, -1, np.int64)
    placed = chunks[chunk + int(first[0])] + before[: chunk.size] - before[starts[chunk]]
    inside = (placed >= 0) & (placed + lengths[: chunk.size] <= file_size)
    found[: chunk.size] = np.where(inside, placed, -1)
    return found


def _spelled(counts: Numbers, values: Numbers, count: int) -> Numbers:
    """A run-length table written out to exactly `count` values: cut where it claims more, its last one repeated."""
    if not counts.size:
        return np.zeros(count, np.int64)
    ends = np.minimum(np.cumsum(counts), count)
    ends[-1] = count
    return np.repeat(values, np.diff(np.concatenate(([0], np.maximum.accumulate(ends)))))
