"""Who was told to stop: one question to the store for all who wait, not one for each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.turn import TurnId
    from bot.engine.ports import Store


class Stops:
    """What the store knows, at most `every` seconds old. Before a step that costs something, ask the store itself."""

    def __init__(self, store: Store, every: float) -> None:
        self._store = store
        self._every = every
        self._lock = asyncio.Lock()
        self._known: frozenset[TurnId] = frozenset()
        self._at = float("-inf")

    async def asked(self, turn_id: TurnId) -> bool:
        """Whether somebody said stop to this turn, a moment ago or earlier."""
        async with self._lock:
            if asyncio.get_running_loop().time() - self._at >= self._every:
                self._known = await self._store.stopped()
                self._at = asyncio.get_running_loop().time()
        return turn_id in self._known
