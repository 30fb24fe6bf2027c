"""A film or a picture on its way out: read in pieces, and known to be out before the answer is read."""

from __future__ import annotations

import asyncio
import io
import json
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from bot.engine.ports import Picture, Video


class _Watched(io.BufferedReader):
    """Says so when the last byte is asked for, and hands it out afterwards.

    Read in a worker thread. What is said is on disk before the byte leaves, so that a crash in between errs towards
    "it may have arrived".
    """

    def __init__(self, video: Video | Picture, last: Callable[[], None]) -> None:
        super().__init__(io.FileIO(video.path, "rb"))
        self._size = video.path.stat().st_size
        self._last = last

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if self.tell() >= self._size:
            self._last()
        return data


class Upload:
    """One film or picture, open while it is being sent. A context manager."""

    def __init__(
        self, video: Video | Picture, body_sent: Callable[[], Awaitable[None]], *, mime: str = "video/mp4"
    ) -> None:
        self._video = video
        self._mime = mime
        self._body_sent = body_sent
        self._loop = asyncio.get_running_loop()
        self.complete = False
        """Whether every byte was handed to the network at least once."""

    def __enter__(self) -> Upload:
        self._reader = _Watched(self._video, self._out)
        self.file = discord.File(self._reader, filename=self._video.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()
        self._reader.close()

    def form(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The parts of the request."""
        return [
            {"name": "payload_json", "value": json.dumps(body), "content_type": "application/json"},
            {"name": "files[0]", "value": self.file.fp, "filename": self.file.filename, "content_type": self._mime},
        ]

    def _out(self) -> None:
        if not self.complete:
            asyncio.run_coroutine_threadsafe(self._said(), self._loop).result()
            self.complete = True

    async def _said(self) -> None:
        await self._body_sent()
