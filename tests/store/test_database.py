"""Transactions on threads: what shares a commit, what fails alone, and who waits for whom."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, select
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database
from bot.store.tables import meta, metadata


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    database = Database(folder / "bot.sqlite")
    metadata.create_all(database.engine)
    try:
        yield database
    finally:
        await database.close()


def keep(name: str) -> Callable[[Connection], str]:
    def act(connection: Connection) -> str:
        connection.execute(insert(meta).values(name=name, value=""))
        return name

    return act


def names(connection: Connection) -> set[str]:
    return set(connection.execute(select(meta.c.name)).scalars())


class Gate:
    """A write that holds the writer until it is let go."""

    def __init__(self) -> None:
        self.entered, self._open = threading.Event(), threading.Event()

    def __call__(self, connection: Connection) -> None:
        self.entered.set()
        self._open.wait()

    def open(self) -> None:
        self._open.set()


@asynccontextmanager
async def held(database: Database) -> AsyncIterator[asyncio.TaskGroup]:
    """Whatever is written in the block waits until it ends."""
    gate = Gate()
    async with asyncio.TaskGroup() as group:
        try:
            group.create_task(database.write(gate))
            await asyncio.to_thread(gate.entered.wait)
            yield group
        finally:
            gate.open()


async def test_what_comes_together_is_committed_together_and_on_disk_on_return(tmp_path: Path) -> None:
    commits: list[Connection] = []
    async with opened(tmp_path) as database:
        event.listen(database.engine, "commit", commits.append)

        async def kept(name: str) -> None:
            assert await database.write(keep(name)) == name
            with closing(sqlite3.connect(database.file)) as other:
                assert other.execute("SELECT 1 FROM bot_meta WHERE name = ?", (name,)).fetchone()

        async with held(database) as group:
            for number in range(20):
                group.create_task(kept(str(number)))
            await asyncio.sleep(0)
        assert len(commits) == 2
        assert await database.read(names) == {str(number) for number in range(20)}


async def test_who_fails_fails_alone_and_leaves_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:

        def broken(connection: Connection) -> None:
            keep("half")(connection)
            raise KeyError("mine")

        async def refused() -> None:
            with pytest.raises(KeyError, match="mine"):
                await database.write(broken)

        async def doubled() -> None:
            with pytest.raises(IntegrityError):
                await database.write(keep("first"))

        async with held(database) as group:
            for work in (database.write(keep("first")), refused(), doubled(), database.write(keep("last"))):
                group.create_task(work)
            await asyncio.sleep(0)
        assert await database.read(names) == {"first", "last"}


async def test_what_is_given_up_before_its_turn_is_not_written(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        async with held(database) as group:
            given_up = group.create_task(database.write(keep("given up")))
            group.create_task(database.write(keep("kept")))
            await asyncio.sleep(0)
            given_up.cancel()
            await asyncio.sleep(0)
        assert await database.read(names) == {"kept"}


async def test_who_reads_waits_for_nobody_and_sees_what_is_committed(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await database.write(keep("before"))
        async with held(database) as group:
            group.create_task(database.write(keep("after")))
            assert await database.read(names) == {"before"}


async def test_closing_finishes_what_was_begun(tmp_path: Path) -> None:
    async with opened(tmp_path) as database, asyncio.TaskGroup() as group:
        gate = Gate()
        group.create_task(database.write(gate))
        group.create_task(database.write(keep("last")))
        await asyncio.to_thread(gate.entered.wait)
        closing_down = group.create_task(database.close())
        gate.open()
        await closing_down
    with closing(sqlite3.connect(tmp_path / "bot.sqlite")) as other:
        assert other.execute("SELECT name FROM bot_meta").fetchall() == [("last",)]
