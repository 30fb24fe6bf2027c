"""Durable turns for tests: on a file, with a note of what ran."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.policy import Policy
from bot.durable.turns import DurableTurns
from bot.store.engines import sync_engine

POLICY = Policy(poll_queue=0.02)


@dataclass
class Ran:
    """What ran, in the order in which it began."""

    turns: list[str] = field(default_factory=list)
    now: set[str] = field(default_factory=set)
    most: int = 0
    """Most turns at once."""

    @asynccontextmanager
    async def noting(self, turn_id: str) -> AsyncIterator[None]:
        self.turns.append(turn_id)
        self.now.add(turn_id)
        self.most = max(self.most, len(self.now))
        try:
            yield
        finally:
            self.now.discard(turn_id)


@asynccontextmanager
async def durable(
    file: Path, run: Callable[[DurableTurns, str], Awaitable[None]], policy: Policy = POLICY
) -> AsyncIterator[DurableTurns]:
    """A running engine whose turns are carried out by `run`."""
    turns = DurableTurns(sync_engine(file), policy)

    async def carry_out(turn_id: str) -> None:
        await run(turns, turn_id)

    async with turns.running(carry_out):
        yield turns


async def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)
