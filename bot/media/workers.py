"""A small pool of processes for work on files from outside: one may crash or hang without taking the bot along."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from bot.media.jobs import CODECS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

P = ParamSpec("P")
T = TypeVar("T")

TASKS_PER_WORKER = 40
"""A worker is replaced after this many files, so that one huge picture does not keep its memory for ever."""


class WorkerLost(Exception):
    """The process died or took too long over this file, twice."""


class Workers:
    """Run functions in worker processes."""

    def __init__(self, *, size: int, limit: float) -> None:
        self._size = size
        self._limit = limit
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run it with plain arguments, at most `limit` seconds. Raises WorkerLost."""
        for _ in range(2):  # a pool also breaks because of a neighbour's file: once more, with a new one
            pool = self._pool = self._pool or self._started()
            try:
                async with asyncio.timeout(self._limit):
                    return await asyncio.wrap_future(pool.submit(_call, function, args, kwargs))
            except (BrokenProcessPool, TimeoutError):
                self._discard(pool)
        raise WorkerLost

    async def run_watched(
        self,
        watch: Callable[[], Awaitable[None]],
        every: float,
        function: Callable[P, T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run it once; await `watch` at once and then every so many seconds. What `watch` raises ends the work.

        For a pool with one piece of work at a time. Raises WorkerLost.
        """
        pool = self._pool = self._pool or self._started()
        over = False
        try:
            async with asyncio.timeout(self._limit):
                working = asyncio.wrap_future(pool.submit(_call, function, args, kwargs))
                await watch()
                while not (await asyncio.wait([working], timeout=every))[0]:
                    await watch()
                result = working.result()
                over = True
                return result
        except (BrokenProcessPool, TimeoutError):
            raise WorkerLost from None
        finally:
            if not over:
                self._discard(pool)

    def close(self) -> None:
        """End all workers now."""
        if self._pool is not None:
            self._discard(self._pool)

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._size,
            mp_context=_processes(),
            initializer=_begin,
            max_tasks_per_child=TASKS_PER_WORKER,
        )

    def _discard(self, pool: ProcessPoolExecutor) -> None:
        if self._pool is pool:
            self._pool = None
        for process in list((pool._processes or {}).values()):  # noqa: SLF001 - a hung worker has no public end
            with suppress(ProcessLookupError):
                process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def _processes() -> multiprocessing.context.ForkServerContext:
    """Processes forked from one that has the codecs loaded and no threads: a new worker costs nothing to speak of."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(CODECS)
    return context


def _call(function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    return function(*args, **kwargs)


def _begin() -> None:
    """Leave Ctrl-C to the parent, and do not outlive it: a killed parent cannot say goodbye."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
