"""What is forgotten, and what must not be."""

from __future__ import annotations

from pathlib import Path

from bot.core.turn import TurnState
from bot.store.sql import SqlStore
from tests.store.making import CHAT, event, stored, turn

LATER = 4e9


async def finish(store: SqlStore, number: int, *, project: int = 1) -> None:
    mine = turn(number, project=project)
    await store.handle(event(number).event_id, mine)
    await store.begin_turn(mine.id)
    await store.mark(mine.id, "film")
    await store.end_turn(mine.id, TurnState.DONE)


async def test_young_things_stay(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite", events=2) as store:
        await finish(store, 1)
        assert await store.prune(events_before=0, events_least=0, turns_before=0) == 0
        assert await store.film_turns(CHAT, 1) == ["test:000001"]


async def test_old_things_go_with_their_marks_but_open_ones_stay(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite", events=4) as store:
        await finish(store, 1)
        await store.handle(event(2).event_id, turn(2))  # its turn waits
        await store.handle(event(3).event_id)  # needed none
        # Event 4 has not been looked at yet.
        assert await store.prune(events_before=LATER, events_least=0, turns_before=LATER) == 3
        assert [open_turn.id for open_turn in await store.open_turns()] == ["test:000002"]
        assert [inbound.event_id for _, inbound in await store.unhandled()] == ["test:000004"]
        assert await store.marks(turn(1).id) == {}
        assert not await store.add_event(event(2))


async def test_turns_outlive_the_memory_of_events(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite", events=1) as store:
        await finish(store, 1)
        assert await store.prune(events_before=LATER, events_least=0, turns_before=0) == 1
        assert await store.film_turns(CHAT, 1) == ["test:000001"]


async def test_a_clock_that_jumps_ahead_does_not_erase_the_memory_against_doubles(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite", events=10) as store:
        for number in range(1, 11):
            await store.handle(event(number).event_id)
        assert await store.prune(events_before=LATER, events_least=4, turns_before=LATER) == 6
        assert not await store.add_event(event(7))
        assert await store.add_event(event(6))  # forgotten: it would be new again


async def test_files_go_with_their_event_once_their_project_is_over(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        await store.add_event(event(1, media=2))
        await store.new_project(CHAT, after=1)
        await store.add_event(event(2, media=1))
        for number in (1, 2):
            await store.handle(event(number).event_id)
        assert await store.prune(events_before=LATER, events_least=0, turns_before=LATER) == 4
        assert await store.items(CHAT, 1) == []
        assert len(await store.items(CHAT, 2)) == 1
        assert await store.add_event(event(2, media=1))  # comes again after all: its file is known
        assert len(await store.items(CHAT, 2)) == 1


async def test_beginnings_count_until_the_turn_gets_on(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite", events=1) as store:
        mine = turn(1)
        await store.handle(event(1).event_id, mine)
        assert [await store.begin_turn(mine.id) for _ in range(2)] == [1, 2]
        await store.recount_turn(mine.id, 0)
        assert await store.begun(mine.id) == 0
        assert await store.begin_turn(mine.id) == 1
