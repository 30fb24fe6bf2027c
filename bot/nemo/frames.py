"""From the bytes of a stream to its frames, whatever the bytes are.

`httpx_sse` joins fields into frames as the standard says. Before it stands a guard for what it leaves open: it keeps a
frame from growing without end, drops a byte-order mark, and turns comments into what they are here, heartbeats.
"""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
from httpx_sse import EventSource

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

FRAME_BYTES = 8 << 20
"""A longer frame is dropped. Drafts travel in frames, films do not."""

_LINE_COST = 64
"""Bytes that a line is counted as beyond its own, so that a flood of tiny lines is bounded as well."""

_EMPTY_FRAME = b"data\n\n"
"""An empty frame is the documented heartbeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One server-sent event."""

    data: str
    event: str = "message"
    whole: bool = True
    """False when the stream ended before the blank line that ends a frame."""


class Guard:
    """Bytes in, well-formed and bounded event-stream bytes out, the same however the input was split."""

    def __init__(self, limit: int = FRAME_BYTES) -> None:
        self._limit = limit
        self._line = bytearray()
        self._frame = bytearray()
        self._cost = 0
        self._first = True
        self._after_cr = False
        self._oversized = False
        self.unfinished = False
        """Whether the input ended inside a frame; known after `end`."""

    def feed(self, chunk: bytes) -> bytes:
        """Take the next bytes and give the frames that they complete."""
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            self._after_cr = False
        if not chunk:
            return b""
        self._after_cr = chunk.endswith(b"\r")
        head, *rest = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._extend(head)
        out = bytearray()
        for piece in rest:
            out += self._line_ends()
            self._extend(piece)
        return bytes(out)

    def end(self) -> bytes:
        """The input is over: give what was left open as a frame."""
        self.unfinished = bool(self._line or self._frame or self._oversized)
        out = self._line_ends() if self._line else b""
        return out + self._frame_ends()

    def _extend(self, piece: bytes) -> None:
        if not piece:
            return
        if self._cost + len(self._line) + len(piece) > self._limit:
            self._oversized = True
            self._frame.clear()
            self._line[:] = b"x"  # what it said is gone; that it was not blank still matters
        else:
            self._line += piece

    def _line_ends(self) -> bytes:
        line = bytes(self._line)
        self._line.clear()
        if self._first:
            self._first = False
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            return self._frame_ends()
        if line.startswith(b":") and not self._frame:
            return b"" if self._oversized else _EMPTY_FRAME
        # Ids and retry times have no use here: there is no documented way to resume a stream.
        if line.startswith((b"data", b"event")) and not self._oversized:
            self._cost += len(line) + _LINE_COST
            self._frame += line + b"\n"
        return b""

    def _frame_ends(self) -> bytes:
        out = _EMPTY_FRAME if self._oversized else bytes(self._frame) + b"\n" if self._frame else b""
        self._frame.clear()
        self._cost = 0
        self._oversized = False
        return out


class _Guarded(httpx.AsyncByteStream):
    """A response's body behind the guard."""

    def __init__(self, response: httpx.Response, guard: Guard) -> None:
        self._response = response
        self._guard = guard

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_bytes():
            if out := self._guard.feed(chunk):
                yield out
        yield self._guard.end()


async def frames(response: httpx.Response, *, limit: int = FRAME_BYTES) -> AsyncGenerator[Frame, None]:
    """The frames of an open response, always read as UTF-8. Raises httpx.HTTPError when the connection breaks."""
    guard = Guard(limit)
    guarded = httpx.Response(
        200, headers={"content-type": "text/event-stream; charset=utf-8"}, stream=_Guarded(response, guard)
    )
    async with aclosing(EventSource(guarded).aiter_sse()) as source:
        async for sse in source:
            yield Frame(data=sse.data, event=sse.event, whole=not guard.unfinished)
