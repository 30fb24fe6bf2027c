"""How much of a file has passed is told while an upload takes its time, then that it is looked at."""

from __future__ import annotations

import re
from pathlib import Path

from aiohttp import web

from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer

TOLD = re.compile(r"Uploading 0/1: 1 of 1 MB")
LOOKS = re.compile("Looking at your media")


async def test_a_slow_upload_tells_its_megabytes_and_what_comes_next(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await chat.until(lambda: any(LOOKS.search(line) for line in chat.lines))
        return await nemo._default("upload", request, nemo.seen[-1])(request)

    nemo.on("upload", slow)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("turn these photos into a highlight reel", photos[0])
        await chat.until(lambda: chat.films and not chat.open_lines)
    phases = [TOLD, LOOKS, re.compile("1 of 1 uploaded")]
    seen = [next(number for number, line in enumerate(chat.lines) if phase.search(line)) for phase in phases]
    assert seen == sorted(seen)
