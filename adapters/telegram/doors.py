"""Who has opened a private chat with the bot: Telegram lets nobody else be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.engine.ports import Notebook

NOTE = "door/"


class Doors:
    """In memory since every private message asks, and in the notebook since it stays."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._open: set[str] = set()

    async def recall(self) -> None:
        """Read everything from the notebook."""
        self._open |= {note.removeprefix(NOTE).removesuffix("/") for note in await self._notebook.keys(NOTE)}

    def is_open(self, person: str) -> bool:
        """Whether somebody has written in private and not closed that chat since."""
        return person in self._open

    async def opened(self, person: str) -> None:
        """Somebody wrote in private."""
        if person not in self._open:
            self._open.add(person)
            await self._notebook.write(f"{NOTE}{person}/", "")

    async def closed(self, person: str) -> None:
        """Somebody has blocked the bot, or wants to be forgotten."""
        self._open.discard(person)
        await self._notebook.erase(f"{NOTE}{person}/")
