"""Updates by webhook: a secret compared in constant time, a bounded body, 200 only when the update is on disk."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.telegram.config import TelegramConfig

log = logging.getLogger(__name__)

BODY_BYTES = 2 << 20
"""Updates have a few kilobytes."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 40


def path_of(config: TelegramConfig) -> str:
    """Where Telegram's requests arrive on this server."""
    return urlsplit(config.webhook_url).path or "/"


def secret_of(config: TelegramConfig) -> str:
    """The configured secret, or one derived from the token: there is always one."""
    return config.webhook_secret or hashlib.sha256(f"webhook/{config.token}".encode()).hexdigest()


def handler(
    secret: str, take: Callable[[Any], Awaitable[None]]
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """What answers Telegram's requests. An update that makes no sense is confirmed, lest it come for ever."""

    async def handle(request: web.Request) -> web.StreamResponse:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        body = bytearray()
        async for chunk in request.content.iter_chunked(1 << 16):
            body += chunk
            if len(body) > BODY_BYTES:
                return web.Response(status=413)
        try:
            update = json.loads(body)
        except ValueError:
            log.warning("a webhook request without JSON")
            return web.Response(status=400)
        await take(update)
        return web.Response()

    return handle
