"""The boxes of an MP4 or MOV, found without reading what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_MOOV = 96 * 1024 * 1024  # bytes; a day of pictures at 60 a second takes less
_MOST_BOXES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of `data`: its four letters and where its content begins and ends."""

    data: bytes
    kind: bytes
    start: int
    stop: int

    def __iter__(self) -> Iterator[Box]:
        """The boxes in it, as far as their sizes make sense."""
        at = self.start
        for _ in range(_MOST_BOXES):
            if at + 8 > self.stop:
                return
            size, kind = int.from_bytes(self.data[at : at + 4], "big"), self.data[at + 4 : at + 8]
            head = 8
            if size == 1:
                size, head = int.from_bytes(self.data[at + 8 : at + 16], "big"), 16
            stop = self.stop if size == 0 else at + size
            if size and (size < head or stop > self.stop):
                return
            yield Box(data=self.data, kind=kind, start=at + head, stop=stop)
            at = stop

    def find(self, *path: bytes) -> Box | None:
        """The first box down a path of kinds."""
        found: Box | None = self
        for kind in path:
            found = next((box for box in found or () if box.kind == kind), None)
        return found

    @property
    def size(self) -> int:
        """Bytes of content."""
        return self.stop - self.start

    def number(self, at: int, size: int, *, signed: bool = False) -> int:
        """An integer of the content; what lies outside of the box reads as zero."""
        if at < 0 or at + size > self.size:
            return 0
        return int.from_bytes(self.data[self.start + at : self.start + at + size], "big", signed=signed)


def read_moov(file: BinaryIO, length: int) -> Box | None:
    """The table of contents of a file of `length` bytes; None where there is none, or none of a believable size."""
    at = 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return None
        size, kind = int.from_bytes(head[:4], "big"), head[4:8]
        begin = 8
        if size == 1 and len(head) == 16:
            size, begin = int.from_bytes(head[8:16], "big"), 16
        stop = length if size == 0 else at + size
        if stop < at + begin or stop > length:
            return None
        if kind == b"moov":
            if stop - at - begin > _MOST_MOOV:
                return None
            file.seek(at + begin)
            data = file.read(stop - at - begin)
            return Box(data=data, kind=kind, start=0, stop=len(data))
        at = stop
    return None
