"""Ids that carry what the outbox must know later: whom a turn answers, which topic and whose project a chat is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.chat import ChatRef, EventId

NAME = "telegram"

_EVENT = re.compile(rf"{NAME}:(\d+):(\d+):(-?\d+)(?::|$)")

_LARGEST = 1 << 53
"""Telegram's ids have fewer bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The message that asked for something, and who wrote it."""

    message_id: int
    user_id: str


def number(value: object) -> int:
    """An id as Telegram gives them. Raises TypeError or ValueError for anything else: the library does not look."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("id")
    if not -_LARGEST < value < _LARGEST:
        raise ValueError("id")
    return value


def event_id(update_id: int, message_id: int, user_id: str) -> EventId:
    """The id of an update. What an answer refers to travels in it, since it begins every key of its turn.

    Raises ValueError for ids that are no numbers.
    """
    return EventId(f"{NAME}:{update_id:012d}:{message_id:d}:{user_id}")


def origin(key: str) -> Origin | None:
    """Whom a key's turn answers."""
    found = _EVENT.match(key)
    return Origin(message_id=int(found[2]), user_id=found[3]) if found else None


def chat_ref(chat_id: int, *, topic: int | None = None, person: str = "") -> ChatRef:
    """A chat, a topic of it, or a member's own project in either. Raises ValueError for ids that are no numbers."""
    thread = f"{topic:d}" if topic else ""
    return ChatRef(platform=NAME, chat_id=f"{chat_id:d}", thread_id=f"{thread}@{person}" if person else thread)


def topic_of(chat: ChatRef) -> int | None:
    """The id to send a message into the right topic; None for no topic and for General, which must not be named."""
    topic = chat.thread_id.partition("@")[0]
    return int(topic) if topic else None


def is_group(chat: ChatRef) -> bool:
    """Telegram gives people positive ids and groups negative ones."""
    return chat.chat_id.startswith("-")
