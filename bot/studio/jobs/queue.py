"""The render queue: in turn, a few at a time, resumed after a crash, stopped on demand."""

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.studio.config import Config
from bot.studio.disk import part_of, publish
from bot.studio.jobs import estimate, film_process
from bot.studio.jobs.outlook import Outlook
from bot.studio.jobs.turns import fits_beside
from bot.studio.store import assets, renders
from bot.studio.store.database import Database
from bot.studio.store.renders import Render

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Running:
    expected: float
    alone: bool
    began: float = field(default_factory=time.monotonic)
    progress: float = 0.0
    stopped: bool = False
    task: asyncio.Task[film_process.Done | film_process.Failed] | None = None

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        return estimate.left(self.expected, self.elapsed, self.progress)


class Jobs:
    """Takes jobs from the disk; what it holds in memory is only the progress of the running ones."""

    def __init__(self, database: Database, config: Config) -> None:
        self._database = database
        self._config = config
        self._outlook = Outlook(database)
        self._running: dict[int, _Running] = {}
        self._choosing = asyncio.Lock()
        self._news = asyncio.Event()
        self._to_fail = config.switches.fail_renders

    async def work(self) -> None:
        """Until cancelled."""
        await self._outlook.recall()
        async with asyncio.TaskGroup() as group:
            for _ in range(self._config.limits.jobs_at_once):
                group.create_task(self._worker())

    def wake(self) -> None:
        """A job was submitted."""
        self._news.set()

    def progress(self, render: Render) -> int:
        """Per cent."""
        if render.status == "completed":
            return 100
        running = self._running.get(render.number)
        return min(99, int(running.progress * 100)) if running else 0

    async def seconds_left(self, render: Render) -> float | None:
        """Until the film is there, as far as can be told; None when the render has ended."""
        if render.ended:
            return None
        if running := self._running.get(render.number):
            return running.left
        until = await self._outlook.until(render.number, self._running)
        return until + sum(running.left for running in self._running.values())

    def stop(self, render: Render) -> None:
        """Kill the process of a job that the disk already says is cancelled."""
        self._outlook.changed()
        running = self._running.get(render.number)
        if running:
            running.stopped = True
            if running.task:
                running.task.cancel()

    async def _worker(self) -> None:
        while True:
            self._news.clear()
            render = await self._next()
            if render is None:
                await self._news.wait()
                continue
            try:
                await self._attempt(render)
            except asyncio.CancelledError:
                await renders.put_back(self._database, render.number)
                raise
            finally:
                self._forget(render.number)

    async def _next(self) -> Render | None:
        """The one whose turn it is; beside others only one that is much shorter than what they have left."""
        async with self._choosing:
            waiting = await self._outlook.in_turn(self._running)
            left = [running.left for running in self._running.values()]
            chosen = next((one for one in waiting if fits_beside(one.cost, left)), None)
            if chosen is None:
                return None
            for running in self._running.values():
                running.alone = False
            self._running[chosen.number] = _Running(expected=chosen.cost, alone=not left)
            self._outlook.take(chosen)
            self._outlook.changed()
            render = await renders.take(self._database, chosen.number)
            if render is None:
                self._forget(chosen.number)
            return render

    def _forget(self, number: int) -> None:
        del self._running[number]
        self._outlook.changed()
        self._news.set()  # what did not fit beside it may be begun

    async def _attempt(self, render: Render) -> None:
        if render.attempts > self._config.limits.job_attempts:
            await self._fail(render, f"The renderer failed {self._config.limits.job_attempts} times.")
            return
        if self._to_fail > 0:
            self._to_fail -= 1
            await self._fail(render, "The renderer was told to fail.")
            return
        job = self._config.jobs / f"{render.number}-{render.attempts}.json"
        target = job.with_suffix(".mp4")
        media = await assets.of_session(self._database, render.session_id)
        paths = {asset.id: str(self._config.uploads / asset.id) for asset in media}
        draft = json.loads(render.draft)
        body = {
            "draft": draft,
            "assets": {key: paths[key] for key in _asset_ids(draft) if key in paths},
            "target": str(target),
            "cache": str(self._config.cache),
            "cache_bytes": self._config.limits.cache_bytes,
        }
        try:
            await asyncio.to_thread(job.write_text, json.dumps(body), encoding="utf-8")
            await self._film(render, job, target)
        except OSError as error:
            # A full disk, most likely: the job stays for the attempts that it has left.
            _log.error("render %s, attempt %d: %s", render.id, render.attempts, error)
        finally:
            for file in (job, target, part_of(target)):  # a killed renderer leaves what it had written
                file.unlink(missing_ok=True)

    async def _film(self, render: Render, job: Path, target: Path) -> None:
        running = self._running[render.number]

        def progressed(part: float) -> None:
            running.progress = part

        if running.stopped:
            return
        try:
            async with asyncio.TaskGroup() as group:
                # A task of its own, so that cancelling one job does not cancel the worker.
                running.task = group.create_task(
                    film_process.render(job, silence=self._config.limits.job_silence, on_progress=progressed)
                )
        except* film_process.Died as group_error:
            # The job stays in the queue: the next attempt begins with the segments that are finished already.
            _log.warning("render %s, attempt %d: %s", render.id, render.attempts, group_error.exceptions[0])
        assert running.task is not None
        if running.task.cancelled() or running.task.exception():
            return
        result = running.task.result()
        if isinstance(result, film_process.Failed):
            await self._fail(render, _in_words(result))
            return
        seconds = running.elapsed if running.alone else None
        await asyncio.to_thread(publish, target, self.film(render))
        kept = await renders.complete(
            self._database,
            render.number,
            duration_ms=result.duration_ms,
            size=result.size,
            notes=result.notes,
            seconds=seconds,
            now=time.time(),
        )
        if not kept:
            self.film(render).unlink(missing_ok=True)
        elif seconds is not None:
            self._outlook.learn(render.work, seconds)

    def film(self, render: Render) -> Path:
        """Where the finished film lies."""
        return self._config.film(render.key)

    async def _fail(self, render: Render, error: str) -> None:
        await renders.fail(self._database, render.number, error=error, now=time.time())


def _asset_ids(draft: object) -> Iterator[str]:
    """Every string under a key `asset`, wherever it stands in a draft that nobody has checked yet."""
    waiting: list[object] = [draft]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get("asset"), str):
                yield value["asset"]
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _in_words(failed: film_process.Failed) -> str:
    about = ", ".join(f"{name} {value}" for name, value in failed.params.items())
    return f"The film cannot be made: {failed.reason}{f' ({about})' if about else ''}."
