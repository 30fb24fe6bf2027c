"""One studio, from its lock to its last request."""

import asyncio
import contextlib
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot.studio.config import Config
from bot.studio.jobs.queue import Jobs
from bot.studio.lock import locked
from bot.studio.media.prober import Prober
from bot.studio.runs.runner import Runner
from bot.studio.store import assets, room
from bot.studio.store.database import Database, opened
from bot.studio.web.app import build
from bot.studio.web.service import Service

_SHUTDOWN_SECONDS = 1.0


@asynccontextmanager
async def serving(config: Config) -> AsyncIterator[str]:
    """Serve while the block runs; gives the URL. What is unfinished at the end stays on the disk for the next start.

    Raises DataDirInUse, WrongVersion, or OSError when the port is taken.
    """
    with locked(config.data_dir, wait=config.lock_wait), _bound(config) as listener:
        host, port = listener.getsockname()[:2]
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        await asyncio.to_thread(_prepare, config)
        async with opened(config.database) as database, _working(database, config, url) as service:
            await asyncio.to_thread(_sweep, config.uploads, await assets.known_ids(database))
            await asyncio.to_thread(_sweep, config.films, await room.film_keys(database))
            runner = web.AppRunner(build(service), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
            await runner.setup()
            try:
                await web.SockSite(runner, listener).start()
                yield url
            finally:
                await runner.cleanup()


@asynccontextmanager
async def _working(database: Database, config: Config, url: str) -> AsyncIterator[Service]:
    """The background work: runs and render jobs, unfinished ones first."""
    prober = Prober(seconds=config.limits.probe_seconds)
    jobs = Jobs(database, config)
    group = asyncio.TaskGroup()
    await group.__aenter__()
    runner = Runner(database, config, group)
    worker = group.create_task(jobs.work())
    try:
        await runner.resume()
        yield Service(
            database=database,
            config=config,
            runner=runner,
            jobs=jobs,
            prober=prober,
            base_url=config.public_url or url,
        )
    finally:
        worker.cancel()
        runner.stop()
        prober.close()
        # Not told about the block's own error, so that the group does not wrap it.
        await group.__aexit__(None, None, None)


def _bound(config: Config) -> socket.socket:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    return socket.create_server((config.host, config.port), family=family)


def _prepare(config: Config) -> None:
    for folder in (config.incoming, config.jobs):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (config.uploads, config.incoming, config.films, config.jobs, config.cache):
        folder.mkdir(parents=True, exist_ok=True)


def _sweep(folder: Path, known: set[str]) -> None:
    """Remove files that nothing records, because the process died in between."""
    for path in folder.iterdir():
        if path.stem not in known:
            with contextlib.suppress(OSError):
                path.unlink()
