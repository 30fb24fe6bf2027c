"""How large a film may be: what the interaction says, else the guild, else 10 MiB, and never what was refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.chat import ChatRef
    from bot.engine.ports import Notebook

MIB = 1 << 20
DEFAULT = 10 * MIB
TIERS = tuple(size * MIB for size in (500, 100, 50, 25, 20, 10, 8, 5, 2, 1))
"""Limits that Discord has or had."""


def below(refused: int) -> int:
    """The limit to believe in after this many bytes were too many: the next tier, or half of it below all tiers."""
    return next((tier for tier in TIERS if tier < refused), refused // 2)


class SizeLimits:
    """The limits of all places, remembered. A place is a guild, or a chat outside of guilds."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._announced: dict[str, int] = {}
        self._learned: dict[str, int] = {}
        self._places: dict[str, str] = {}

    async def load(self) -> None:
        """Read what earlier processes knew."""
        for name, found in (("announced", self._announced), ("learned", self._learned)):
            for note in await self._notebook.keys(f"limit/{name}/"):
                found[note.removeprefix(f"limit/{name}/")] = int(await self._notebook.read(note) or DEFAULT)
        for note in await self._notebook.keys("place/"):
            self._places[note.removeprefix("place/")] = json.loads(await self._notebook.read(note) or '""')

    async def announce(self, chat: ChatRef, guild: str, size: int | None) -> None:
        """A chat was seen in a guild (empty: in none), perhaps with a limit that Discord stated."""
        if guild and self._places.get(chat.key) != guild:
            self._places[chat.key] = guild
            await self._notebook.write(f"place/{chat.key}", json.dumps(guild))
        if size and self._announced.get(chat.key) != size:
            self._announced[chat.key] = size
            await self._notebook.write(f"limit/announced/{chat.key}", str(size))

    async def refused(self, chat: ChatRef, size: int) -> None:
        """So many bytes were too many: for the whole guild."""
        place = self.place(chat)
        self._learned[place] = min(below(size), self._learned.get(place, size))
        await self._notebook.write(f"limit/learned/{place}", str(self._learned[place]))

    def place(self, chat: ChatRef) -> str:
        """A chat's guild, or the chat itself."""
        return self._places.get(chat.key) or chat.key

    def of(self, chat: ChatRef, *, guild: int | None) -> int:
        """Bytes that one file may have. `guild` is the limit of the guild's level, where known."""
        stated = self._announced.get(chat.key) or guild or DEFAULT
        return min(stated, self._learned.get(self.place(chat), stated))
