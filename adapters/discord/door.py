# ruff: noqa: ANN401 - the signatures of discord.py
"""discord.py's REST and interaction callbacks on the addresses in use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord.http import HTTPClient
from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.discord import lenient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord.http import Route

    from adapters.discord.addresses import Addresses


class Http(HTTPClient):
    """REST on the addresses in use."""

    addresses: Addresses
    _announced = ""
    _user: Any = 0

    async def request(
        self,
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        form: Any = None,
        **kwargs: Any,
    ) -> Any:
        """As discord.py does it, to the server in use. Raises aiohttp.ClientConnectionError once the bot has ended."""
        route.url = self.addresses.rest(route.url)
        try:
            return _parsed(await super().request(route, files=files, form=form, **kwargs))
        except RuntimeError as error:
            if self.session.closed:  # a line was being changed when the bot ended
                raise aiohttp.ClientConnectionError from error
            raise

    async def get_bot_gateway(self) -> Any:
        """Remember what was announced: a new session after an invalid one begins there again."""
        try:
            answer = await self.request(discord.http.Route("GET", "/gateway/bot"))
        except discord.HTTPException as error:
            if not self.addresses.gateway:
                raise discord.GatewayNotFound from error
            answer = {"url": self.addresses.gateway}
        self._announced = answer["url"]
        return int(answer.get("shards") or 1), self._announced, answer.get("session_start_limit") or {}

    async def application_info(self) -> Any:
        """As far as discord.py needs it. Where a server does not tell, its id is that of the bot's user."""
        try:
            return lenient.application(await super().application_info())
        except discord.NotFound:
            return lenient.application({"id": self._user})

    async def static_login(self, token: str) -> Any:
        """As far as discord.py needs it."""
        found = lenient.user(await super().static_login(token))
        self._user = found["id"]
        return found

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """Connect to the gateway in use."""
        return await super().ws_connect(self.addresses.socket(url, self._announced), compress=compress)

    @property
    def session(self) -> aiohttp.ClientSession:
        """For files: discord.py itself reads them whole."""
        session: aiohttp.ClientSession = getattr(self, "_HTTPClient__session")  # noqa: B009 - mangled
        return session


class Callbacks(AsyncWebhookAdapter):
    """Interaction callbacks, which discord.py sends past its REST client."""

    def __init__(self, addresses: Addresses) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._addresses = addresses

    async def request(self, route: Route, session: aiohttp.ClientSession, **kwargs: Any) -> Any:
        """As discord.py does it, to the server in use."""
        route.url = self._addresses.rest(route.url)
        answer = _parsed(await super().request(route, session, **kwargs))
        # An acknowledgement without a body is one all the same; discord.py would stumble over it.
        told = answer.get("interaction") if isinstance(answer, dict) else None
        return {"interaction": lenient.filled(told or {}, {"id": 0})}


def _parsed(answer: Any) -> Any:
    """JSON that discord.py took for text, as it does wherever the content type has a charset."""
    if not isinstance(answer, str) or not answer.lstrip().startswith(("{", "[")):
        return answer
    try:
        return json.loads(answer)
    except ValueError:
        return answer
