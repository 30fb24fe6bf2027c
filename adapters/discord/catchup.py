"""After a pause: what was written meanwhile is read from the channels, and the people there are told once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from adapters.discord import history, payloads
from adapters.discord.faults import Fault, Gone
from adapters.discord.translate import channels_of, place_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from adapters.discord.kit import Kit
    from adapters.discord.translate import Place
    from bot.core.chat import ChatRef

log = logging.getLogger(__name__)

FRESH = 7 * 86_400.0
"""Seconds after which a silent chat is not read any more."""


async def catch_up(kit: Kit, take: Callable[..., Awaitable[bool]], *, began: datetime) -> None:
    """Read every chat of the last days from the last message that was taken in.

    What was written since the session `began` is heard as well: taken from either side, once, and not told as missed.
    """
    for chat, seen in (await kit.notes.seen()).items():
        if (discord.utils.utcnow() - discord.utils.snowflake_time(int(seen))).total_seconds() > FRESH:
            continue
        try:
            await _chat(kit, chat, seen, take, began)
        except Fault as fault:
            log.info("the history of %s cannot be read: %s", chat.key, type(fault).__name__)


async def _chat(kit: Kit, chat: ChatRef, seen: str, take: Callable[..., Awaitable[bool]], began: datetime) -> None:
    channel = chat.thread_id or chat.chat_id
    place: Place | None = None
    taken, roles = 0, dict[str, list[str]]()
    for message in await history.after(kit.rest, channel, seen):
        if place is None:
            facts = await kit.rest.channel(channel)
            place = place_of(facts, guild=str(facts.get("guild_id") or ""))
        if await admitted(kit, str(message.get("author", {}).get("id", "")), place, roles):
            missed = discord.utils.snowflake_time(int(message["id"])) < began
            taken += await take(message, place) and missed
    if taken:
        text = kit.wording.text("", "discord.caught_up", count=taken)
        flags = payloads.SILENT | payloads.SUPPRESS_EMBEDS
        await kit.rest.send(channel, payloads.words(text, flags=flags, nonce=payloads.nonce_of(f"{channel}:{seen}")))


async def admitted(kit: Kit, user: str, place: Place, known: dict[str, list[str]]) -> bool:
    """Whether somebody may use the bot. History does not say which roles that is: they are asked for, once each."""
    channels = channels_of(place)
    if kit.gate.admits(user=user, roles=[], channels=channels):
        return True
    if not kit.gate.roles or not place.guild or not user.isdecimal():
        return False
    if user not in known:
        try:
            known[user] = await kit.rest.roles(place.guild, user)
        except Gone:  # has left the server since
            known[user] = []
    return kit.gate.admits(user=user, roles=known[user], channels=channels)
