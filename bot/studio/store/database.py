"""The studio's SQLite file: pragmas, schema, transactions."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import aiosqlite

_VERSION = 3
# How a file of each older version becomes one of the next.
_STEPS = {
    1: "ALTER TABLE assets ADD COLUMN measures TEXT",
    2: "ALTER TABLE renders ADD COLUMN work TEXT; ALTER TABLE renders ADD COLUMN seconds REAL",
}


class WrongVersion(RuntimeError):
    """The file was written by a studio with another schema."""


class Reader(Protocol):
    """Where rows come from: the database itself or a transaction in progress."""

    async def one(self, sql: str, *values: object) -> aiosqlite.Row | None:
        """The first row, if any."""
        ...

    async def all(self, sql: str, *values: object) -> list[aiosqlite.Row]:
        """All rows."""
        ...


class Database:
    """One connection, one transaction at a time; a transaction that was left is on the disk.

    Statements are short and the file is local, so a lock costs less than the errors of sharing would.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["Transaction"]:
        """Everything in the block or nothing of it."""
        async with self._lock:
            try:
                await self._connection.execute("BEGIN IMMEDIATE")
                yield Transaction(self._connection)
            except BaseException:
                await self._connection.rollback()
                raise
            await self._connection.commit()

    async def one(self, sql: str, *values: object) -> aiosqlite.Row | None:
        """The first row of a query outside any transaction."""
        async with self._lock:
            return await Transaction(self._connection).one(sql, *values)

    async def all(self, sql: str, *values: object) -> list[aiosqlite.Row]:
        """All rows of a query outside any transaction."""
        async with self._lock:
            return await Transaction(self._connection).all(sql, *values)


class Transaction:
    """What may be done inside `Database.transaction`."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def run(self, sql: str, *values: object) -> int:
        """Execute one statement; the number of rows that it touched."""
        async with self._connection.execute(sql, _bound(values)) as cursor:
            return cursor.rowcount

    async def one(self, sql: str, *values: object) -> aiosqlite.Row | None:
        """The first row, if any."""
        async with self._connection.execute(sql, _bound(values)) as cursor:
            return await cursor.fetchone()

    async def all(self, sql: str, *values: object) -> list[aiosqlite.Row]:
        """All rows."""
        async with self._connection.execute(sql, _bound(values)) as cursor:
            return list(await cursor.fetchall())


def _bound(values: Iterable[object]) -> tuple[Any, ...]:
    return tuple(values)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    """Open or create the file at `path`. Raises WrongVersion."""
    async with contextlib.AsyncExitStack() as stack:
        # isolation_level None: transactions begin and end where this module says so.
        connection = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
        connection.row_factory = aiosqlite.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
            await connection.execute(f"PRAGMA {pragma}")
        await _migrate(connection)
        yield Database(connection)


async def _migrate(connection: aiosqlite.Connection) -> None:
    async with connection.execute("PRAGMA user_version") as cursor:
        row = await cursor.fetchone()
    version = int(row[0]) if row else 0
    if not 0 <= version <= _VERSION:
        raise WrongVersion(f"The studio's database has version {version}, this program knows {_VERSION}.")
    if version == _VERSION:
        return
    if version == 0:
        script = (files("bot.studio.store") / "schema.sql").read_text(encoding="utf-8")
    else:
        script = ";".join(_STEPS[number] for number in range(version, _VERSION))
    await connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version={_VERSION}; COMMIT;")
