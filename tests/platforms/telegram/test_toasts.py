"""What answers a press: words when there are some in time, and never another press's."""

import pytest

from adapters.telegram import toasts
from adapters.telegram.doors import Doors
from adapters.telegram.toasts import Toasts
from tests.adapters.notes import Notes

EVENT = "telegram:000000000005:70:8"


async def test_words_reach_the_press_that_they_answer() -> None:
    waiting = Toasts()
    with waiting.expected(EVENT) as words:
        assert not waiting.give("telegram:000000000006:70:8:event.may_not", "no")
        assert not waiting.give(f"{EVENT}:event.may_not", "x" * (toasts.LENGTH + 1))
        assert waiting.give(f"{EVENT}#then1:event.may_not", "no")
        assert not waiting.give(f"{EVENT}:answer", "later")
        assert await words() == "no"
    assert not waiting.give(f"{EVENT}:answer", "too late")


async def test_nobody_waits_for_words_that_do_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toasts, "PATIENCE", 0.01)
    waiting = Toasts()
    with waiting.expected(EVENT) as words:
        assert await words() == ""
    with waiting.expected(EVENT) as words:
        waiting.release(EVENT)
        assert await words() == ""


async def test_a_door_stays_open_until_it_is_closed() -> None:
    notes = Notes()
    doors = Doors(notes)
    await doors.opened("7")
    await doors.opened("77")
    await doors.closed("7")
    again = Doors(notes)
    await again.recall()
    assert [again.is_open(person) for person in ("7", "77")] == [False, True]
