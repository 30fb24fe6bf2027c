"""DBOS Transact behind the `Durable` port: the only file that imports it.

Each setting below answers a trap that was seen to bite; docs/decisions.md has the list.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from dbos import (
    DBOS,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    SetEnqueueOptions,
    SetWorkflowID,
    WorkflowSerializationFormat,
)

from bot.core.errors import BotError, StoreFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator

    from sqlalchemy import Engine

    from bot.core.policy import Policy

APPLICATION = "highlight-bot"
APPLICATION_VERSION = "1"
"""Pinned: by default it is a hash of the code, and an upgrade would silently strand what was under way."""
EXECUTOR = "embedded"
LANES, ASIDE = "lanes", "aside"
THREADS = 16
LEAVE_SECONDS = 5.0
_OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_UNFINISHED = ["PENDING", "ENQUEUED", "DELAYED"]
_BATCH = 500


class OtherVersion(BotError):
    """Unfinished turns were begun under another version of the workflow; `params` has `count`, `found` and `known`."""

    key = "operator.other_version"


class DurableTurns:
    """`engine.ports.Durable` on one database file and one process."""

    def __init__(self, engine: Engine, policy: Policy) -> None:
        self._engine = engine
        self._policy = policy
        self._workflow: Callable[[str], Coroutine[Any, Any, None]]
        self._failed = asyncio.Event()
        self._failure = StoreFailed()

    @asynccontextmanager
    async def running(self, run: Callable[[str], Awaitable[None]]) -> AsyncIterator[DurableTurns]:
        """Resume what was under way, then run what is enqueued, until the block ends. `run` carries out a turn by id.

        Leaving cancels what still runs; a cancelled turn is not over, the next start resumes it. Raises OtherVersion.
        """
        running: set[asyncio.Task[object]] = set()
        leaving = asyncio.Event()
        config = DBOSConfig(
            name=APPLICATION,
            application_version=APPLICATION_VERSION,
            executor_id=EXECUTOR,
            system_database_url=str(self._engine.url),
            system_database_engine=self._engine,
            max_executor_threads=THREADS,
            serializer=DBOSPortableJSONSerializer(),  # for steps; a workflow's own format covers its arguments alone
            log_level="ERROR",
            notification_listener_polling_interval_sec=0.1,  # nothing here is notified; leaving waits for this sleep
        )

        async def turn(turn_id: str) -> None:
            task = asyncio.current_task()
            assert task is not None
            if leaving.is_set():  # dequeued at the last moment, when what it needs is being closed
                raise asyncio.CancelledError
            running.add(task)
            try:
                with self._unrecorded():
                    await run(turn_id)
            finally:
                running.discard(task)

        logging.getLogger("dbos").addHandler(logging.NullHandler())  # it adds one of its own when it finds none
        DBOS(config=config)
        self._workflow = DBOS.workflow(name="turn", serialization_type=WorkflowSerializationFormat.PORTABLE)(turn)
        try:
            DBOS.launch()  # inside the running loop: turns share it, and with it one HTTP client
            await self._refuse_others()
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
            leaving.set()
            for task in running:
                task.cancel()
            if running:
                await asyncio.wait(set(running), timeout=LEAVE_SECONDS)
            loop = asyncio.get_running_loop()
            # It waits for its threads, which may wait for a transaction that this loop has to finish; and it closes the
            # executor that it had made the loop's own.
            with ThreadPoolExecutor(1) as apart:
                await loop.run_in_executor(apart, partial(DBOS.destroy, destroy_registry=True))
            self._engine.dispose()  # it closes only connections that it has opened itself
            loop.set_default_executor(ThreadPoolExecutor(THREADS))

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
            with self._unrecorded():
                return await act()

        return await DBOS.run_step_async({"name": name}, acted)

    async def prune(self, *, before: float) -> int:
        """Delete the journals of turns that were over before a time (seconds since 1970); how many."""
        until, gone = datetime.fromtimestamp(before, UTC).isoformat(), 0
        while True:
            found = await DBOS.list_workflows_async(
                status=_OVER, completed_before=until, limit=_BATCH, load_input=False, load_output=False
            )
            if not found:
                return gone
            await DBOS.delete_workflows_async([one.workflow_id for one in found])
            gone += len(found)

    async def watch(self) -> None:
        """Wait, perhaps for ever, until turns can no longer be recorded. Raises StoreFailed then."""
        await self._failed.wait()
        raise self._failure

    @contextmanager
    def _unrecorded(self) -> Iterator[None]:
        """What cannot be written down is not over: only a cancellation leaves no trace in the journal."""
        try:
            yield
        except StoreFailed as error:
            self._failure = error
            self._failed.set()
            raise asyncio.CancelledError from error

    async def _refuse_others(self) -> None:
        unfinished = await DBOS.list_workflows_async(status=_UNFINISHED, load_input=False, load_output=False)
        others = [one.app_version or "" for one in unfinished if one.app_version != APPLICATION_VERSION]
        if others:
            raise OtherVersion(count=len(others), found=others[0], known=APPLICATION_VERSION)
