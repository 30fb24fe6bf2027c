"""Databases of other versions, damaged ones, and places that cannot be written to."""

from __future__ import annotations

import os
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.core.chat import ChatRef
from bot.core.errors import StoreFailed
from bot.core.turn import ItemState, TurnId
from bot.store.database import Database
from bot.store.engines import DataDirUnusable, lock
from bot.store.errors import DatabaseDamaged
from bot.store.migrate import MIGRATIONS
from bot.store.sql import NewerDatabase, SqlStore
from bot.store.sqlite import lend_subsec
from bot.store.tables import SCHEMA_VERSION
from tests.store.making import event, stored

VERSION_1 = Path(__file__).with_name("version1.sql")
CHAT = ChatRef(platform="test", chat_id="1")


def shape(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Columns and indexes of our tables, without the words they were made with."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'bot_%'")]
        return {
            name: [row[1:] for row in connection.execute(f"PRAGMA table_info({name})")]
            + sorted(row[1:] for row in connection.execute(f"PRAGMA index_list({name})"))
            for name in tables
        }


def write(file: Path, script: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)


async def test_a_database_of_the_first_version_goes_on(tmp_path: Path) -> None:
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    write(old, VERSION_1.read_text())
    async with SqlStore(Database(old)).opened() as store:
        assert [turn.id for turn in await store.open_turns(CHAT)] == ["test:000002"]
        assert [inbound.event_id for _, inbound in await store.unhandled()] == ["test:000003"]
        assert [item.state for item in await store.items(CHAT, 1)] == [ItemState.UPLOADED]
        assert await store.film_turns(CHAT, 1) == [TurnId("test:000001")]
        assert not await store.add_event(event(2))
        assert await store.add_event(event(4))
        # Ages begin with the migration: nothing is forgotten because it has no date.
        assert await store.prune(events_before=1.7e9, events_least=0, turns_before=1.7e9) == 0
    async with SqlStore(Database(new)).opened():
        pass
    assert shape(old) == shape(new)


def test_there_is_a_way_from_every_format_to_the_next() -> None:
    assert sorted(MIGRATIONS) == list(range(2, SCHEMA_VERSION + 1))


async def test_a_newer_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    write(file, f"CREATE TABLE bot_meta (name TEXT, value TEXT); INSERT INTO bot_meta VALUES ('schema', '{10**6}');")
    before = file.read_bytes()
    with pytest.raises(NewerDatabase) as refused:
        async with SqlStore(Database(file)).opened():
            pass
    assert refused.value.params == {"found": 10**6, "known": SCHEMA_VERSION}
    assert file.read_bytes() == before


@pytest.mark.parametrize("damage", ["no database at all", "torn pages"])
async def test_a_damaged_database_is_refused_and_not_touched(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "bot.sqlite"
    if damage == "torn pages":
        async with stored(file, events=200):
            pass
        file.write_bytes(file.read_bytes()[:8192] + os.urandom(16384) + file.read_bytes()[24576:])
    else:
        file.write_bytes(b"Dear diary, " * 1000)
    before = file.read_bytes()
    with pytest.raises(DatabaseDamaged) as refused:
        async with SqlStore(Database(file)).opened():
            pass
    assert refused.value.params["path"] == str(file)
    assert file.read_bytes() == before


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk that is full: nothing in this process can make a file larger than this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    async with stored(file, events=3) as store:
        with files_of_at_most(4096), pytest.raises(StoreFailed) as full:
            await store.add_event(event(4))
        assert full.value.params["path"] == str(file)
        assert [inbound.event_id for _, inbound in await store.unhandled()] == [event(n).event_id for n in (1, 2, 3)]
        assert await store.add_event(event(4))


async def test_a_full_disk_is_noticed_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    async with stored(file, events=3):
        pass
    with files_of_at_most(100), pytest.raises(StoreFailed):
        async with SqlStore(Database(file)).opened():
            pass


def test_a_data_directory_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataDirUnusable) as said, lock(tmp_path / "file" / "data"):
        pass
    assert said.value.params["path"].endswith("data")


def test_a_read_only_data_directory_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o500)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)  # permissions do not hold for root
    try:
        with pytest.raises(DataDirUnusable), lock(folder):
            pass
    finally:
        if me == 0:
            os.seteuid(0)


def test_an_older_sqlite_tells_the_time_as_newer_ones_do() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        lend_subsec(connection, (3, 40, 1))
        connection.execute("CREATE TABLE t (at INTEGER DEFAULT (unixepoch('subsec') * 1000))")
        before = time.time()
        connection.execute("INSERT INTO t DEFAULT VALUES")
        (at,) = connection.execute("SELECT at FROM t").fetchone()
    assert before * 1000 - 1 <= at <= time.time() * 1000
