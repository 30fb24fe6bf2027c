"""What the adapter answers itself: on disk before Telegram hears of it, carried out beside the updates that follow."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

from adapters.telegram.events import Declined, Joined, Own, Stranger, Tap
from adapters.telegram.faults import NONSENSE
from adapters.throttle import Paused
from bot.core.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.telegram.answers import Answers
    from bot.engine.ports import Notebook

log = logging.getLogger(__name__)

Order = Own | Declined | Joined | Stranger | Tap
NOTE = "order/"
AT_ONCE = 16
TRIES = 3


class Orders:
    """A queue on disk: an update is kept as it came and read again after a restart."""

    def __init__(self, notebook: Notebook, answers: Answers, read: Callable[[Any], object | None]) -> None:
        self._notebook = notebook
        self._answers = answers
        self._read = read
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self._places = asyncio.Semaphore(AT_ONCE)

    async def add(self, raw: Any) -> None:  # noqa: ANN401 - an update as it came
        """Keep an update that is an order; on return it is on disk."""
        note = f"{NOTE}{int(raw['update_id']):012d}/"
        await self._notebook.write(note, json.dumps({"tries": 0, "update": raw}))
        self._queue.put_nowait(note)

    async def run(self) -> None:
        """Carry out what was left, then what comes, until cancelled."""
        for note in await self._notebook.keys(NOTE):
            self._queue.put_nowait(note)
        async with asyncio.TaskGroup() as group:
            while True:
                await self._places.acquire()
                group.create_task(self._carry_out(await self._queue.get()))

    async def _carry_out(self, note: str) -> None:
        try:
            kept = json.loads(await self._notebook.read(note) or '{"tries": 0, "update": null}')
            kept["tries"] += 1
            await self._notebook.write(note, json.dumps(kept))
            order = self._read(kept["update"])
            if kept["tries"] > TRIES:
                log.error("an order ended the bot %d times and is left out: %s", TRIES, note)
            elif isinstance(order, Order):
                try:
                    await self._answers.to(order)
                except (BotError, Paused) as error:
                    log.warning("an order could not be answered: %s", error)
                except NONSENSE:
                    log.exception("an order makes no sense: %s", note)
            await self._notebook.erase(note)
        finally:
            self._places.release()
