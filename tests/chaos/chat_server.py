"""A small chat service on a real socket: it is never killed, so its record says what really reached the chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web


@dataclass(slots=True)
class ChatServer:
    """Hands out updates until they are confirmed by a higher offset, as bot platforms do."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    films: list[bytes] = field(default_factory=list)
    sheets: int = 0
    """Contact sheets that reached a chat."""
    record: list[tuple[str, str]] = field(default_factory=list)
    """What reached which chat: `said <key>`, `film`, `sheet` or a line."""
    confirmed: int = 0
    polls: int = 0
    url: str = ""
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64_000_000)
        app.router.add_get("/updates", self._updates)
        app.router.add_post("/say", self._say)
        app.router.add_post("/line", self._line)
        app.router.add_post("/film", self._film)
        app.router.add_post("/sheet", self._sheet)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def until(self, condition: Any, seconds: float) -> bool:
        for _ in range(int(seconds / 0.05)):
            if condition():
                return True
            await asyncio.sleep(0.05)
        return False

    async def _updates(self, request: web.Request) -> web.Response:
        self.polls += 1
        self.confirmed = offset = int(request.query["offset"])
        for _ in range(20):
            if len(self.updates) > offset:
                break
            await asyncio.sleep(0.05)
        return web.json_response(self.updates[offset : offset + 1])

    async def _say(self, request: web.Request) -> web.Response:
        self.said.append(said := await request.json())
        self.record.append((said["chat"], f"said {said['key']}"))
        return web.json_response({})

    async def _line(self, request: web.Request) -> web.Response:
        line = await request.json()
        self.lines.append(line["text"])
        self.record.append((line["chat"], line["text"]))
        return web.json_response({})

    async def _sheet(self, request: web.Request) -> web.Response:
        self.sheets += 1
        self.record.append((request.query["chat"], "sheet"))
        return web.json_response({})

    async def _film(self, request: web.Request) -> web.Response:
        self.films.append(await request.read())
        self.record.append((request.query["chat"], "film"))
        return web.json_response({"id": str(len(self.films))})
