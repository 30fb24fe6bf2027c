"""What the parts of the store share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.store.engines import reading

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.core.chat import ChatRef


class Part:
    """Statements that belong together, on one engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reads = reading(engine)
        self._moved: dict[str, str] = {}
        """Keys of chats that have another id now. Turns that run, and events that wait, still name the old one."""

    def _key(self, chat: ChatRef) -> str:
        """The key under which a chat is kept now."""
        key = chat.key
        while key in self._moved:
            key = self._moved[key]
        return key

    def _root(self, chat: ChatRef) -> str:
        """The key of the chat that a topic belongs to; a chat without topics is its own."""
        return self._key(replace(chat, thread_id=""))
