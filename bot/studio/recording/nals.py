"""What the first slice of a key says: whether H.264 and HEVC really begin anew there, and whether it is one at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = 4096
"""Bytes of a sample that are enough for everything that stands before its first slice."""

_H264_SLICES, _H264_IDR = range(1, 6), 5
_HEVC_SLICES, _HEVC_ANEW = range(32), range(16, 22)
_MOST_UNITS = 64


def begins_anew(codec: str, sample: bytes, *, size: int, prefix: int) -> bool | None:
    """Whether decoding can begin with a sample of `size` bytes, of which `sample` is the beginning.

    `prefix` is how many bytes each unit's length takes, 0 where units are told apart by start codes. None where the
    sample is damaged: it has no slice, or lengths that do not fit. Codecs other than `h264` and `hevc` are believed.
    """
    if codec not in {"h264", "hevc"}:
        return True
    for head in _units(sample, size, prefix):
        kind = head & 0x1F if codec == "h264" else head >> 1 & 0x3F
        if head & 0x80:
            return None
        if kind in (_H264_SLICES if codec == "h264" else _HEVC_SLICES):
            return kind == _H264_IDR if codec == "h264" else kind in _HEVC_ANEW
    return True if len(sample) < size else None


def _units(sample: bytes, size: int, prefix: int) -> Iterator[int]:
    """The first byte of each unit that begins within the known part; a length that does not fit ends them with 0x80."""
    at = 0
    for _ in range(_MOST_UNITS):
        if prefix == 0:
            at = sample.find(b"\x00\x00\x01", at) + 3
            if at < 3 or at >= len(sample):
                return
            yield sample[at]
            continue
        if at + prefix >= len(sample):
            return
        length = int.from_bytes(sample[at : at + prefix], "big")
        if length == 0 or at + prefix + length > size:
            yield 0x80
            return
        yield sample[at + prefix]
        at += prefix + length


def prefix_length(codec: str, extradata: bytes | None) -> int:
    """How units are told apart, from the codec's configuration: see `begins_anew`."""
    if codec == "h264" and extradata and extradata[0] == 1 and len(extradata) > 6:
        return (extradata[4] & 3) + 1
    if codec == "hevc" and extradata and extradata[0] == 1 and len(extradata) > 22:
        return (extradata[21] & 3) + 1
    return 0
