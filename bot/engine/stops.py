"""What changes under those who wait: one question to the store for all of them, not one for each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.chat import ChatRef
    from bot.core.turn import TurnId
    from bot.engine.ports_store import Store


class Stops:
    """Who was told to stop, and which files came since, at most `every` seconds old.

    Before a step that costs something, ask the store itself.
    """

    def __init__(self, store: Store, every: float) -> None:
        self._store = store
        self._every = every
        self._lock = asyncio.Lock()
        self._stopped: frozenset[TurnId] = frozenset()
        self._arrived: Mapping[tuple[ChatRef, int], int] = {}
        self._at = float("-inf")

    async def asked(self, turn_id: TurnId) -> bool:
        """Whether somebody said stop to this turn, a moment ago or earlier."""
        await self._refresh()
        return turn_id in self._stopped

    async def arrived(self, chat: ChatRef, project: int) -> int:
        """How many files of a project wait to be sent."""
        await self._refresh()
        return self._arrived.get((chat, project), 0)

    async def _refresh(self) -> None:
        if self._fresh():
            return
        async with self._lock:  # those who come meanwhile share the answer
            if not self._fresh():
                self._stopped = await self._store.stopped()
                self._arrived = await self._store.arrived()
                self._at = asyncio.get_running_loop().time()

    def _fresh(self) -> bool:
        return asyncio.get_running_loop().time() - self._at < self._every
