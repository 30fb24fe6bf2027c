"""What the handlers work with, and who is asking."""

import time
from dataclasses import dataclass

from aiohttp import web

from bot.studio.config import Config
from bot.studio.errors import SessionUnknown, TokenInvalid
from bot.studio.jobs.queue import Jobs
from bot.studio.media.prober import Prober
from bot.studio.runs.runner import Runner
from bot.studio.store import accounts, sessions
from bot.studio.store.database import Database
from bot.studio.store.sessions import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One studio. `base_url` is what URLs in answers begin with."""

    database: Database
    config: Config
    runner: Runner
    jobs: Jobs
    prober: Prober
    base_url: str


SERVICE = web.AppKey("service", Service)


def service(request: web.Request) -> Service:
    """The studio that this request reached."""
    return request.app[SERVICE]


async def signed_in(request: web.Request) -> str:
    """The user id of the bearer token. Raises TokenInvalid."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenInvalid("A bearer token is needed.")
    return await accounts.owner(service(request).database, token.strip(), time.time())


async def own_session(request: web.Request) -> Session:
    """The session of the path, for `me` or the real user id. Raises TokenInvalid or SessionUnknown."""
    user_id = await signed_in(request)
    if request.match_info.get("user", "me") not in {"me", user_id}:
        raise SessionUnknown("session not found")
    return await sessions.find(service(request).database, request.match_info["session"], user_id=user_id)
