"""The bytes of what people sent: from Telegram over HTTP in pieces, or from a local server's disk."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from telegram.error import BadRequest, TelegramError

from adapters.telegram.faults import Flood, Unknown
from bot.core.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from adapters.telegram.bot import Api
    from adapters.telegram.config import TelegramConfig
    from bot.core.media import MediaRef

log = logging.getLogger(__name__)

CHUNK = 1 << 18
ATTEMPTS = 4
MEBIBYTE = 1 << 20


class Files:
    """Opens what a locator (a `file_id`) names, also after a restart, since Telegram keeps files."""

    def __init__(self, bot: Api, config: TelegramConfig) -> None:
        self._bot = bot
        self._config = config

    @asynccontextmanager
    async def open(self, ref: MediaRef) -> AsyncIterator[AsyncIterator[bytes]]:
        """Stream a file. Raises MediaError when Telegram does not hand it out, before asking for one too large."""
        limit = self._config.download_bytes
        if limit is not None and (ref.size or 0) > limit:
            raise _too_large(ref, limit)
        path = await self._path(ref)
        if self._config.local and path.startswith("/"):
            if await asyncio.to_thread(Path(path).is_file):
                yield self._from_disk(ref, Path(path))
                return
            log.warning(
                "the local Bot API server's files cannot be read at the path it names; asking for them over HTTP. "
                "Mount its folder here under the same path, and set TELEGRAM_LOCAL_DIR to have it checked at the start."
            )
        yield self._from_web(ref, path)

    async def _path(self, ref: MediaRef) -> str:
        """Ask where the file is. The question is harmless to repeat."""
        timing = self._config.timing
        wait = timing.upload_silence if self._config.local else timing.answer  # a local server answers when it has it
        pause = timing.retry_first
        for attempt in range(ATTEMPTS):
            try:
                return await self._bot.file_path(ref.locator, wait=wait)
            except BadRequest as error:
                if "too big" in error.message.lower():
                    raise _too_large(ref, self._config.download_bytes or 0) from None
                log.warning("no file: %s", error.message)
                break
            except Unknown:
                break
            except Flood as flood:
                await asyncio.sleep(flood.seconds)
            except TelegramError as error:
                log.warning("getFile failed (%s), attempt %d", type(error).__name__, attempt + 1)
                await asyncio.sleep(pause)
                pause *= 2
        raise MediaError("media.vanished", name=ref.name)

    async def _from_disk(self, ref: MediaRef, path: Path) -> AsyncIterator[bytes]:
        try:
            file = await asyncio.to_thread(path.open, "rb")
        except OSError:
            log.error("the local Bot API server's file %s cannot be read by this user", path.name)  # noqa: TRY400
            raise MediaError("media.vanished", name=ref.name) from None
        with file:
            while chunk := await asyncio.to_thread(file.read, CHUNK):
                yield chunk

    async def _from_web(self, ref: MediaRef, path: str) -> AsyncIterator[bytes]:
        """Go on where a cut line left off; ask anew for the path when the address has expired."""
        done, pause = 0, self._config.timing.retry_first
        for _ in range(ATTEMPTS):
            try:
                async with self._bot.http.download(self._bot.file_url(path), offset=done) as (status, chunks):
                    if status in {200, 206}:
                        skip = done if status == 200 else 0
                        async for chunk in chunks:
                            fresh, skip = chunk[skip:], max(0, skip - len(chunk))
                            done += len(fresh)
                            if fresh:
                                yield fresh
                        return
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("a download was cut after %d bytes (%s)", done, type(error).__name__)
            else:
                log.warning("a download answered %d", status)
                path = await self._path(ref)
            await asyncio.sleep(pause)
            pause *= 2
        raise MediaError("media.vanished", name=ref.name)


def _too_large(ref: MediaRef, limit: int) -> MediaError:
    return MediaError("telegram.too_large", name=ref.name, limit=limit // MEBIBYTE)
