"""The live line: one message, in place, at the pace of its chat, with its last words in every weather."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from adapters.throttle import LineGone, LiveLines, Meter, Pace, Paused
from bot.core.chat import ChatRef
from bot.core.errors import DeliveryError, DeliveryUnclear
from tests.adapters.notes import Notes

CHAT, OTHER = ChatRef(platform="test", chat_id="1"), ChatRef(platform="test", chat_id="2")


@dataclass
class Wall:
    """A platform that keeps what each of its messages reads, and fails when told to."""

    every: float = 0.0
    messages: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Exception] = field(default_factory=list)
    tried: int = 0
    decorated: bool = False

    def pace(self, chat: ChatRef) -> Pace:
        return Pace(every=self.every, per_minute=100)

    async def draw(self, chat: ChatRef, text: str, *, key: str) -> str:
        self._fail()
        name = f"{chat.chat_id}-{len(self.messages)}"
        self.messages[name] = [text]
        return name

    async def redraw(self, chat: ChatRef, message: str, text: str, *, key: str) -> str:
        self._fail()
        self.messages[message].append(text)
        return message

    def _fail(self) -> None:
        self.tried += 1
        if self.faults:
            raise self.faults.pop(0)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def painting(lines: LiveLines) -> AsyncIterator[LiveLines]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(lines.run())
        yield lines
        task.cancel()


def test_a_meter_spaces_changes_and_lets_last_words_pass():
    meter = Meter(Pace(every=3, per_minute=12))
    assert meter.wait(100) == 0
    meter.changed(100)
    assert meter.wait(101) == 2
    assert meter.wait(101, last_words=True) == 0
    assert meter.wait(103) == 0


def test_a_meter_counts_the_minute():
    meter = Meter(Pace(every=0, per_minute=2))
    for now in (100, 110):
        meter.changed(now)
    assert meter.wait(120) == 40
    assert meter.wait(160.5) == 0


def test_a_pause_holds_everything_for_exactly_so_long():
    meter = Meter(Pace(every=3, per_minute=12))
    meter.pause(100, 56)
    meter.pause(101, 5)
    assert meter.wait(101) == meter.wait(101, last_words=True) == 55
    assert meter.wait(156) == 0


async def test_one_message_in_place_until_done():
    wall, notes = Wall(), Notes()
    async with painting(LiveLines(wall, notes)) as lines:
        await lines.show(CHAT, "one", key="test:1")
        await until(lambda: wall.messages)
        assert lines.working(within=60) == {CHAT}
        await lines.show(CHAT, "two", key="test:1")
        await until(lambda: wall.messages["1-0"][-1] == "two")
        await lines.show(CHAT, "three", key="test:1", done=True)
        await until(lambda: not notes)
        assert lines.working(within=60) == set()
    assert wall.messages == {"1-0": ["one", "two", "three"]}


@pytest.mark.parametrize(("decorated", "shown"), [(False, ["one"]), (True, ["one", "one"])])
async def test_last_words_that_stand_there_already_only_take_away_what_adorned_the_line(decorated, shown):
    wall, notes = Wall(decorated=decorated), Notes()
    async with painting(LiveLines(wall, notes)) as lines:
        await lines.show(CHAT, "one", key="job")
        await until(lambda: notes)
        await lines.show(CHAT, "one", key="job", done=True)
        await until(lambda: not notes)
    assert wall.messages == {"1-0": shown}


async def test_a_card_is_nobodys_work():
    async with painting(LiveLines(Wall(), Notes())) as lines:
        await lines.show(CHAT, "3 photos", key="event:1:card")
        assert lines.working(within=60) == set()


async def test_a_crowd_of_changes_is_thinned_and_the_last_arrives():
    wall = Wall(every=0.05)
    async with painting(LiveLines(wall, Notes())) as lines:
        for number in range(100):
            await lines.show(CHAT, str(number), key="job")
            await asyncio.sleep(0.001)
        await until(lambda: wall.messages and wall.messages["1-0"][-1] == "99")
    assert len(wall.messages["1-0"]) < 50


async def test_a_pause_stops_one_chat_and_its_last_words_come_after_it():
    wall = Wall(faults=[Paused(0.2)])
    async with painting(LiveLines(wall, Notes())) as lines:
        await lines.show(CHAT, "one", key="job")
        await until(lambda: wall.tried == 1)
        await lines.show(CHAT, "two", key="job", done=True)
        await lines.show(OTHER, "there", key="other")
        await until(lambda: len(wall.messages) == 2)
    assert list(wall.messages.values()) == [["there"], ["two"]]
    assert wall.tried == 3


async def test_what_was_deleted_stays_deleted():
    wall, notes = Wall(), Notes()
    async with painting(LiveLines(wall, notes)) as lines:
        await lines.show(CHAT, "one", key="job")
        await until(lambda: wall.messages)
        wall.faults.append(LineGone())
        await lines.show(CHAT, "two", key="job")
        await until(lambda: wall.tried == 2)
        await lines.show(CHAT, "three", key="job")
        await lines.show(CHAT, "four", key="job", done=True)
        await until(lambda: not notes)
    assert wall.messages == {"1-0": ["one"]}
    assert wall.tried == 2


@pytest.mark.parametrize(("fault", "posted"), [(DeliveryUnclear(), []), (DeliveryError(), [["one"]])])
async def test_an_unclear_post_is_not_repeated_and_a_failed_one_is(fault, posted):
    wall, notes = Wall(faults=[fault]), Notes()
    async with painting(LiveLines(wall, notes)) as lines:
        await lines.show(CHAT, "one", key="job", done=True)
        await until(lambda: not notes)
    assert list(wall.messages.values()) == posted


async def test_the_next_process_goes_on_in_the_same_message_and_pays_what_is_owed():
    wall, notes = Wall(), Notes()
    async with painting(LiveLines(wall, notes)) as lines:
        await lines.show(CHAT, "one", key="job")
        await lines.show(OTHER, "here", key="other")
        await until(lambda: len(notes) == 2)
        wall.faults.append(Paused(60))
        await lines.show(OTHER, "bye", key="other", done=True)
        await until(lambda: wall.tried == 3)
    async with painting(LiveLines(wall, notes)) as lines:
        await lines.show(CHAT, "two", key="job", done=True)
        await until(lambda: not notes)
    assert sorted(wall.messages.values()) == [["here", "bye"], ["one", "two"]]
