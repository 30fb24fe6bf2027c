"""Reactions to people's files, and members who leave a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.discord.facts import channel_facts, role_ids
from adapters.discord.media import NAME
from adapters.discord.translate import channels_of, place_of
from bot.core.chat import ChatRef, Departed, Reacted, Sender
from bot.core.event.votes import sign_of

if TYPE_CHECKING:
    import discord

    from adapters.discord.kit import Kit


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


def departed(kit: Kit, told: discord.RawMemberRemoveEvent) -> Departed:
    """Who left a server left all its channels."""
    guild = kit.link.client.get_guild(told.guild_id) if kit.link.client else None
    channels = guild.channels if guild else []
    chats = tuple(ChatRef(platform=NAME, chat_id=str(channel.id)) for channel in channels)
    return Departed(sender=Sender(id=str(told.user.id)), chats=chats)
