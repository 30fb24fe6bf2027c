"""Bytes to server-sent events, read as the standard says and bounded.

The standard leaves open how long a line, a frame or a stream of tiny lines may become: whatever is sent, no more is
held than one frame may cost. A frame that is too long is dropped, the next one read. Comments outside a frame are what
a service sends to say that it is alive: they come out as empty frames, the documented heartbeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import httpx

FRAME_BYTES = 8 << 20
"""A longer frame is dropped. Drafts travel in frames, films do not."""

_LINE_COST = 64
"""Bytes that a line is counted as beyond its own, so that a flood of tiny lines is bounded as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One server-sent event."""

    data: str
    event: str = "message"
    whole: bool = True
    """False when the stream ended before the blank line that ends a frame."""


class Framer:
    """Bytes in, frames out, the same however the input was split. Always read as UTF-8."""

    def __init__(self, limit: int = FRAME_BYTES) -> None:
        self._limit = limit
        self._line = bytearray()
        """The last line so far."""
        self._data: list[bytes] = []
        self._event = b""
        self._cost = 0
        self._first = True
        self._after_cr = False
        self._oversized = False

    def feed(self, chunk: bytes) -> list[Frame]:
        """Take the next bytes and give the frames that they complete."""
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            self._after_cr = False
        if not chunk:
            return []
        self._after_cr = chunk.endswith(b"\r")
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, rest = chunk.split(b"\n")
        found: list[Frame] = []
        for line in lines:
            if self._line:
                self._extend(line)
                line = bytes(self._line)
                self._line.clear()
            self._line_ends(line, found)
        self._extend(rest)
        return found

    def end(self) -> list[Frame]:
        """The input is over: give what was left open as a frame."""
        found: list[Frame] = []
        if self._line:
            self._line_ends(bytes(self._line), found)
        self._line_ends(b"", found)
        return [Frame(data=frame.data, event=frame.event, whole=False) for frame in found]

    def _extend(self, piece: bytes) -> None:
        if not piece:
            return
        if self._cost + len(self._line) + len(piece) > self._limit:
            self._drop()
            self._line[:] = b"x"  # what it said is gone; that it was not blank still matters
        else:
            self._line += piece

    def _drop(self) -> None:
        self._oversized = True
        self._data.clear()
        self._event = b""

    def _line_ends(self, line: bytes, found: list[Frame]) -> None:
        if line and self._cost + len(line) > self._limit:
            self._drop()
            line = b"x"
        if self._first:
            self._first = False
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            self._frame_ends(found)
        elif line[:1] == b":":
            if not (self._cost or self._oversized):
                found.append(Frame(data=""))
        elif not self._oversized:
            self._field(line)

    def _field(self, line: bytes) -> None:
        # Ids and retry times have no use here: there is no documented way to resume a stream.
        name, _, value = line.partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
        elif name == b"event":
            self._event = value.removeprefix(b" ")
        else:
            return
        self._cost += len(line) + _LINE_COST

    def _frame_ends(self, found: list[Frame]) -> None:
        if self._cost and not self._oversized:
            data, event = b"\n".join(self._data).decode("utf-8", "replace"), self._event.decode("utf-8", "replace")
            found.append(Frame(data=data, event=event or "message"))
        elif self._oversized:
            found.append(Frame(data=""))
        self._data.clear()
        self._event = b""
        self._cost = 0
        self._oversized = False


async def frames(response: httpx.Response, *, limit: int = FRAME_BYTES) -> AsyncGenerator[list[Frame], None]:
    """The frames of an open response, as many at once as have come. Raises httpx.HTTPError when it breaks."""
    framer = Framer(limit)
    async for chunk in response.aiter_bytes():
        if found := framer.feed(chunk):
            yield found
    if found := framer.end():
        yield found
