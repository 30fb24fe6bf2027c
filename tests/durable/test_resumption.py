"""What is left of a turn after kill -9, after a stop, and when nothing can be written."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.errors import StoreFailed
from bot.durable import turns as module
from bot.durable.turns import DurableTurns, OtherVersion
from tests.durable.lanes import Ran, durable, until


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


async def process(file: Path, log: Path) -> int:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.durable.process", str(file), str(log), cwd=Path(__file__).parents[2]
    )
    async with asyncio.timeout(60):
        return await child.wait()


async def test_after_kill_9_finished_steps_are_not_run_again_and_the_unfinished_one_is(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    assert await process(tmp_path / "bot.sqlite", log) == -signal.SIGKILL
    assert log.read_text().split() == ["one", "two"]
    assert await process(tmp_path / "bot.sqlite", log) == 0
    assert log.read_text().split() == ["one", "two", "two", "three"]


async def test_a_turn_that_is_cancelled_is_not_over(tmp_path: Path) -> None:
    """A library that recorded a cancellation as a failure would lose every turn at every stop."""
    file, first, second = tmp_path / "bot.sqlite", Ran(), Ran()

    async def hang(turns: DurableTurns, turn_id: str) -> None:
        async with first.noting(turn_id):
            await turns.step("wait", forever)

    async def forever() -> str:
        await asyncio.Event().wait()
        return ""

    async with durable(file, hang) as turns:
        for number in (1, 2):
            await turns.enqueue(f"t:{number}", lane="l", sequence=number)
        await until(lambda: first.now)
    assert rows(file, "SELECT workflow_uuid, status FROM workflow_status ORDER BY 1") == [
        ("t:1", "PENDING"),
        ("t:2", "ENQUEUED"),
    ]

    async def end(turns: DurableTurns, turn_id: str) -> None:
        async with second.noting(turn_id):
            await turns.step("wait", done)

    async with durable(file, end):
        await until(lambda: len(second.turns) == 2)
    assert second.turns == ["t:1", "t:2"]


async def done() -> str:
    return "done"


@pytest.mark.parametrize("inside", ["step", "turn"])
async def test_a_turn_that_cannot_be_recorded_is_not_over_either(tmp_path: Path, inside: str) -> None:
    file, disk, ran = tmp_path / "bot.sqlite", ["full"], Ran()

    async def write() -> str:
        if disk:
            raise StoreFailed(path="here", reason="full")
        return "written"

    async def run(turns: DurableTurns, turn_id: str) -> None:
        if inside == "turn":
            await write()
        async with ran.noting(await turns.step("write", write)):
            await asyncio.sleep(0)

    async with durable(file, run) as turns:
        await turns.enqueue("t:1", lane="l", sequence=1)
        with pytest.raises(StoreFailed):
            await asyncio.wait_for(turns.watch(), 20)
    disk.clear()
    async with durable(file, run):
        await until(lambda: ran.turns == ["written"])


async def test_work_of_another_version_is_refused_in_words_and_not_stranded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, ran = tmp_path / "bot.sqlite", Ran()

    async def hang(turns: DurableTurns, turn_id: str) -> None:
        async with ran.noting(turn_id):
            await asyncio.Event().wait()

    async def end(turns: DurableTurns, turn_id: str) -> None:
        ran.turns.append("ended")

    async with durable(file, hang) as turns:
        await turns.enqueue("t:1", lane="l", sequence=1)
        await until(lambda: ran.now)
    with monkeypatch.context() as patch:
        patch.setattr(module, "APPLICATION_VERSION", "2")
        with pytest.raises(OtherVersion) as refused:
            async with durable(file, end):
                pass
        assert refused.value.params == {"count": 1, "found": "1", "known": "2"}
    async with durable(file, end):  # the version it belongs to finishes it ...
        await until(lambda: ran.turns[-1] == "ended")
    monkeypatch.setattr(module, "APPLICATION_VERSION", "2")
    async with durable(file, end):  # ... and then the next one may start
        pass


async def test_journals_that_are_over_are_forgotten_whole(tmp_path: Path) -> None:
    file, ran, go = tmp_path / "bot.sqlite", Ran(), asyncio.Event()

    async def run(turns: DurableTurns, turn_id: str) -> None:
        await turns.step("one", done)
        if turn_id == "t:3":
            ran.turns.append(turn_id)
            await go.wait()
        ran.turns.append(turn_id)

    async with durable(file, run) as turns:
        for number in (1, 2, 3):
            await turns.enqueue(f"t:{number}", lane=str(number), sequence=1)
        await until(lambda: len(ran.turns) == 3)
        await until(lambda: len(rows(file, "SELECT 1 FROM workflow_status WHERE status = 'SUCCESS'")) == 2)
        assert await turns.prune(before=0) == 0
        assert await turns.prune(before=4e9) == 2
        kept = "SELECT DISTINCT workflow_uuid FROM {}"
        for table in ("workflow_status", "workflow_input", "operation_outputs"):
            assert rows(file, kept.format(table)) == [("t:3",)], table
        assert rows(file, kept.format("workflow_output")) == []
        go.set()
        await until(lambda: len(ran.turns) == 4)
