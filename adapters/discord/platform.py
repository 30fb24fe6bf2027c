"""Discord as a platform."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import discord

from adapters.discord import belonging
from adapters.discord.addresses import Addresses
from adapters.discord.buttons import NextStep
from adapters.discord.client import Client
from adapters.discord.commands import definitions, differs
from adapters.discord.faults import Fault
from adapters.discord.files import Files
from adapters.discord.gate import INVITE, Gate
from adapters.discord.kit import Kit, Link
from adapters.discord.limits import SizeLimits
from adapters.discord.lines import LineCanvas
from adapters.discord.media import NAME
from adapters.discord.notes import Notes
from adapters.discord.outbox import DiscordOutbox
from adapters.discord.reception import Reception
from adapters.discord.rest import Rest
from adapters.discord.signs import Signs
from adapters.discord.tickets import Tickets
from adapters.discord.wording import Wording
from adapters.throttle import LiveLines
from bot.core.errors import BotError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.core.chat import Arrival, ChatRef, Signed
    from bot.core.media import MediaRef
    from bot.core.policy import Policy
    from bot.engine.ports import Notebook
    from bot.i18n.catalog import Catalog

log = logging.getLogger(__name__)

BAD_TOKEN = 4004
PAUSES = (1.0, 5.0, 15.0, 60.0)
"""Seconds between tries to reach Discord; the last one repeats."""
WATCHES = 20
"""How often within the hand-over time old interactions are looked for."""


DAY = 86_400.0


class BadToken(BotError):
    """Discord does not know the token."""

    key = "operator.discord_token"


class IntentMissing(BotError):
    """The operator wants message contents and Discord does not give them to this bot."""

    key = "operator.discord_intent"


class MembersIntentMissing(BotError):
    """The operator wants to hear who leaves a server and Discord does not tell this bot."""

    key = "operator.discord_members"


class Discord:
    """`engine.ports.Platform`."""

    name = NAME

    def __init__(
        self,
        *,
        token: str,
        notebook: Notebook,
        catalog: Catalog,
        policy: Policy,
        folder: Path,
        addresses: Addresses | None = None,
        gate: Gate | None = None,
        message_content: bool | None = None,
        members: bool = False,
        lend_links: bool = False,
    ) -> None:
        """`folder` keeps the files of interactions. `message_content`: None asks for it and does without.
        `members`: whether to ask to be told who leaves a server.

        With `lend_links` the editing service may be shown a file's signed link.
        """
        self._lends = lend_links
        self._token = token
        self._policy = policy
        self._addresses = addresses or Addresses()
        self._wanted = message_content
        self._members = members
        self._link = Link()
        rest = Rest(policy)
        wording = Wording(catalog)
        tickets = Tickets(notebook, policy)
        notes = Notes(notebook)
        self._canvas = LineCanvas(rest, tickets, notes, wording, policy)
        self._lines = self._canvas.lines = LiveLines(self._canvas, notebook)
        self._kit = Kit(
            rest=rest,
            tickets=tickets,
            notes=notes,
            sizes=SizeLimits(notebook),
            files=Files(rest=rest, addresses=self._addresses, folder=folder, policy=policy),
            wording=wording,
            gate=gate or Gate(),
            link=self._link,
        )
        self._reception = Reception(self._kit)
        self._signs = Signs(rest, tickets, self._lines)
        self._outbox = DiscordOutbox(self._kit, self._lines, self._signs)

    @property
    def outbox(self) -> DiscordOutbox:
        """The way out."""
        return self._outbox

    @property
    def ready(self) -> bool:
        """Whether events are being received."""
        return self._link.client is not None and self._link.client.receiving

    async def decides(self, chat: ChatRef, person: str) -> bool:
        """Whether they moderate there: the owner of the guild, or a role that manages messages."""
        client = self._link.client
        guild = getattr(client.get_channel(int(chat.chat_id)), "guild", None) if client else None
        if guild is None:
            return False
        try:
            mine = await self._kit.rest.roles(str(guild.id), person)
        except Fault:
            return False
        held = [role.permissions for role in guild.roles if role.is_default() or str(role.id) in mine]
        return str(guild.owner_id) == person or any(may.administrator or may.manage_messages for may in held)

    async def signs(self, chat: ChatRef, messages: Collection[str]) -> list[Signed]:
        """Read from the channel's history."""
        return await belonging.signs(self._kit, chat, messages)

    async def present(self, chat: ChatRef, person: str) -> bool | None:
        """Whether the server has them as a member."""
        return await belonging.present(self._kit, chat, person)

    def open_media(self, ref: MediaRef) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Stream a file. Raises MediaError when it can no longer be had."""
        return self._kit.files.open(ref)

    async def address(self, ref: MediaRef) -> str | None:
        """A file's signed link, where the operator allows that it is shown to the editing service."""
        return await self._kit.files.address(ref) if self._lends else None

    async def run(self, accept: Callable[[Arrival], Awaitable[None]]) -> None:
        """Receive until cancelled. Raises BadToken and IntentMissing: nothing can be received then."""
        failure: BotError | None = None
        await self._prepare()
        async with asyncio.TaskGroup() as group:
            background = [
                group.create_task(self._lines.run()),
                group.create_task(self._signs.run()),
                group.create_task(self._watch_tokens()),
                group.create_task(self._tidy()),
            ]
            self._reception.begin(accept, group)
            try:
                await self._stay_connected()
            except BotError as error:
                failure = error
            for task in background:
                task.cancel()
        if failure:
            raise failure

    @asynccontextmanager
    async def speaking(self) -> AsyncIterator[DiscordOutbox]:
        """The way out alone, for a process that receives nothing: logged in, without a gateway connection."""
        await self._prepare()
        async with self._logged_in(content=False), asyncio.TaskGroup() as group:
            painting = group.create_task(self._lines.run())
            yield self._outbox
            painting.cancel()

    async def _prepare(self) -> None:
        await self._kit.sizes.load()
        await self._kit.tickets.load()

    async def _tidy(self) -> None:
        """Forget what is history, once a day."""
        while True:
            await asyncio.to_thread(self._kit.files.sweep)
            await asyncio.sleep(DAY)
            await self._kit.tickets.load()

    async def _stay_connected(self) -> None:
        content, failures = self._wanted is not False, 0
        while True:
            began = time.monotonic()
            try:
                async with self._logged_in(content=content) as client:
                    await self._tell_commands(client)
                    await client.connect()
            except discord.PrivilegedIntentsRequired:
                if self._wanted:
                    raise IntentMissing from None
                if not content:
                    raise MembersIntentMissing from None
                log.warning("the message content intent is off for this bot: it hears commands, mentions and DMs only")
                content = False
                continue
            except discord.ConnectionClosed as error:
                if error.code == BAD_TOKEN:
                    raise BadToken from None
                log.warning("the gateway closed the connection for good (%s)", error.code)
            except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
                log.warning("Discord cannot be reached: %s", type(error).__name__)
            failures = 0 if time.monotonic() - began > PAUSES[-1] else failures
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    @asynccontextmanager
    async def _logged_in(self, *, content: bool) -> AsyncIterator[Client]:
        client = Client(self._addresses, self._reception, message_content=content, members=self._members)
        client.add_dynamic_items(NextStep)
        async with client:
            try:
                await client.login(self._token)
            except discord.LoginFailure:
                raise BadToken from None
            self._link.client, self._link.sees_content = client, content
            self._kit.rest.use(client)
            invite = discord.utils.oauth_url(client.application_id or 0, permissions=INVITE)
            log.info("logged in to Discord as %s; invite it with %s", client.user, invite)
            try:
                yield client
            finally:
                await client.drained()
                self._kit.rest.use(None)
                self._link.client = None

    async def _tell_commands(self, client: Client) -> None:
        """Register the commands if Discord knows others."""
        application, wanted = str(client.application_id), definitions(self._kit.wording)
        try:
            if differs(wanted, await self._kit.rest.commands(application)):
                await self._kit.rest.set_commands(application, wanted)
                log.info("registered %d commands", len(wanted))
        except Fault as fault:
            log.warning("the commands could not be registered: %s", type(fault).__name__)

    async def _watch_tokens(self) -> None:
        """Hand over whatever is about to lose its interaction."""
        while True:
            for event in self._kit.tickets.due():
                await self._canvas.hand_over(event)
            await asyncio.sleep(self._policy.interaction_handover / WATCHES)
