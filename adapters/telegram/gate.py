"""Who may use the bot: everybody, or those on the operator's list and those whom an owner let in."""

from __future__ import annotations

import json
import secrets
import time
from typing import TYPE_CHECKING

from adapters.telegram.ids import is_group

if TYPE_CHECKING:
    from adapters.telegram.config import TelegramConfig
    from bot.core.chat import ChatRef
    from bot.engine.ports import Notebook

GUEST = "guest/"
CODE = "code/"
CODE_SECONDS = 3600
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is mistaken for something else."""


class Gate:
    """Knocking makes a code; an owner who repeats it within the hour lets its bearer in."""

    def __init__(self, config: TelegramConfig, notebook: Notebook) -> None:
        self._config = config
        self._notebook = notebook
        self._guests: set[str] = set()

    async def recall(self) -> None:
        """Read the guests from the notebook."""
        self._guests = {note.removeprefix(GUEST) for note in await self._notebook.keys(GUEST)}

    def admits(self, chat: ChatRef, user_id: str) -> bool:
        """Whether this person may use the bot here. In an allowed group everybody may."""
        config = self._config
        if not config.allowed_users and not config.allowed_chats:
            return True
        if is_group(chat) and chat.chat_id in config.allowed_chats:
            return True
        return user_id in config.allowed_users | config.owners | self._guests

    def is_owner(self, user_id: str) -> bool:
        """Whether this person runs the bot."""
        return user_id in self._config.owners

    async def knock(self, user_id: str) -> str:
        """A code for a stranger, or empty while an earlier one is good or when nobody could use it."""
        if not self._config.owners:
            return ""
        for note in await self._notebook.keys(CODE):
            kept = json.loads(await self._notebook.read(note) or "{}")
            if kept.get("until", 0) < time.time():
                await self._notebook.erase(note)
            elif kept["user"] == user_id:
                return ""
        code = "".join(secrets.choice(ALPHABET) for _ in range(6))
        kept = {"user": user_id, "until": time.time() + CODE_SECONDS}
        await self._notebook.write(CODE + code, json.dumps(kept))
        return code

    async def admit(self, code: str) -> str:
        """Let a code's bearer in; their id, or empty when the code is unknown or too old."""
        note = CODE + "".join(char for char in code.upper() if char in ALPHABET)
        kept = json.loads(await self._notebook.read(note) or "{}")
        if kept.get("until", 0) < time.time():
            return ""
        await self._notebook.erase(note)
        await self._notebook.write(GUEST + kept["user"], "")
        self._guests.add(kept["user"])
        return str(kept["user"])
