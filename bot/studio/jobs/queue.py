"""The render queue: in order, a few at a time, resumed after a crash, stopped on demand."""

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.studio.config import Config
from bot.studio.disk import publish
from bot.studio.jobs import film_process
from bot.studio.store import assets, renders
from bot.studio.store.database import Database
from bot.studio.store.renders import Render

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Running:
    progress: float = 0.0
    stopped: bool = False
    task: asyncio.Task[film_process.Done | film_process.Failed] | None = None


class Jobs:
    """Takes jobs from the disk; what it holds in memory is only the progress of the running ones."""

    def __init__(self, database: Database, config: Config) -> None:
        self._database = database
        self._config = config
        self._running: dict[int, _Running] = {}
        self._news = asyncio.Event()
        self._to_fail = config.switches.fail_renders

    async def work(self) -> None:
        """Until cancelled."""
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

    def stop(self, render: Render) -> None:
        """Kill the process of a job that the disk already says is cancelled."""
        running = self._running.get(render.number)
        if running:
            running.stopped = True
            if running.task:
                running.task.cancel()

    async def _worker(self) -> None:
        while True:
            self._news.clear()
            render = await renders.take(self._database, running=self._running.keys())
            if render is None:
                await self._news.wait()
                continue
            self._running[render.number] = _Running()
            try:
                await self._attempt(render)
            except asyncio.CancelledError:
                await renders.put_back(self._database, render.number)
                raise
            finally:
                del self._running[render.number]

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
            job.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

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
        await asyncio.to_thread(publish, target, self.film(render))
        kept = await renders.complete(
            self._database,
            render.number,
            duration_ms=result.duration_ms,
            size=result.size,
            notes=result.notes,
            now=time.time(),
        )
        if not kept:
            self.film(render).unlink(missing_ok=True)

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
