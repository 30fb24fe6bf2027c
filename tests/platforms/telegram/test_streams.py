"""Large files pass in pieces, in either direction: what is in memory does not depend on their size."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from adapters.telegram.ids import chat_ref
from bot.core.media import MediaKind, MediaRef
from bot.engine.ports import Video
from tests.platforms.telegram.test_faults import KEY, Marks, platform_on
from tests.servers.telegram import TOKEN
from tests.servers.telegram_updates import BOT

SIZE = 96 << 20
PEAK = 8 << 20
PIECE = bytes(1 << 18)


class Tap:
    """A Bot API server that keeps nothing of what passes."""

    def __init__(self, folder: Path) -> None:
        self.url = ""
        self.swallowed = 0
        self.named = folder / "clip.mp4"
        """Where it says that people's files are, in local mode."""
        with self.named.open("wb") as file:
            file.truncate(SIZE)

    async def call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method == "sendVideo":
            async for piece in request.content.iter_chunked(1 << 18):
                self.swallowed += len(piece)
        elif method == "getUpdates":
            await request.read()
            return web.json_response({"ok": True, "result": []})
        results: dict[str, Any] = {
            "getMe": BOT,
            "sendVideo": {"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}},
            "getFile": {"file_id": "clip", "file_unique_id": "u", "file_path": str(self.named)},
        }
        return web.json_response({"ok": True, "result": results.get(method, True)})

    async def file(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(SIZE // len(PIECE)):
            await response.write(PIECE)
        return response


@pytest.fixture
async def tap_server(tmp_path: Path) -> AsyncIterator[Tap]:
    tap = Tap(tmp_path)
    app = web.Application(client_max_size=1 << 30)
    app.router.add_route("*", f"/bot{TOKEN}/{{method}}", tap.call)
    app.router.add_get(f"/file/bot{TOKEN}/{{path:.+}}", tap.file)
    runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    tap.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield tap
    await runner.cleanup()


@asynccontextmanager
async def little_memory() -> AsyncIterator[None]:
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < PEAK


@pytest.mark.parametrize("readable", [True, False], ids=["from disk", "over http"])
async def test_a_large_file_comes_in_pieces(tap_server: Tap, readable: bool) -> None:
    ref = MediaRef(platform="telegram", locator="clip", name="clip.mp4", kind=MediaKind.VIDEO, size=SIZE)
    if not readable:
        tap_server.named = Path("/nowhere/clip.mp4")
    async with platform_on(tap_server, local=True) as platform, little_memory(), platform.open_media(ref) as chunks:
        assert sum([len(chunk) async for chunk in chunks]) == SIZE


async def test_a_large_film_leaves_in_pieces(tap_server: Tap) -> None:
    film = Video(
        path=tap_server.named, name="film.mp4", width=16, height=9, duration=1.0, size=SIZE, poster=None, caption="Long"
    )
    async with platform_on(tap_server, local=True) as platform, little_memory():
        await platform.outbox.video(chat_ref(7), film, key=KEY, body_sent=Marks().body_sent)
    assert tap_server.swallowed > SIZE
