"""From Discord's objects to the engine's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord

from adapters.discord.facts import THREADS, channel_facts
from adapters.discord.media import NAME, message_media, usable
from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender
from bot.core.commands import EDITED
from bot.core.event.votes import is_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.media import MediaRef

_MENTION = re.compile(r"<@[!&]?(\d+)>")
PLAIN_MESSAGES = frozenset({0, 19})
"""Message types that people write: a message, a reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened."""

    chat: ChatRef
    kind: ChatKind
    guild: str = ""
    foreign: bool = False
    """The bot is no member: it hears and answers through the interaction alone."""


def channels_of(place: Place) -> list[str]:
    """The channels that a rule about channels may name: the thread and its parent. None outside of guilds."""
    return [name for name in (place.chat.chat_id, place.chat.thread_id) if name] if place.guild else []


def event_id(snowflake: int | str) -> EventId:
    """The event of a message or an interaction; padded, so that ids sort as they came."""
    return EventId(f"{NAME}:{int(snowflake):020d}")


def place_of(channel: Mapping[str, Any], *, guild: str, foreign: bool = False) -> Place:
    """The chat of a channel as Discord describes it. A thread, forum posts included, is a chat of its own."""
    if channel.get("type") in THREADS and channel.get("parent_id"):
        chat = ChatRef(platform=NAME, chat_id=str(channel["parent_id"]), thread_id=str(channel["id"]))
    else:
        chat = ChatRef(platform=NAME, chat_id=str(channel["id"]))
    private = not guild and channel.get("type", 1) == 1
    return Place(chat=chat, kind=ChatKind.PRIVATE if private else ChatKind.GROUP, guild=guild, foreign=foreign)


def place_of_interaction(interaction: discord.Interaction[Any]) -> Place:
    """Where a command was given. Outside of any channel that is known it is the person's own place."""
    guild = str(interaction.guild_id or "")
    foreign = (
        interaction.is_user_integration()
        and not interaction.is_guild_integration()
        and not interaction.context.dm_channel
    )
    if interaction.channel is None:
        return place_of({"id": interaction.user.id, "type": 1}, guild=guild, foreign=True)
    return place_of(channel_facts(interaction.channel), guild=guild, foreign=foreign)


def inbound_of_interaction(
    interaction: discord.Interaction[Any],
    place: Place,
    *,
    command: str = "",
    text: str = "",
    media: tuple[MediaRef, ...] = (),
    addressed: bool = True,
) -> Inbound:
    """A command, a modal or a button as an event."""
    return Inbound(
        event_id=event_id(interaction.id),
        chat=place.chat,
        chat_kind=place.kind,
        message_id=str(interaction.id),
        sender=Sender(id=str(interaction.user.id), name=interaction.user.display_name),
        at=interaction.created_at,
        language=str(interaction.locale),
        text=text,
        command=command,
        media=media,
        addressed=addressed,
    )


def inbound_of_message(
    message: Mapping[str, Any], place: Place, *, me: str, my_role: str = "", collecting: bool
) -> Inbound | None:
    """A message as an event; None for one that is none of the bot's business.

    `message` is Discord's own form, from the gateway's event or from a channel's history.
    """
    author = message.get("author", {})
    if author.get("bot") or message.get("webhook_id") or message.get("type", 0) not in PLAIN_MESSAGES:
        return None
    private = place.kind is ChatKind.PRIVATE
    addressed = private or is_addressed(message, me=me, my_role=my_role)
    media = message_media(message)
    if addressed and not media:
        media = message_media(message.get("referenced_message") or {})
    taken_out = collecting and _takes_out(message)
    if not addressed and not taken_out and not (collecting and (media := usable(media))):
        return None
    text = "" if taken_out else without_mention(message.get("content", ""), me, my_role)
    greets = addressed and not (private or text or media)
    return Inbound(
        event_id=event_id(message["id"]),
        chat=place.chat,
        chat_kind=place.kind,
        message_id=str(message["id"]),
        sender=Sender(id=str(author.get("id", "")), name=author.get("global_name") or author.get("username", "")),
        at=_when(message),
        text=text,
        reply_to=str((message.get("message_reference") or {}).get("message_id") or ""),
        command="remove" if taken_out else "help" if greets else "",
        media=() if taken_out else media,
        addressed=addressed or taken_out,
    )


def _takes_out(message: Mapping[str, Any]) -> bool:
    """Whether somebody answers a message of their own with the sign that takes its files out."""
    answered = message.get("referenced_message") or {}
    mine = str(answered.get("author", {}).get("id", "")) == str(message["author"].get("id", ""))
    return mine and is_out(message.get("content", ""), file=bool(message_media(answered)))


def edit_of(inbound: Inbound, at: str) -> Inbound:
    """A message that was changed `at` a time: all that it says now. Its files were taken when it came."""
    said = f"/{inbound.command} {inbound.text}".strip() if inbound.command else inbound.text.strip()
    change = "".join(char for char in at if char.isdecimal())[:20]
    return replace(
        inbound, event_id=EventId(f"{inbound.event_id}-{change}"), command=EDITED, text=said, media=(), reply_to=""
    )


def is_addressed(message: Mapping[str, Any], *, me: str, my_role: str) -> bool:
    """Whether a message in a guild means the bot: a mention of it or of its role, or a reply to it."""
    if any(str(user.get("id")) == me for user in message.get("mentions", [])):
        return True
    if my_role and my_role in map(str, message.get("mention_roles", [])):
        return True
    answered = (message.get("referenced_message") or {}).get("author", {})
    return str(answered.get("id", "")) == me


def without_mention(text: str, *ids: str) -> str:
    """The words without the mention of the bot."""
    return " ".join(_MENTION.sub(lambda found: "" if found[1] in ids else found[0], text).split(" ")).strip()


def _when(message: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(message["timestamp"])).astimezone(UTC)
    except (KeyError, ValueError):
        return discord.utils.snowflake_time(int(message["id"]))
