"""Turns under which the process died twice: one at a time, so that the next death names one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from aiohttp import web

from bot.core.chat import ChatRef
from bot.store.sql import SqlStore
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import DRAFT, NemoServer, Seen
from tests.servers.nemo_script import Reply, hang, run, tool
from tests.store.making import event, stored, turn

CHATS = [ChatRef(platform="test", chat_id=name) for name in ("1", "2")]


async def begun_twice(store: SqlStore) -> None:
    for number, chat in enumerate(CHATS, 1):
        await store.add_event(event(number, chat=chat))
        mine = turn(number, chat=chat)
        await store.handle(event(number).event_id, mine)
        for _ in range(2):
            await store.begin_turn(mine.id)


def beginnings(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return sorted(row[0] for row in connection.execute("SELECT attempts FROM bot_turns"))


class Ready(NemoServer):
    """A service whose projects have a timeline from the start."""

    def _open(self, request: web.Request, seen: Seen) -> Reply:
        reply = super()._open(request, seen)
        for session in self._sessions.values():
            session["draft"] = DRAFT
        return reply


async def test_suspects_run_one_after_the_other(tmp_path: Path) -> None:
    file, chat = tmp_path / "bot.sqlite", Chat()
    async with Ready() as nemo:
        nemo.on("run", run(tool(), hang()))
        async with stored(file) as store:
            await begun_twice(store)
        async with bot_on(nemo.url, tmp_path, chat):
            await chat.until(lambda: nemo.asked("run"))
            # One is in the middle of its third beginning and has got on; the other has not been begun again.
            assert beginnings(file) == [1, 2]
        assert len(nemo.asked("run")) == 1
