"""What is over is forgotten after a while: rows, journals, films."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.engine.turn import Desk

log = logging.getLogger(__name__)


class Janitor:
    """Cleans at the start and then once in a while."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self) -> None:
        """Clean until cancelled. Raises StoreFailed."""
        while True:
            await self.clean(time.time())
            await asyncio.sleep(self._desk.policy.clean_every)

    async def clean(self, now: float) -> None:
        """Forget what is older than the policy keeps it, seen from `now` (seconds since 1970)."""
        policy = self._desk.policy
        journals = await self._desk.durable.prune(before=now - policy.keep_events)
        rows = await self._desk.store.prune(
            events_before=now - policy.keep_events,
            events_least=policy.keep_events_least,
            turns_before=now - policy.keep_turns,
        )
        films = await asyncio.to_thread(_remove_older, self._desk.spool / "films", now - policy.keep_films)
        log.info("forgot %d journals, %d rows and %d films", journals, rows, films)


def empty_spool(spool: Path) -> None:
    """Remove what turns of an earlier process left half-done. Only while no turn runs: they download again."""
    films = spool / "films"
    films.mkdir(parents=True, exist_ok=True)
    for folder in spool.iterdir():
        if folder != films and folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
    for part in films.glob("*.part"):
        part.unlink(missing_ok=True)


def _remove_older(folder: Path, before: float) -> int:
    gone = [file for file in folder.iterdir() if file.stat().st_mtime < before]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)
