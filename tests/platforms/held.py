"""What tests wait for: an editing service that holds its answers back, and the end of what is not to be seen."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from aiohttp import web

from bot.app import DATABASE
from tests.servers.nemo import NemoServer


class Held:
    """Requests of a kind are answered when they are released, and then as always."""

    def __init__(self, nemo: NemoServer, call: str) -> None:
        self._nemo, self._call = nemo, call
        self._over = asyncio.Event()
        nemo.on(call, *[self._answer] * 99)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        seen = self._nemo.asked(self._call)[-1]
        await self._over.wait()
        return await self._nemo._default(self._call, request, seen)(request)

    def release(self) -> None:
        self._nemo._scripts[self._call].clear()
        self._over.set()


def over(folder: Path, events: str) -> int:
    """How many turns of such events (a pattern of SQL's) have ended: of some nothing is to be seen in the chat."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        query = "SELECT count(*) FROM bot_turns WHERE id LIKE ? AND ended IS NOT NULL"
        return int(database.execute(query, [events]).fetchone()[0])


def votes(folder: Path) -> list[str]:
    """Who has signed or chosen an item, once for each: of that nothing is to be seen in the chat either."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        return sorted(person for (person,) in database.execute("SELECT person FROM bot_votes"))
