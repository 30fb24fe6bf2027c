"""Order in a lane, and that lanes do not wait for each other."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

from bot.durable.turns import LANES, DurableTurns
from tests.durable.lanes import Ran, durable, until

CHATS, TURNS = 3, 10
# Their order as text is another than their order in time: 9 comes after 10.
NAMES = {(chat, number): f"chat{chat}:{number + 4}" for chat in range(CHATS) for number in range(TURNS)}


async def run_all(file: Path, *, priority: bool) -> list[str]:
    """What ran, when everything was enqueued behind a turn that waited for it."""
    ran, enqueued = Ran(), asyncio.Event()

    async def run(turns: DurableTurns, turn_id: str) -> None:
        await enqueued.wait()
        async with ran.noting(turn_id):
            await asyncio.sleep(0)

    async with durable(file, run) as turns:
        for number in range(TURNS):
            for chat in range(CHATS):
                name = NAMES[chat, number]
                if priority:
                    await turns.enqueue(name, lane=str(chat), sequence=number + 1)
                else:
                    with SetWorkflowID(name), SetEnqueueOptions(queue_partition_key=str(chat)):
                        await DBOS.enqueue_workflow_async(LANES, turns._workflow, name)
        enqueued.set()
        await until(lambda: len(ran.turns) == CHATS * TURNS)
    return ran.turns


async def test_turns_of_a_lane_run_in_their_sequence(tmp_path: Path) -> None:
    ran = await run_all(tmp_path / "bot.sqlite", priority=True)
    for chat in range(CHATS):
        mine = [name for name in ran if name.startswith(f"chat{chat}:")]
        assert mine == [NAMES[chat, number] for number in range(TURNS)]


async def test_without_a_priority_the_library_orders_by_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trap that `sequence` is for. When this fails, the library has mended it: docs/decisions.md can say so."""
    if await sub_second_timestamps(tmp_path / "probe.sqlite"):
        pytest.skip("creation times are fine enough on this Python")
    ran = await run_all(tmp_path / "bot.sqlite", priority=False)
    orders = [[name for name in ran if name.startswith(f"chat{chat}:")] for chat in range(CHATS)]
    assert orders != [[NAMES[chat, number] for number in range(TURNS)] for chat in range(CHATS)]


async def sub_second_timestamps(file: Path) -> bool:
    async def run(turns: DurableTurns, turn_id: str) -> None:
        return None

    async with durable(file, run) as turns:
        for number in range(3):
            await asyncio.sleep(0.011)
            await turns.enqueue(f"t:{number}", lane="l", sequence=number + 1)
        return any(one.created_at % 1000 for one in await DBOS.list_workflows_async())


async def test_one_lane_never_runs_two_and_two_lanes_run_at_once(tmp_path: Path) -> None:
    ran, both = Ran(), asyncio.Barrier(2)

    async def run(turns: DurableTurns, turn_id: str) -> None:
        async with ran.noting(turn_id):
            assert len({name.partition(":")[0] for name in ran.now}) == len(ran.now)
            await asyncio.wait_for(both.wait(), 20)  # passes only while a turn of the other lane runs as well

    async with durable(tmp_path / "bot.sqlite", run) as turns:
        for number in range(3):
            for lane in ("a", "b"):
                await turns.enqueue(f"{lane}:{number}", lane=lane, sequence=number + 1)
        await until(lambda: len(ran.turns) == 6 and not ran.now)
    assert ran.most == 2


async def test_a_clock_that_jumps_back_changes_no_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran, enqueued = Ran(), asyncio.Event()
    real, shift = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: real() - shift[0])

    async def run(turns: DurableTurns, turn_id: str) -> None:
        await enqueued.wait()
        async with ran.noting(turn_id):
            await asyncio.sleep(0)

    async with durable(tmp_path / "bot.sqlite", run) as turns:
        for number in range(5):
            shift[0] = 3600.0 * number
            await turns.enqueue(f"t:{number}", lane="l", sequence=number + 1)
        enqueued.set()
        await until(lambda: len(ran.turns) == 5)
    assert ran.turns == [f"t:{number}" for number in range(5)]


async def test_the_same_id_twice_runs_once(tmp_path: Path) -> None:
    ran = Ran()

    async def run(turns: DurableTurns, turn_id: str) -> None:
        async with ran.noting(turn_id):
            await asyncio.sleep(0)

    async with durable(tmp_path / "bot.sqlite", run) as turns:
        for _ in range(3):
            await turns.enqueue("t:1", lane="l", sequence=1)
            await turns.enqueue_aside("t:2")
        await until(lambda: len(ran.turns) == 2)
        await turns.enqueue("t:1", lane="l", sequence=1)  # also when it is over
        await turns.enqueue("t:3", lane="l", sequence=2)
        await until(lambda: "t:3" in ran.turns)
    assert sorted(ran.turns) == ["t:1", "t:2", "t:3"]
