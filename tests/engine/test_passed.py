"""How much of a file has passed is told while an upload takes its time."""

from __future__ import annotations

import re
from pathlib import Path

from aiohttp import web

from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer

TOLD = re.compile(r"Uploading 0/1: 1 of 1 MB")


async def test_a_slow_upload_tells_its_megabytes(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await chat.until(lambda: any(TOLD.search(line) for line in chat.lines))
        return await nemo._default("upload", request, nemo.seen[-1])(request)

    nemo.on("upload", slow)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("turn these photos into a highlight reel", photos[0])
        await chat.until(lambda: chat.films and not chat.open_lines)
    told = [number for number, line in enumerate(chat.lines) if TOLD.search(line)]
    assert told[-1] < next(number for number, line in enumerate(chat.lines) if "1 of 1 uploaded" in line)
