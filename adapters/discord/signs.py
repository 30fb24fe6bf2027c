"""Signs of life: a reaction to what arrived, and "is typing" where a job is at work."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from adapters.discord.faults import Fault, Gone, Refused

if TYPE_CHECKING:
    from adapters.discord.rest import Rest
    from adapters.discord.tickets import Tickets
    from adapters.throttle import LiveLines
    from bot.core.chat import ChatRef, Inbound

log = logging.getLogger(__name__)

RECEIVED = "👀"
WAITING = 1000
AT_ONCE = 8
EVERY = 8.0
"""Seconds; what Discord shows fades after ten, or when a message comes."""
LIFE = 150.0
"""Seconds without anything to show after which a job is not typed about any more: a working one says so sooner."""
LOOK = 1.0


class Signs:
    """Nothing waits for a sign, one that fails is not missed, and where typing is refused it is not tried again."""

    def __init__(self, rest: Rest, tickets: Tickets, lines: LiveLines) -> None:
        self._rest = rest
        self._tickets = tickets
        self._lines = lines
        self._received: asyncio.Queue[Inbound] = asyncio.Queue(WAITING)
        self._given: dict[ChatRef, float] = {}
        self._unwanted: set[ChatRef] = set()

    def received(self, inbound: Inbound) -> None:
        """React to a message, soon: a channel that Discord holds up keeps nobody else waiting."""
        with suppress(asyncio.QueueFull):
            self._received.put_nowait(inbound)

    async def run(self) -> None:
        """Give signs until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._react())
            while True:
                now = asyncio.get_running_loop().time()
                self._given = {chat: at for chat, at in self._given.items() if at > now - EVERY}
                for chat in self._lines.working(within=LIFE) - self._given.keys() - self._unwanted:
                    self._given[chat] = now
                    with suppress(Fault):
                        await self._type(chat)
                await asyncio.sleep(LOOK)

    async def _react(self) -> None:
        while True:
            inbound = await self._received.get()
            ticket = await self._tickets.read(inbound.event_id)
            if ticket is not None and ticket.application:
                continue  # an interaction was acknowledged when it came
            try:
                await self._rest.react(inbound.chat.thread_id or inbound.chat.chat_id, inbound.message_id, RECEIVED)
            except Fault as fault:
                log.info("no reaction in %s: %s", inbound.chat.key, type(fault).__name__)

    async def _type(self, chat: ChatRef) -> None:
        try:
            await self._rest.typing(chat.thread_id or chat.chat_id)
        except (Refused, Gone):
            self._unwanted.add(chat)
