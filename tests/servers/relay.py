"""A server in front of a server, which speaks HTTP as others do: older, in pieces, without lengths, late."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Self

HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How answers are put."""

    version: bytes = b"HTTP/1.1"
    chunked: bool = False
    """In pieces of a few bytes; else all that follows until the line is closed."""
    upper: bool = False
    """Names of headers in capitals."""
    kind: bytes = b""
    """The content type, where it is another one."""
    late: float = 0.0
    """Seconds before anything is read."""


OLD = Manner(version=b"HTTP/1.0", upper=True, kind=b"text/plain; charset=utf-8", late=0.02)
"""No length, one answer for each connection, no JSON by its name."""
PIECES = Manner(chunked=True, kind=b"application/json; charset=UTF-8")
"""With a character set behind the content type, for which discord.py takes JSON for text."""


@dataclass(slots=True)
class Relay:
    """`async with Relay(url, manner) as relay`: the same server at `relay.url`. Closes after each answer."""

    to: str
    manner: Manner
    url: str = ""
    carried: int = 0
    _server: asyncio.Server | None = None
    _working: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in (working := [*self._working]):
            task.cancel()
        if working:
            await asyncio.wait(working)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._working.add(task)
        try:
            await asyncio.sleep(self.manner.late)
            if request := await self._request(reader):
                writer.write(self._put(await self._asked(request)))
                self.carried += 1
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._working.discard(task)
            writer.close()

    async def _request(self, reader: asyncio.StreamReader) -> bytes:
        """One request, with its body whole and no wish to keep the line."""
        head = await reader.readuntil(HEAD_END)
        first, *lines = head.decode("latin-1").split("\r\n")[:-2]
        named = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}
        body = await reader.readexactly(int(named.get("content-length", "0")))
        while named.get("transfer-encoding") == "chunked":
            size = int(await reader.readuntil(b"\r\n"), 16)
            body += (await reader.readexactly(size + 2))[:-2]
            if not size:
                break
        kept = {name: value for name, value in named.items() if name not in {"connection", "transfer-encoding"}}
        kept |= {"content-length": str(len(body)), "connection": "close"}
        lines = [first, *(f"{name}: {value}" for name, value in kept.items())]
        return "\r\n".join(lines).encode("latin-1") + HEAD_END + body

    async def _asked(self, request: bytes) -> bytes:
        host, _, port = self.to.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()

    def _put(self, answer: bytes) -> bytes:
        head, _, body = answer.partition(HEAD_END)
        first, *lines = head.split(b"\r\n")
        dropped = [
            b"content-length",
            b"connection",
            b"transfer-encoding",
            *([b"content-type"] if self.manner.kind else []),
        ]
        lines = [line for line in lines if line.partition(b":")[0].lower() not in dropped]
        lines += [b"connection: close", *([b"content-type: " + self.manner.kind] if self.manner.kind else [])]
        if self.manner.chunked:
            lines.append(b"transfer-encoding: chunked")
            size = max(1, len(body) // 7)
            pieces = [body[at : at + size] for at in range(0, len(body), size)]
            body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
        if self.manner.upper:
            lines = [line.partition(b":")[0].upper() + b":" + line.partition(b":")[2] for line in lines]
        first = self.manner.version + first[first.index(b" ") :]
        return b"\r\n".join([first, *lines]) + HEAD_END + body
