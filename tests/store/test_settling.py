"""What arrived while a new beginning was still waiting, and what was said last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.core.chat import ChatRef
from bot.core.turn import ItemState, then_id
from tests.store.making import CHAT, event, stored, turn


async def test_files_belong_to_the_project_that_begins_before_them(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite") as store:
        for number in (1, 2, 3):
            await store.add_event(event(number, media=2))
        uploaded, refused = (item.id for item in await store.items(CHAT, 1) if item.event == event(2).event_id)
        await store.set_item(uploaded, ItemState.UPLOADED)
        await store.set_item(refused, ItemState.REFUSED, "media.broken")
        await store.new_project(CHAT, after=1)
        for _ in range(2):
            await store.settle_files(event(2).event_id, CHAT, 2)
            await store.settle_files(event(3).event_id, CHAT, 2)
            await store.settle_files(event(1).event_id, ChatRef(platform="test", chat_id="another"), 2)
        old, new = await store.items(CHAT, 1), await store.items(CHAT, 2)
        assert [item.event for item in old] == [event(number).event_id for number in (1, 1, 2)]
        assert [item.event for item in new] == [event(number).event_id for number in (2, 3, 3)]
        assert {item.state for item in new} == {ItemState.ARRIVED}, "to be sent again, for another project"


async def test_the_newest_turns_are_those_of_one_message(tmp_path: Path) -> None:
    async with stored(tmp_path / "bot.sqlite", events=3) as store:
        assert await store.newest_turns(CHAT) == []
        first, second = turn(1), turn(2)
        then = replace(second, id=then_id(second.id, 1))
        await store.handle(event(1).event_id, first)
        await store.handle(event(2).event_id, then, second)
        await store.handle(event(3).event_id, replace(turn(3), aside=True))
        assert [one.id for one in await store.newest_turns(CHAT)] == [second.id, then.id]
