"""One server for whatever asks the bot over HTTP: is it alive, can it work, platforms' webhooks, films."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from bot.core.errors import BotError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

BODY_BYTES = 1 << 20
"""For handlers that do not read their bodies in pieces themselves."""
LEAVE_SECONDS = 5.0


class PortTaken(BotError):
    """The port cannot be listened at; `params` has `host`, `port` and `reason`."""

    key = "operator.port"


@dataclass(slots=True, kw_only=True)
class WebServer:
    """Serves from `serving` on; what has no route is not found."""

    host: str
    port: int
    """0 for any free one."""
    ready: Callable[[], Mapping[str, bool]]
    """What must hold for the bot to do its work, by name."""
    posts: dict[str, Handler] = field(default_factory=dict)
    """Handlers of POST requests, by path."""
    gets: dict[str, Handler] = field(default_factory=dict)
    """Handlers of GET and HEAD requests, by path; `{name}` in one is a part of any text."""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[WebServer]:
        """Listen until the block ends. Raises PortTaken."""
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._readiness)
        for path, handler in self.posts.items():
            app.router.add_post(path, handler)
        for path, handler in self.gets.items():
            app.router.add_get(path, handler)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=LEAVE_SECONDS)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, self.host, self.port).start()
            except OSError as error:
                raise PortTaken(host=self.host, port=str(self.port), reason=error.strerror or "") from None
            self.port = runner.addresses[0][1]
            yield self
        finally:
            await runner.cleanup()

    async def _alive(self, request: web.Request) -> web.Response:
        """The loop turns, or nobody would answer."""
        return web.json_response({"alive": True})

    async def _readiness(self, request: web.Request) -> web.Response:
        parts = dict(self.ready())
        return web.json_response(parts, status=200 if all(parts.values()) else 503)
