"""Discord on a real socket: REST, interactions with their deadlines, files with signed links, and the gateway.

`on` scripts the next answers to a kind of request; `objections` collects what Discord's own description has against
any request.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from tests.servers import discord_objects as objects
from tests.servers.discord_calls import ROUTES, Calls
from tests.servers.discord_faults import Fault
from tests.servers.discord_people import People
from tests.servers.discord_spec import objections
from tests.servers.discord_state import TOKEN, Asked, as_json


class DiscordServer(People, Calls):
    """`async with DiscordServer() as server`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._scripts: list[tuple[str, re.Pattern[str], bool, deque[Fault]]] = []

    def on(self, method: str, path: str, *faults: Fault, upload: bool = False) -> None:
        """The next requests of this kind are answered so; with `upload`, those that bring a file."""
        self._scripts.append((method, re.compile(path), upload, deque(faults)))

    def sent(self, channel: str = objects.CHANNEL) -> list[dict[str, Any]]:
        """The bot's own messages in a channel, as they read now."""
        return [
            one for one in self.messages.values()
            if one["channel_id"] == channel and one["author"]["id"] == objects.BOT and one["id"] not in self.deleted
        ]  # fmt: skip

    def films(self) -> list[dict[str, Any]]:
        """Messages with a film, wherever they are."""
        found = [one for one in self.messages.values() if one["author"]["id"] == objects.BOT and one["attachments"]]
        return found + [one for act in self.interactions.values() for one in act.follow_ups if one["attachments"]]

    def requests(self, method: str, path: str) -> list[Asked]:
        """The requests of a kind."""
        return [one for one in self.asked if one.method == method and re.search(path, one.path)]

    async def until(self, condition: Callable[[], object], seconds: float = 80.0) -> None:
        """Wait until something is true; on a time-out the failure shows what the bot did."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            did = [(one.method, one.path, str(one.body)[:200]) for one in self.asked[-25:]]
            raise AssertionError(f"never happened; the last requests: {did}") from None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 30)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/{kind:attachments|ephemeral-attachments}/{channel}/{id}/{name}", self._file)
        app.router.add_route("*", "/api/v10/{rest:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.url = f"http://{host}"
        self.gateway.url = f"ws://{host}/gateway"
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.gateway.hang_up(1001)
        await self._runner.cleanup()

    async def _file(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["id"]
        if int(request.query.get("ex", "0"), 16) < time.time() or number not in self.files:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=self.files[number], content_type="application/octet-stream")

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["rest"]
        multipart = request.content_type == "multipart/form-data"
        for method, pattern, upload, faults in self._scripts:
            if method == request.method and pattern.search(path) and multipart >= upload and faults:
                return await faults.popleft()(request)
        return await self.served(request, path)

    async def served(self, request: web.Request, path: str) -> web.StreamResponse:
        """Carry a request out."""
        body, files = await self._body(request)
        asked = Asked(request.method, path, body, dict(request.query), files)
        self.asked.append(asked)
        self.objections += objections(request.method, path, body, dict(request.query), multipart=bool(files))
        open_to_all = path.startswith(("/interactions/", "/webhooks/"))
        if not open_to_all and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return as_json({"message": "401: Unauthorized", "code": 0}, 401)
        if any(len(self.files[file["id"]]) > self.upload_limit for file in files):
            return as_json({"message": "Request entity too large", "code": 40005}, 413)
        for method, pattern, handle in ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, path)):
                return await handle(self, asked, *found.groups())
        return as_json({"message": "404: Not Found", "code": 0}, 404)

    async def _body(self, request: web.Request) -> tuple[Any, list[dict[str, Any]]]:
        if request.content_type != "multipart/form-data":
            raw = await request.read()
            return (json.loads(raw) if raw else None), []
        body: Any = None
        files = []
        async for part in await request.multipart():
            if part.name == "payload_json":
                body = json.loads(await part.text())
            else:
                data = bytes(await part.read())
                file = self.put_file(part.filename or "", data, part.headers.get("Content-Type", ""))
                files.append(file)
        described = {entry["id"]: entry for entry in (body or {}).get("attachments", [])}
        for number, file in enumerate(files):
            file["description"] = described.get(str(number), {}).get("description")
        return body, files
