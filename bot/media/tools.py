"""`engine.ports.MediaTools`: the doors to the worker processes."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import MediaError
from bot.core.media import MediaKind
from bot.engine.ports import Prepared, Video
from bot.media import jobs
from bot.media.workers import WorkerLost, Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.core.policy import Policy

WORKERS = 2
SECONDS_PER_FILE = 120.0


class FileTools:
    """Files in, files out; the bytes never pass through this process."""

    def __init__(self, policy: Policy, workers: Workers) -> None:
        self._policy = policy
        self._workers = workers

    async def prepare(self, source: Path, *, name: str, folder: Path) -> Prepared:
        """See the port. Raises MediaError with the file's `name`."""
        target = folder / f"{source.stem}.jpg"
        try:
            outcome = await self._workers.run(
                jobs.prepare,
                str(source),
                str(target),
                max_pixels=self._policy.max_pixels,
                long_side=self._policy.convert_long_side,
            )
        except WorkerLost:
            raise MediaError("media.unreadable", name=name) from None
        if isinstance(outcome, jobs.Refused):
            raise MediaError(outcome.key, name=name, **outcome.params)
        stem = name.rpartition(".")[0] or name
        return Prepared(
            path=Path(outcome.path),
            name=f"{stem}.{outcome.extension}",
            mime=outcome.mime,
            kind=MediaKind(outcome.kind),
            converted_from=outcome.converted_from,
        )

    async def film(self, path: Path, *, name: str, caption: str, folder: Path) -> Video:
        """See the port. Raises MediaError when what the backend made is no film."""
        poster = folder / f"{path.stem}.poster.jpg"
        try:
            outcome = await self._workers.run(jobs.film, str(path), str(poster))
        except WorkerLost:
            raise MediaError("export.broken", name=name) from None
        if isinstance(outcome, jobs.Refused):
            raise MediaError(outcome.key, name=name)
        return Video(
            path=path,
            name=name,
            width=outcome.width,
            height=outcome.height,
            duration=outcome.duration_ms / 1000,
            size=outcome.size,
            poster=poster,
            caption=caption,
        )


@asynccontextmanager
async def file_tools(policy: Policy) -> AsyncIterator[FileTools]:
    """Tools whose workers end with the block."""
    workers = Workers(size=WORKERS, limit=SECONDS_PER_FILE)
    try:
        yield FileTools(policy, workers)
    finally:
        workers.close()
