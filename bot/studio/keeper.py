"""Keeps the studio within its room on the disk: projects that nobody uses go, longest unused first."""

import asyncio
import logging
import time

from bot.studio.config import MEGABYTE, Config
from bot.studio.errors import DiskTrouble
from bot.studio.store import room
from bot.studio.store.database import Database

_log = logging.getLogger(__name__)


async def make_room(database: Database, config: Config, wanted: int) -> None:
    """See that `wanted` more bytes may be kept.

    Raises:
        DiskTrouble: everything that is kept is too new to be given up; nothing more can be taken.
    """
    limits = config.limits
    used = await room.used(database)
    if used + wanted <= limits.disk_bytes:
        return
    for session_id in await room.idle(database, time.time() - limits.idle_seconds):
        async with database.transaction() as tx:
            gone = await room.give_up(tx, session_id)
        # Rows before files: what is left behind by a crash here is swept away at the next start.
        for path in (*(config.uploads / name for name in gone.assets), *(config.film(key) for key in gone.films)):
            await asyncio.to_thread(path.unlink, missing_ok=True)
        used -= gone.size
        _log.info("gave up session %s: %d MB", session_id, gone.size // MEGABYTE)
        if used + wanted <= limits.disk_bytes:
            return
    raise DiskTrouble(
        f"The studio holds {used // MEGABYTE} MB and may hold {limits.disk_bytes // MEGABYTE} MB, all of it in use."
        " Nothing was changed."
    )
