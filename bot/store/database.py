"""One SQLite file behind threads: a transaction is one function, run in one go, and what is written together commits
together."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from bot.store.engines import reading, store_engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from sqlalchemy import Connection, Engine

READERS = 3
"""Threads that read. More would wait for each other: most of a short query is Python."""
TOGETHER = 64
"""Most writes in one transaction: the durable engine writes to the same file and waits meanwhile."""

T = TypeVar("T")


class Database:
    """Reads run beside each other and see one moment each; writes run one after the other, on a thread of their own.

    A transaction that takes a hop to a thread for every statement costs ten times its work. And as every commit waits
    for the disk, whatever arrives during that wait shares the next one: a write still returns only after its commit.
    """

    def __init__(self, file: Path) -> None:
        """Opens nothing yet. Raises SqliteTooOld."""
        self.file = file
        self.engine: Engine = store_engine(file, connections=READERS + 1)
        self._views = reading(self.engine)
        self._readers = ThreadPoolExecutor(READERS, "store-reads")
        self._writer = ThreadPoolExecutor(1, "store-writes")
        self._waiting: deque[tuple[Callable[[Connection], Any], asyncio.Future[Any]]] = deque()
        self._called = False
        """Whether the writer has been told of what waits."""

    async def read(self, act: Callable[[Connection], T]) -> T:
        """What `act` finds. Raises what it raises, StoreFailed where the disk or the file is at fault."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._view, act)

    async def write(self, act: Callable[[Connection], T]) -> T:
        """What `act` answers, once it is on disk. Raises like `read`; nothing of an `act` that raised is kept.

        Where others fail beside it, `act` is run again: its only effect may be on the database. Once begun it is not
        cancelled; its caller may be.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((act, done))
        if not self._called:
            self._called = True
            self._writer.submit(self._write_waiting)
        return await done

    async def close(self) -> None:
        """Finish what was begun, then close the file."""
        for threads in (self._writer, self._readers):
            await asyncio.to_thread(threads.shutdown)
        self.engine.dispose()

    def _view(self, act: Callable[[Connection], T]) -> T:
        with self._views.connect() as connection:
            return act(connection)

    def _write(self, act: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return act(connection)

    def _write_waiting(self) -> None:
        self._called = False  # before anything is taken: what comes from now on calls again
        taken = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
        if self._waiting:
            self._writer.submit(self._write_waiting)
        batch = [(act, done) for act, done in taken if not done.cancelled()]
        if not batch:
            return
        try:
            answers = self._write(lambda connection: [act(connection) for act, _ in batch])
        except BaseException:  # each alone, so that it fails for its own reason or not at all
            for act, done in batch:
                self._writer.submit(self._write, act).add_done_callback(partial(_hand_on, done))
            raise
        batch[0][1].get_loop().call_soon_threadsafe(_answer, [done for _, done in batch], answers)


def _answer(waiting: list[asyncio.Future[Any]], answers: list[Any]) -> None:
    for done, answer in zip(waiting, answers, strict=True):
        if not done.done():
            done.set_result(answer)


def _hand_on(done: asyncio.Future[Any], alone: Future[Any]) -> None:
    done.get_loop().call_soon_threadsafe(_settle, done, alone)


def _settle(done: asyncio.Future[Any], alone: Future[Any]) -> None:
    if done.done():
        return
    if (error := alone.exception()) is not None:
        done.set_exception(error)
    else:
        done.set_result(alone.result())
