"""A thread per request, where that is switched on: the work happens there, the channel gets the result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from adapters.discord import payloads
from adapters.discord.faults import Fault
from adapters.text import shorten
from bot.core.chat import ChatRef

if TYPE_CHECKING:
    from adapters.discord.kit import Kit
    from adapters.discord.tickets import Ticket
    from adapters.discord.translate import Place

NAME_LIMIT = 100


async def own_thread(kit: Kit, ticket: Ticket, place: Place, title: str, channel: object) -> tuple[Ticket, Place]:
    """The request in a thread of its own; as it was where threads are off, impossible or not allowed."""
    fits = isinstance(channel, discord.TextChannel) and bool(ticket.original) and not place.foreign
    if not fits or not await kit.notes.flag(place.chat, "threads"):
        return ticket, place
    name = shorten(title or kit.wording.text(ticket.language, "discord.thread_title"), NAME_LIMIT, measure=len)
    home = place.chat.chat_id
    try:
        thread = await kit.rest.open_thread(home, ticket.original, name)
        body = payloads.words(kit.wording.text(ticket.language, "discord.in_thread", thread=f"<#{thread}>"))
        await kit.rest.edit_original(ticket.application, ticket.token, body)
    except Fault:
        return ticket, place
    chat = ChatRef(platform=place.chat.platform, chat_id=home, thread_id=thread)
    if place.guild:
        await kit.sizes.announce(chat, place.guild, None)
    ticket = replace(ticket, chat=chat.key, token="", spoken=True, home=home)
    await kit.tickets.write(ticket)
    return ticket, replace(place, chat=chat)
