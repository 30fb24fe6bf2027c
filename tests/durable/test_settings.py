"""What the library would do by default, and what it does here."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.durable.turns import THREADS, DurableTurns
from bot.store.engines import DataDirLocked, lock, store_engine, sync_engine
from tests.durable.lanes import Ran, durable, until


async def one_turn(file: Path) -> None:
    over = asyncio.Event()

    async def answer() -> str:
        return "an answer"

    async def run(turns: DurableTurns, turn_id: str) -> None:
        await turns.step("ask", answer)
        over.set()

    async with durable(file, run) as turns:
        await turns.enqueue("t:1", lane="l", sequence=1)
        await over.wait()
        await until(lambda: statuses(file) == ["SUCCESS"])


def statuses(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT status FROM workflow_status")]


async def test_the_journal_is_json_and_never_pickle(tmp_path: Path) -> None:
    """A pickle in the database would run code of whoever can write to the file."""
    file = tmp_path / "bot.sqlite"
    await one_turn(file)
    with closing(sqlite3.connect(file)) as connection:
        found = [
            *connection.execute("SELECT inputs FROM workflow_status WHERE inputs IS NOT NULL"),
            *connection.execute("SELECT inputs FROM workflow_input WHERE inputs IS NOT NULL"),
            *connection.execute("SELECT output FROM workflow_output WHERE output IS NOT NULL"),
            *connection.execute("SELECT output FROM operation_outputs WHERE output IS NOT NULL"),
        ]
        formats = "SELECT serialization FROM workflow_status UNION SELECT serialization FROM operation_outputs"
        kinds = {row[0] for row in connection.execute(formats)}
    assert any("an answer" in row[0] for row in found)
    assert [json.loads(row[0]) for row in found]
    assert kinds == {"portable_json"}


async def test_its_threads_are_bounded_and_the_loop_gets_an_executor_back(tmp_path: Path) -> None:
    ran = Ran()

    async def wait() -> str:
        return await asyncio.to_thread(lambda: threading.Event().wait(0.05) or "")

    async def run(turns: DurableTurns, turn_id: str) -> None:
        async with ran.noting(turn_id):
            await turns.step("wait", wait)
        names.update(thread.name for thread in threading.enumerate())

    names: set[str] = set()
    async with durable(tmp_path / "bot.sqlite", run) as turns:
        before = threading.active_count()
        for number in range(40):
            await turns.enqueue(f"t:{number:02}", lane=str(number), sequence=1)
        await until(lambda: len(ran.turns) == 40 and not ran.now, 60)
        assert threading.active_count() - before <= 2 * THREADS
    assert await asyncio.to_thread(lambda: "still works") == "still works"


@pytest.mark.parametrize("pragma", [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
async def test_both_engines_write_ahead_and_to_the_platter(tmp_path: Path, pragma: tuple[str, object]) -> None:
    name, value = pragma
    file = tmp_path / "bot.sqlite"
    mine, theirs = store_engine(file, connections=1), sync_engine(file)
    with mine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {name}")).scalar_one() == value
    mine.dispose()

    async def run(turns: DurableTurns, turn_id: str) -> None:
        return None

    with theirs.connect() as connection:
        assert connection.execute(text(f"PRAGMA {name}")).scalar_one() == value
    theirs.dispose()
    async with durable(file, run) as turns:  # the library has not changed what it was given
        with turns._engine.connect() as connection:
            assert connection.execute(text(f"PRAGMA {name}")).scalar_one() == value


def test_one_process_per_data_directory(tmp_path: Path) -> None:
    with lock(tmp_path), pytest.raises(DataDirLocked), lock(tmp_path):
        pass
    with lock(tmp_path):
        pass
