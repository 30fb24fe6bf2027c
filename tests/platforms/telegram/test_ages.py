"""Notes that nobody asks for any more are forgotten, and an old button says what to do instead."""

from __future__ import annotations

import time

import pytest

from adapters.telegram.ages import KEEP_DAYS, today
from adapters.telegram.ids import chat_ref
from bot.engine.ports import Button
from tests.adapters.notes import Notes
from tests.platforms.telegram.test_faults import KEY, platform_on, until
from tests.servers.telegram import TelegramServer
from tests.servers.telegram_updates import ANA, tap

CHAT = chat_ref(7)
BUTTON = (Button(label="Again", prompt="again"),)


async def offered(telegram: TelegramServer, notes: Notes, at: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The data of a button that was offered on a day."""
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: at * 86_400.0)
        async with platform_on(telegram, notes) as platform:
            await platform.outbox.say(CHAT, f"day {at}", key=KEY, buttons=BUTTON)
    return telegram.asked("sendMessage")[-1].params["reply_markup"]["inline_keyboard"][0][0]["callback_data"]


@pytest.mark.parametrize(("age", "works"), [(KEEP_DAYS - 1, True), (KEEP_DAYS + 1, False)])
async def test_a_button_works_for_half_a_year(telegram: TelegramServer, monkeypatch, age, works) -> None:
    notes, taken = Notes(), []
    data = await offered(telegram, notes, today() - age, monkeypatch)
    async with platform_on(telegram, notes, taken):
        await until(lambda: works or not any(note.startswith("button/") for note in notes))
        telegram.send(tap(ANA, telegram.messages[7, telegram._message], data))
        await until(lambda: telegram.asked("answerCallbackQuery"))
    assert [event.text for event in taken] == ["again"] * works
    toast = telegram.asked("answerCallbackQuery")[0].params.get("text", "")
    assert ("too old" in toast) is not works


async def test_what_is_old_goes_and_what_is_not_stays(telegram: TelegramServer) -> None:
    now, old = today(), today() - KEEP_DAYS - 1
    notes = Notes(
        {
            f"button/{now}.1": "{}",
            f"button/{old}.1": "{}",
            "button/0123456789abcdef": "{}",
            f"film/{CHAT.key}/1": f"{now} id",
            f"film/{CHAT.key}/2": f"{old} id",
            f"film/{CHAT.key}/3": "id",
            "line/new/": f'{{"chat": "{CHAT.key}", "message": "5", "last_words": "", "at": {time.time()}}}',
            "line/old/": f'{{"chat": "{CHAT.key}", "message": "5", "last_words": "bye", "at": {old * 86_400}}}',
        }
    )
    async with platform_on(telegram, notes):
        gone = {f"button/{old}.1", "button/0123456789abcdef", f"film/{CHAT.key}/2", f"film/{CHAT.key}/3", "line/old/"}
        await until(lambda: not gone & set(notes))
        assert {f"button/{now}.1", f"film/{CHAT.key}/1", "line/new/"} <= set(notes)
    assert telegram.asked("editMessageText") == []
