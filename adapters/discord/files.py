"""Bytes in: streamed from Discord's file server, and taken at receipt where they cannot be asked for again."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp

from adapters.discord.faults import Fault
from adapters.discord.media import expired, fresh_link
from bot.core.errors import MediaError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from adapters.discord.addresses import Addresses
    from adapters.discord.rest import Rest
    from bot.core.media import MediaRef
    from bot.core.policy import Policy

log = logging.getLogger(__name__)

CHUNK = 1 << 18
KEPT = 14 * 86_400.0
"""Seconds for which a taken file is kept: its project may have to send it again."""


class Files:
    """Opens references, and keeps the files of interactions in a folder."""

    def __init__(self, *, rest: Rest, addresses: Addresses, folder: Path, policy: Policy) -> None:
        self._rest = rest
        self._addresses = addresses
        self._folder = folder
        self._policy = policy
        self._taking: dict[str, asyncio.Event] = {}

    @asynccontextmanager
    async def open(self, ref: MediaRef) -> AsyncIterator[AsyncIterator[bytes]]:
        """Stream a file. Raises MediaError when it is gone."""
        where: dict[str, str] = json.loads(ref.locator)
        if "file" in where:
            if (taking := self._taking.get(where["file"])) is not None:
                await taking.wait()
            if (path := self._folder / where["file"]).exists():
                yield _read(path)
                return
        async with self._stream(ref, where) as chunks:
            yield chunks

    async def address(self, ref: MediaRef) -> str | None:
        """Where a file can be fetched now, or None. Signed: whoever has it has the file."""
        where: dict[str, str] = json.loads(ref.locator)
        url = await self._fresh(where) if expired(where["url"]) else where["url"]
        return self._addresses.file(url) if url else None

    async def take(self, ref: MediaRef) -> None:
        """Fetch a file of an interaction into the folder. Failing is no error: it is tried again when it is opened."""
        where: dict[str, str] = json.loads(ref.locator)
        target = self._folder / where["file"]
        if target.exists() or where["file"] in self._taking:
            return
        done = self._taking[where["file"]] = asyncio.Event()
        part = target.with_suffix(".part")
        try:
            await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
            if await asyncio.to_thread(self._full):
                log.warning("the folder of interaction files is full: %s is left on Discord's server", ref.name)
                return
            async with asyncio.timeout(self._policy.download_timeout), self._stream(ref, where) as chunks:
                with part.open("wb") as file:
                    async for chunk in chunks:
                        await asyncio.to_thread(file.write, chunk)
            os.replace(part, target)  # noqa: PTH105
        except (MediaError, TimeoutError, OSError) as error:
            log.warning("could not take %s at receipt: %s", ref.name, type(error).__name__)
        finally:
            part.unlink(missing_ok=True)
            del self._taking[where["file"]]
            done.set()

    def sweep(self) -> None:
        """Delete what nobody will ask for any more."""
        if self._folder.exists():
            for path in self._folder.iterdir():
                if path.stat().st_mtime < time.time() - KEPT:
                    path.unlink(missing_ok=True)

    def forget(self, events: list[str]) -> None:
        """Delete the files of these interactions."""
        for event in events:
            for path in self._folder.glob(f"{event.rpartition(':')[2]}-*"):
                path.unlink(missing_ok=True)

    def _full(self) -> bool:
        return sum(path.stat().st_size for path in self._folder.iterdir()) > self._policy.spool_bytes

    @asynccontextmanager
    async def _stream(self, ref: MediaRef, where: dict[str, str]) -> AsyncIterator[AsyncIterator[bytes]]:
        vanished = MediaError("media.vanished", name=ref.name)
        url = where["url"]
        if expired(url):
            url = await self._fresh(where) or url
        try:
            response = await self._get(url)
            if response.status in {403, 404, 410} and (again := await self._fresh(where)):
                response.release()
                response = await self._get(again)
            async with response:
                if response.status != 200:
                    raise vanished
                yield _checked(response, ref)
        except (aiohttp.ClientError, Fault, ValueError) as error:  # an address that is none is a ValueError
            raise vanished from error

    async def _get(self, url: str) -> aiohttp.ClientResponse:
        session = (await self._rest.http()).session
        timeout = aiohttp.ClientTimeout(total=None, sock_read=self._policy.answer_timeout)
        return await session.get(self._addresses.file(url), timeout=timeout)

    async def _fresh(self, where: dict[str, str]) -> str | None:
        """A new link from the message that holds the file; None when there is none."""
        if "message" not in where:
            return None
        try:
            return fresh_link(await self._rest.message(where["channel"], where["message"]), where["attachment"])
        except Fault:
            return None


async def _read(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk


async def _checked(response: aiohttp.ClientResponse, ref: MediaRef) -> AsyncIterator[bytes]:
    """The body in pieces. A network that breaks off is an error of this file, not of the caller."""
    try:
        async for chunk in response.content.iter_chunked(CHUNK):
            yield chunk
    except (aiohttp.ClientError, TimeoutError) as error:
        raise MediaError("media.vanished", name=ref.name) from error
