"""DBOS Transact behind the `Durable` port: the only file that imports it.

Each setting below answers a trap that was seen to bite; docs/decisions.md has the list.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID, WorkflowSerializationFormat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine

    from sqlalchemy import Engine

    from bot.core.policy import Policy

APPLICATION = "highlight-bot"
APPLICATION_VERSION = "1"
"""Pinned: by default it is a hash of the code, and an upgrade would silently strand what was under way."""
EXECUTOR = "embedded"
LANES, ASIDE = "lanes", "aside"
THREADS = 16
LEAVE_SECONDS = 5.0


class DurableTurns:
    """`engine.ports.Durable` on one database file and one process."""

    def __init__(self, engine: Engine, policy: Policy) -> None:
        self._engine = engine
        self._policy = policy
        self._workflow: Callable[[str], Coroutine[Any, Any, None]]

    @asynccontextmanager
    async def running(self, run: Callable[[str], Awaitable[None]]) -> AsyncIterator[DurableTurns]:
        """Resume what was under way, then run what is enqueued, until the block ends. `run` carries out a turn by id.

        Leaving cancels what still runs; a cancelled turn is not over, the next start resumes it.
        """
        running: set[asyncio.Task[object]] = set()
        config = DBOSConfig(
            name=APPLICATION,
            application_version=APPLICATION_VERSION,
            executor_id=EXECUTOR,
            system_database_url=str(self._engine.url),
            system_database_engine=self._engine,
            max_executor_threads=THREADS,
            log_level="ERROR",
        )

        async def turn(turn_id: str) -> None:
            task = asyncio.current_task()
            assert task is not None
            running.add(task)
            try:
                await run(turn_id)
            finally:
                running.discard(task)

        logging.getLogger("dbos").addHandler(logging.NullHandler())  # it adds one of its own when it finds none
        DBOS(config=config)
        self._workflow = DBOS.workflow(name="turn", serialization_type=WorkflowSerializationFormat.PORTABLE)(turn)
        try:
            DBOS.launch()  # inside the running loop: turns share it, and with it one HTTP client
            await DBOS.register_queue_async(
                LANES,
                partition_concurrency=1,
                worker_concurrency=self._policy.turns_at_once,
                polling_interval_sec=self._policy.poll_queue,
            )
            await DBOS.register_queue_async(
                ASIDE,
                worker_concurrency=self._policy.turns_at_once,
                polling_interval_sec=self._policy.poll_queue,
            )
            yield self
        finally:
            for task in running:
                task.cancel()
            if running:
                await asyncio.wait(set(running), timeout=LEAVE_SECONDS)
            DBOS.destroy(destroy_registry=True)
            # It had replaced the loop's executor by its own, which is now closed.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))

    async def enqueue(self, turn_id: str, *, lane: str, sequence: int) -> None:
        """Run a turn on a lane after its predecessors. The same id twice runs once."""
        # Priority orders the lane: creation times have a resolution of one second on some Pythons.
        with SetWorkflowID(turn_id), SetEnqueueOptions(queue_partition_key=lane, priority=sequence):
            await DBOS.enqueue_workflow_async(LANES, self._workflow, turn_id)

    async def enqueue_aside(self, turn_id: str) -> None:
        """Run a turn at once, beside the lanes. The same id twice runs once."""
        with SetWorkflowID(turn_id):
            await DBOS.enqueue_workflow_async(ASIDE, self._workflow, turn_id)

    async def step(self, name: str, act: Callable[[], Awaitable[str]]) -> str:
        """Inside a running turn: run `act` and journal its answer; a journaled step is not run again."""

        async def acted() -> str:
            return await act()

        return await DBOS.run_step_async({"name": name}, acted)
