"""Signs of life: "is typing" where a job is at work."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from adapters.discord.faults import Fault, Gone, Refused

if TYPE_CHECKING:
    from adapters.discord.rest import Rest
    from adapters.throttle import LiveLines
    from bot.core.chat import ChatRef

EVERY = 8.0
"""Seconds; what Discord shows fades after ten, or when a message comes."""
LIFE = 150.0
"""Seconds without anything to show after which a job is not typed about any more: a working one says so sooner."""
LOOK = 1.0


class Signs:
    """Nothing waits for a sign, one that fails is not missed, and where it is refused none is tried again."""

    def __init__(self, rest: Rest, lines: LiveLines) -> None:
        self._rest = rest
        self._lines = lines
        self._given: dict[ChatRef, float] = {}
        self._unwanted: set[ChatRef] = set()

    async def run(self) -> None:
        """Give signs until cancelled."""
        while True:
            now = asyncio.get_running_loop().time()
            self._given = {chat: at for chat, at in self._given.items() if at > now - EVERY}
            for chat in self._lines.working(within=LIFE) - self._given.keys() - self._unwanted:
                self._given[chat] = now
                with suppress(Fault):
                    await self._type(chat)
            await asyncio.sleep(LOOK)

    async def _type(self, chat: ChatRef) -> None:
        try:
            await self._rest.typing(chat.thread_id or chat.chat_id)
        except (Refused, Gone):
            self._unwanted.add(chat)
