"""discord.py's objects in Discord's own form, so that events and channel history are read by the same code."""

from __future__ import annotations

from typing import Any

import discord

THREADS = frozenset({10, 11, 12})
"""Channel types that are threads: of announcements, public (forum posts as well), private."""


def channel_facts(channel: object) -> dict[str, Any]:
    """A channel of discord.py's as Discord describes it; an unknown one has only its id."""
    facts: dict[str, Any] = {"id": getattr(channel, "id", 0)}
    if isinstance(channel, discord.Thread):
        facts |= {"type": 11, "parent_id": channel.parent_id}
    elif isinstance(channel, discord.DMChannel):
        facts["type"] = 1
    elif isinstance(channel, discord.GroupChannel):
        facts["type"] = 3
    elif channel is not None:
        facts["type"] = 0
    return facts


def message_facts(message: discord.Message) -> dict[str, Any]:
    """A message as the gateway described it, as far as the bot reads it."""
    reference = message.reference
    answered = reference.resolved if reference else None
    return {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "type": message.type.value,
        "webhook_id": message.webhook_id,
        "author": {
            "id": str(message.author.id),
            "username": message.author.display_name,
            "bot": message.author.bot,
        },
        "content": message.content,
        "mentions": [{"id": str(user.id)} for user in message.mentions],
        "mention_roles": [str(role) for role in message.raw_role_mentions],
        "attachments": [dict(file.to_dict()) for file in message.attachments],
        "message_snapshots": [
            {"message": {"attachments": [dict(file.to_dict()) for file in snapshot.attachments]}}
            for snapshot in message.message_snapshots
        ],
        "referenced_message": message_facts(answered) if isinstance(answered, discord.Message) else None,
        "message_reference": {"message_id": str(reference.message_id)} if reference and reference.message_id else None,
        "timestamp": message.created_at.isoformat(),
    }


def role_ids(person: discord.Member | discord.User) -> list[str]:
    """The roles that an event names for a person, also those that the bot knows nothing else of."""
    return [str(role) for role in getattr(person, "_roles", ())]
