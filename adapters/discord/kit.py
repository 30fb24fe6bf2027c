"""The parts of the adapter that its sides share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from adapters.discord import payloads
from adapters.discord.faults import Fault
from bot.core.chat import ChatRef

if TYPE_CHECKING:
    from adapters.discord.client import Client
    from adapters.discord.files import Files
    from adapters.discord.gate import Gate
    from adapters.discord.limits import SizeLimits
    from adapters.discord.notes import Notes
    from adapters.discord.rest import Rest
    from adapters.discord.tickets import Ticket, Tickets
    from adapters.discord.translate import Place
    from adapters.discord.wording import Wording


@dataclass(slots=True)
class Link:
    """What is known through the connection that is up now."""

    client: Client | None = None
    sees_content: bool = False
    """Whether guild messages that do not mention the bot come with text and files."""

    @property
    def me(self) -> str:
        """The bot's own user id."""
        return str(self.client.user.id) if self.client and self.client.user else ""

    def guild_limit(self, guild: str) -> int | None:
        """Bytes that a guild's level allows; None for one that is not known."""
        found = self.client.get_guild(int(guild)) if self.client and guild.isdecimal() else None
        return found.filesize_limit if found else None

    def permissions(self, channel: discord.abc.MessageableChannel) -> int:
        """What the bot may do in a channel, as bits; -1 where that is not known."""
        guild = getattr(channel, "guild", None)
        if guild is None or guild.me is None or isinstance(channel, discord.PartialMessageable | discord.DMChannel):
            return -1
        return channel.permissions_for(guild.me).value


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """All of it."""

    rest: Rest
    tickets: Tickets
    notes: Notes
    sizes: SizeLimits
    files: Files
    wording: Wording
    gate: Gate
    link: Link

    async def answer(self, ticket: Ticket, key: str, /, **params: str | float) -> None:
        """The adapter's own answer to an interaction: its first, and its last."""
        await self.answer_text(ticket, self.wording.text(ticket.language, key, **params))

    async def answer_text(self, ticket: Ticket, text: str) -> None:
        """The same with words made elsewhere."""
        kept = await self.tickets.read(ticket.event) or ticket
        await self.tickets.write(replace(kept, spoken=True, finished=True))
        try:
            await self.rest.edit_original(ticket.application, ticket.token, payloads.words(text))
        except Fault:
            await self.rest.send(await self.rest.direct_channel(ticket.user), payloads.words(text))

    async def collects(self, place: Place) -> bool:
        """Whether files are taken in silently here: switched on, or an event, here or in the channel above."""
        if not place.guild:
            return False
        parent = ChatRef(platform=place.chat.platform, chat_id=place.chat.chat_id)
        for chat in dict.fromkeys((place.chat, parent)):
            if await self.notes.flag(chat, "collect") or await self.notes.flag(chat, "event"):
                return True
        return False

    async def turn_away(self, place: Place) -> None:
        """Tell somebody in private that the bot is not for them."""
        text = self.wording.text("", "discord.not_allowed")
        await self.rest.send(place.chat.chat_id, payloads.words(text))
