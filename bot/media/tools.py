"""`engine.ports.MediaTools`: the doors to the worker processes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import MediaError
from bot.core.event.collection import Look
from bot.core.media import MediaKind
from bot.engine.ports import Video
from bot.engine.ports_media import Fitted, Prepared
from bot.media import jobs
from bot.media.workers import WorkerLost, Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from bot.core.event.sheet import Tile
    from bot.core.policy import Policy

WORKERS = 2
SECONDS_PER_FILE = 120.0
SECONDS_PER_FIT = 1800.0
"""The longest film that fits 50 MB has 17 minutes; that takes some seven minutes of a processor, thrice at worst."""
WATCH_EVERY = 1.0
_FONTS = Path(__file__).parents[1] / "studio" / "fonts"
_LATIN, _HAN = str(_FONTS / "Inter-Medium.otf"), str(_FONTS / "NotoSansSC-Medium-subset.otf")
"""The renderer's fonts, as data."""


class FileTools:
    """Files in, files out; the bytes never pass through this process."""

    def __init__(self, policy: Policy, workers: Workers, fitter: Workers) -> None:
        self._policy = policy
        self._workers = workers
        self._fitter = fitter
        self._fitting = asyncio.Lock()

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

    async def look(self, source: Path, *, picture: Path) -> Look:
        """See the port. Never raises: what is wrong with a file is part of what was seen."""
        try:
            outcome = await self._workers.run(jobs.look, str(source), str(picture), max_pixels=self._policy.max_pixels)
        except WorkerLost:
            return Look(error="media.unreadable")
        if isinstance(outcome, jobs.Refused):
            return Look(error=outcome.key)
        return Look(
            digest=outcome.digest,
            likeness=outcome.likeness,
            pixels=outcome.pixels,
            taken=outcome.taken,
            tall=outcome.tall,
        )

    async def sheet(self, tiles: Sequence[tuple[Tile, Path]], *, target: Path) -> None:
        """See the port. Raises MediaError when it cannot be drawn."""
        from bot.codec.sheet import Tile as Place  # loads what draws: only where a sheet is wanted

        places = [
            Place(
                picture=picture,
                label=f"{tile.number} ♥{tile.votes}" if tile.votes else str(tile.number),
                name=tile.name,
                clip=tile.clip,
                faded=tile.dropped,
            )
            for tile, picture in tiles
        ]
        try:
            drawn = await self._workers.run(jobs.sheet, places, str(target), _LATIN, _HAN)
        except WorkerLost:
            drawn = False
        if not drawn:
            raise MediaError("media.unreadable", name=target.name)

    async def film(self, path: Path, *, name: str, caption: str, description: str, folder: Path) -> Video:
        """See the port. Raises MediaError when what the backend made is no film."""
        poster, cover = folder / f"{path.stem}.poster.jpg", folder / f"{path.stem}.cover.jpg"
        try:
            outcome = await self._workers.run(jobs.film, str(path), str(poster), str(cover))
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
            cover=cover,
            caption=caption,
            description=description,
        )

    async def fit(
        self, path: Path, *, target: Path, limit: int, progress: Callable[[int], Awaitable[None]]
    ) -> Fitted | None:
        """See the port. One film at a time: each takes all the processors that it can get."""
        part = target.with_name(f"{target.name}.part")

        async def watch() -> None:
            await progress(part.stat().st_size if part.exists() else 0)

        while self._fitting.locked():
            await asyncio.sleep(WATCH_EVERY)
            await progress(0)
        async with self._fitting:
            try:
                made = await self._fitter.run_watched(watch, WATCH_EVERY, jobs.fit, str(path), str(target), limit)
            except WorkerLost:
                return None
            finally:
                part.unlink(missing_ok=True)
        return Fitted(path=target, lines=made.lines) if made else None


@asynccontextmanager
async def file_tools(policy: Policy) -> AsyncIterator[FileTools]:
    """Tools whose workers end with the block."""
    workers, fitter = Workers(size=WORKERS, limit=SECONDS_PER_FILE), Workers(size=1, limit=SECONDS_PER_FIT)
    try:
        yield FileTools(policy, workers, fitter)
    finally:
        workers.close()
        fitter.close()
