"""Tokens, credits, claim tokens."""

import time
from datetime import UTC, datetime

from aiohttp import web

from bot.studio.errors import ClientIdMissing
from bot.studio.store import accounts, sessions
from bot.studio.web.body import json_object, ok, text
from bot.studio.web.service import service, signed_in

_LONGEST_CLIENT_ID = 64


async def anonymous_token(request: web.Request) -> web.Response:
    """POST /api/auth/anonymous-token."""
    client = request.headers.get("X-Client-Id", "").strip()
    if not 0 < len(client) <= _LONGEST_CLIENT_ID:
        raise ClientIdMissing("The header X-Client-Id is needed: a stable unique text of up to 64 characters.")
    studio = service(request)
    issued = await accounts.issue(
        studio.database,
        client=client,
        address=request.remote or "",
        grant=studio.config.credits,
        life=studio.config.switches.token_life,
        limited=studio.config.switches.token_limits,
        now=time.time(),
    )
    expires = datetime.fromtimestamp(issued.expires_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return ok({"token": issued.token, "user_id": issued.user_id, "expires_at": expires, "credits": issued.credits})


async def balance(request: web.Request) -> web.Response:
    """GET /api/credits/balance/simple."""
    user_id = await signed_in(request)
    have = await accounts.balance(service(request).database, user_id)
    return ok({"available": have.available, "frozen": have.frozen, "total": have.available + have.frozen})


async def claim_token(request: web.Request) -> web.Response:
    """POST /api/auth/claim-token."""
    user_id = await signed_in(request)
    body = await json_object(request)
    studio = service(request)
    session = await sessions.find(studio.database, text(body, "session_id"), user_id=user_id)
    token = await accounts.claim(studio.database, session.id, time.time())
    return ok({"claim_token": token, "expires_in": int(accounts.WEEK)})
