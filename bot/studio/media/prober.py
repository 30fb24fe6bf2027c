"""A look into a file in another process: hostile media may crash or hang it, not the server."""

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path

from bot.studio.media.formats import Seen, Unusable

_MAX_PIXELS = 250_000_000
_NEEDED = [
    "bot.codec.check",
    "bot.codec.probe",
    "bot.studio.analyse.look",
    "bot.studio.film.beats",
    "bot.studio.recording.measure",
]


class Prober:
    """One worker process, one file at a time, so that a death always belongs to the file that caused it."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._lock = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None

    async def look(self, path: Path) -> Seen | Unusable:
        """Probe and check `path`; `Unusable("died")` when the worker crashed or ran out of time."""
        async with self._lock:
            if self._pool is None:
                # Forked from a process without threads that has loaded what looking needs: the next one costs little.
                forked = multiprocessing.get_context("forkserver")
                forked.set_forkserver_preload(_NEEDED)
                self._pool = ProcessPoolExecutor(max_workers=1, mp_context=forked, initializer=_leave_with_parent)
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._pool, look_here, path, self._seconds)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
                self._pool = None
                return Unusable(reason="died")

    def close(self) -> None:
        """Let the worker go."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def look_here(path: Path, seconds: float) -> Seen | Unusable:
    """The same in this process, which is killed when it takes longer than `seconds`."""
    # The default action of SIGALRM ends the process in the kernel, also inside a decoder that never returns.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return _look(path)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _look(path: Path) -> Seen | Unusable:
    # Imported here, in the worker: the server itself never loads a decoder for a file from outside.
    from bot.codec.check import check
    from bot.codec.errors import TooManyPixels, Unreadable
    from bot.codec.probe import probe
    from bot.studio.analyse.look import measure
    from bot.studio.film.beats import find_beats
    from bot.studio.recording.measure import recorded

    try:
        check(path, _MAX_PIXELS)
        found = probe(path)
        measures = measure(path, _MAX_PIXELS) if found.kind == "photo" else None
        grid = find_beats(path) if found.kind == "audio" else None
        recording = recorded(path, found.duration_ms) if found.kind == "video" else None
    except TooManyPixels as error:
        return Unusable(reason="too-many-pixels", pixels=error.pixels)
    except Unreadable as error:
        return Unusable(reason=error.reason)
    return Seen(
        kind=found.kind,
        container=found.container,
        width=found.width,
        height=found.height,
        duration_ms=found.duration_ms or (recording.duration if recording else 0),
        fps=float(found.fps),
        taken_at=_seconds(found.taken_at),
        measures=measures,
        grid=grid,
        recording=recording,
    )


def _seconds(taken_at: datetime | None) -> float | None:
    """Seconds since 1970; a camera without a time zone is taken to be in UTC, so that its photos keep their order."""
    if taken_at is None:
        return None
    return (taken_at if taken_at.tzinfo else taken_at.replace(tzinfo=UTC)).timestamp()


def _leave_with_parent() -> None:
    """End this worker when the server is gone: it would wait on its queue for ever otherwise."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
