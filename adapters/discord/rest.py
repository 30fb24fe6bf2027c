# ruff: noqa: ANN401 - JSON
"""What the bot asks of Discord over REST. Works in a process without a gateway connection."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord.http import Route

from adapters.discord.faults import classified

if TYPE_CHECKING:
    from adapters.discord.client import Client
    from adapters.discord.door import Http
    from adapters.discord.upload import Upload
    from bot.core.policy import Policy

UPLOAD_TOTAL = 3600.0
"""Seconds after which even a slow upload has failed."""


class Rest:
    """Thin calls; every one raises `faults.Fault` (a DeliveryError) and nothing else."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._client: Client | None = None
        self._logged_in = asyncio.Event()

    def use(self, client: Client | None) -> None:
        """Speak through this client from now on; None while there is none."""
        self._client = client
        self._logged_in.set() if client else self._logged_in.clear()

    async def http(self) -> Http:
        """discord.py's REST client, once it is logged in: turns of an earlier process run before that."""
        try:
            async with asyncio.timeout(self._policy.answer_timeout):
                await self._logged_in.wait()
        except TimeoutError as error:
            raise classified(error) from error
        assert self._client is not None
        return self._client.http

    async def send(self, channel: str, body: dict[str, Any], upload: Upload | None = None) -> dict[str, Any]:
        """Post a message of the bot's own."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=int(channel))
        return await self._with_file(route, body, upload)

    async def edit(self, channel: str, message: str, body: dict[str, Any]) -> None:
        """Change a message of the bot's own."""
        await self._call("PATCH", "/channels/{channel_id}/messages/{message_id}", body, channel_id=int(channel),
                         message_id=int(message))  # fmt: skip

    async def edit_original(
        self, application: str, token: str, body: dict[str, Any], upload: Upload | None = None
    ) -> None:
        """Change an interaction's first answer."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        route = Route("PATCH", path, webhook_id=int(application), webhook_token=token)
        await self._with_file(route, body, upload)

    async def follow_up(
        self, application: str, token: str, body: dict[str, Any], upload: Upload | None = None
    ) -> dict[str, Any]:
        """Answer an interaction once more."""
        path = "/webhooks/{webhook_id}/{webhook_token}"
        route = Route("POST", path, webhook_id=int(application), webhook_token=token)
        return await self._with_file(route, body, upload)

    async def react(self, channel: str, message: str, emoji: str) -> None:
        """Put a reaction on a message."""
        await self._call("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me",
                         channel_id=int(channel), message_id=int(message), emoji=emoji)  # fmt: skip

    async def reactors(self, channel: str, message: str, emoji: str, *, after: str = "") -> list[dict[str, Any]]:
        """Up to a hundred of those who put a reaction on a message, in the order of their ids."""
        query = {"limit": 100} | ({"after": after} if after else {})
        path = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}"
        found: list[dict[str, Any]] = await self._call("GET", path, query=query, channel_id=int(channel),
                                                       message_id=int(message), emoji=emoji)  # fmt: skip
        return found

    async def typing(self, channel: str) -> None:
        """Show for some seconds that something is being written."""
        await self._call("POST", "/channels/{channel_id}/typing", channel_id=int(channel))

    async def message(self, channel: str, message: str) -> dict[str, Any]:
        """A message as it is now, with fresh links."""
        found: dict[str, Any] = await self._call("GET", "/channels/{channel_id}/messages/{message_id}",
                                                 channel_id=int(channel), message_id=int(message))  # fmt: skip
        return found

    async def history(self, channel: str, *, limit: int, after: str = "") -> list[dict[str, Any]]:
        """Messages of a channel: the latest, or those behind another one."""
        query: dict[str, str | int] = {"limit": limit} | ({"after": after} if after else {})
        path = "/channels/{channel_id}/messages"
        found: list[dict[str, Any]] = await self._call("GET", path, query=query, channel_id=int(channel))
        return found

    async def channel(self, channel: str) -> dict[str, Any]:
        """What a channel is."""
        found: dict[str, Any] = await self._call("GET", "/channels/{channel_id}", channel_id=int(channel))
        return found

    async def roles(self, guild: str, user: str) -> list[str]:
        """Ids of the roles that somebody has in a guild."""
        path = "/guilds/{guild_id}/members/{user_id}"
        member = await self._call("GET", path, guild_id=int(guild), user_id=int(user))
        return [str(role) for role in member.get("roles", [])]

    async def commands(self, application: str) -> list[dict[str, Any]]:
        """The commands that Discord knows."""
        path = "/applications/{application_id}/commands"
        query = {"with_localizations": "true"}
        found: list[dict[str, Any]] = await self._call("GET", path, query=query, application_id=int(application))
        return found

    async def set_commands(self, application: str, commands: list[dict[str, Any]]) -> None:
        """Replace them all."""
        await self._call("PUT", "/applications/{application_id}/commands", commands, application_id=int(application))

    async def direct_channel(self, user: str) -> str:
        """The channel of a person's direct messages with the bot."""
        return str((await self._call("POST", "/users/@me/channels", {"recipient_id": user}))["id"])

    async def open_thread(self, channel: str, message: str, name: str) -> str:
        """A thread under a message; its id."""
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        body = {"name": name[:100], "auto_archive_duration": 1440}
        return str((await self._call("POST", path, body, channel_id=int(channel), message_id=int(message)))["id"])

    async def _call(self, method: str, path: str, body: Any = None, *, query: Any = None, **parameters: Any) -> Any:
        http = await self.http()
        arguments = {name: value for name, value in (("json", body), ("params", query)) if value is not None}
        timeout = aiohttp.ClientTimeout(total=self._policy.answer_timeout)
        try:
            return await http.request(Route(method, path, **parameters), timeout=timeout, **arguments)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise classified(error) from error

    async def _with_file(self, route: Route, body: dict[str, Any], upload: Upload | None) -> dict[str, Any]:
        http = await self.http()
        try:
            if upload is None:
                timeout = aiohttp.ClientTimeout(total=self._policy.answer_timeout)
                answer: dict[str, Any] = await http.request(route, json=body, timeout=timeout)
            else:
                timeout = aiohttp.ClientTimeout(total=UPLOAD_TOTAL, sock_read=self._policy.upload_timeout)
                answer = await http.request(route, files=[upload.file], form=upload.form(body), timeout=timeout)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise classified(error) from error
        return answer
