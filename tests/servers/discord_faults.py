"""How Discord refuses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.servers.discord_state import as_json

Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]


def refuse(status: int, code: int = 0, text: str = "refused", **headers: str) -> Fault:
    """An error as Discord words it."""

    async def reply(request: web.Request) -> web.StreamResponse:
        await request.read()
        return as_json({"code": code, "message": text}, status, headers)

    return reply


def slow_down(seconds: float) -> Fault:
    """429 of a route."""

    async def reply(request: web.Request) -> web.StreamResponse:
        await request.read()
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": False}
        return as_json(body, 429, {"Via": "1.1 google", "Retry-After": str(seconds), "X-RateLimit-Scope": "user"})

    return reply


async def drop(request: web.Request) -> web.StreamResponse:
    """Read everything and hang up without an answer."""
    await request.read()
    assert request.transport is not None
    request.transport.close()
    return web.Response()
