"""A film on its way to disk: bounded, resumable, and at its target only when it is whole."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import asynccontextmanager
from typing import IO, TYPE_CHECKING

from bot.core.errors import BadAnswer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import httpx

_RANGE = re.compile(r"bytes\s+([0-9]+)-")


class Spool:
    """The bytes that have arrived so far."""

    def __init__(self, file: IO[bytes], *, limit: int, progress: Callable[[int], None]) -> None:
        self._file = file
        self._limit = limit
        self._progress = progress
        self._etag = ""
        self.size = 0

    def begin(self) -> None:
        """Forget what has arrived: the next bytes come from another source."""
        self.size = 0
        self._etag = ""

    @property
    def rest(self) -> dict[str, str]:
        """Request headers that ask for what is missing."""
        if not self.size:
            return {}
        return {"Range": f"bytes={self.size}-"} | ({"If-Range": self._etag} if self._etag else {})

    async def take(self, response: httpx.Response) -> None:
        """Write a body to where it belongs. Raises BadAnswer, httpx.RequestError and OSError."""
        start = self._start(response)
        etag = response.headers.get("etag", "")
        self._etag = "" if etag.startswith("W/") else etag
        declared = response.headers.get("content-length", "")
        self._allow(start + int(declared) if declared.isdigit() else start)
        await asyncio.to_thread(self._rewind, start)
        self.size = start
        async for chunk in response.aiter_bytes():  # as it comes: gathering larger pieces would lose them at a cut
            self._allow(self.size + len(chunk))
            await asyncio.to_thread(self._file.write, chunk)
            self.size += len(chunk)
            self._progress(self.size)
        if not self.size:
            raise BadAnswer(call="download", reason="an empty film")

    def _start(self, response: httpx.Response) -> int:
        if response.status_code != 206:
            return 0
        found = _RANGE.match(response.headers.get("content-range", ""))
        if found is None or int(found[1]) != self.size:
            raise BadAnswer(call="download", reason="another part of the film than was asked for")
        return self.size

    def _allow(self, size: int) -> None:
        if size > self._limit:
            raise BadAnswer(call="download", reason="the film is too large", limit=self._limit)

    def _rewind(self, start: int) -> None:
        self._file.seek(start)
        self._file.truncate()


@asynccontextmanager
async def spooled(target: Path, *, limit: int, progress: Callable[[int], None]) -> AsyncIterator[Spool]:
    """A spool whose bytes become `target` when the block ends well and vanish when it does not. Raises OSError."""
    part = target.with_name(f"{target.name}.part")
    file = await asyncio.to_thread(part.open, "wb")
    try:
        with file:
            yield Spool(file, limit=limit, progress=progress)
            await asyncio.to_thread(_settle, file)
        await asyncio.to_thread(_publish, part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _publish(part: Path, target: Path) -> None:
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the new name must survive a power cut as well
    finally:
        os.close(folder)
