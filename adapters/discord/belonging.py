"""Reactions to people's files, and members who leave a server."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from adapters.discord import history
from adapters.discord.catchup import admitted
from adapters.discord.facts import channel_facts, role_ids
from adapters.discord.faults import Fault, NoMember
from adapters.discord.history import PAGE
from adapters.discord.media import NAME
from adapters.discord.translate import channels_of, place_of
from bot.core.chat import ChatRef, Departed, Reacted, Sender, Signed
from bot.core.event.votes import Sign, sign_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import discord

    from adapters.discord.kit import Kit
    from adapters.discord.translate import Place

log = logging.getLogger(__name__)


async def reacted(kit: Kit, told: discord.RawReactionActionEvent, *, put: bool) -> Reacted | None:
    """The sign that came or went; None when it means nothing, or its sender may not use the bot. Raises Fault."""
    sign = sign_of(told.emoji.name) if told.emoji.is_unicode_emoji() else None
    if sign is None:
        return None
    channel = kit.link.client.get_channel(told.channel_id) if kit.link.client else None
    facts = channel_facts(channel) if channel else await kit.rest.channel(str(told.channel_id))
    place = place_of(facts, guild=str(told.guild_id or ""))
    roles = role_ids(told.member) if told.member else []
    if not kit.gate.admits(user=str(told.user_id), roles=roles, channels=channels_of(place)):
        return None
    signs = frozenset({sign})
    return Reacted(
        chat=place.chat,
        sender=Sender(id=str(told.user_id)),
        message_id=str(told.message_id),
        put=signs if put else frozenset(),
        taken=frozenset() if put else signs,
    )


async def signs(kit: Kit, chat: ChatRef, messages: Collection[str]) -> list[Signed]:
    """The signs on messages that are there still, of those who may use the bot; none for a channel that is closed."""
    channel, roles = chat.thread_id or chat.chat_id, dict[str, list[str]]()
    try:
        place = place_of(facts := await kit.rest.channel(channel), guild=str(facts.get("guild_id") or ""))
        return [
            await _signed(kit, channel, message, place, roles)
            for message in await history.among(kit.rest, channel, messages)
        ]
    except Fault as fault:
        log.info("the signs in %s cannot be read: %s", chat.key, type(fault).__name__)
        return []


async def _signed(
    kit: Kit, channel: str, message: Mapping[str, Any], place: Place, roles: dict[str, list[str]]
) -> Signed:
    people: dict[Sign, set[str]] = {Sign.LIKE: set(), Sign.OUT: set()}
    for reaction in message.get("reactions") or []:
        emoji = reaction.get("emoji") or {}
        sign = None if emoji.get("id") else sign_of(emoji.get("name") or "")
        if sign is not None:
            people[sign] |= await _reactors(kit, channel, str(message["id"]), emoji["name"])
    may = {
        sign: frozenset([person for person in found if await admitted(kit, person, place, roles)])
        for sign, found in people.items()
    }
    return Signed(message_id=str(message["id"]), likes=may[Sign.LIKE], outs=may[Sign.OUT])


async def _reactors(kit: Kit, channel: str, message: str, emoji: str) -> set[str]:
    found: set[str] = set()
    page = await kit.rest.reactors(channel, message, emoji)
    while page:
        found |= {str(user["id"]) for user in page if not user.get("bot")}
        last = str(page[-1]["id"])
        page = await kit.rest.reactors(channel, message, emoji, after=last) if len(page) >= PAGE else []
    return found


async def present(kit: Kit, chat: ChatRef, person: str) -> bool | None:
    """Whether somebody is in the guild of a channel; None outside of guilds and where Discord does not say."""
    guild = kit.sizes.place(chat)
    known = kit.link.client.get_guild(int(guild)) if kit.link.client and guild.isdecimal() else None
    if known is None or not person.isdecimal():
        return None
    try:
        await kit.rest.roles(guild, person)
    except NoMember:
        return False
    except Fault:
        return None
    return True


def departed(kit: Kit, told: discord.RawMemberRemoveEvent) -> Departed:
    """Who left a server left all its channels."""
    guild = kit.link.client.get_guild(told.guild_id) if kit.link.client else None
    channels = guild.channels if guild else []
    chats = tuple(ChatRef(platform=NAME, chat_id=str(channel.id)) for channel in channels)
    return Departed(sender=Sender(id=str(told.user.id)), chats=chats)
