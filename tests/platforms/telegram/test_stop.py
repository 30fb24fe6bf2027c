"""The button that ends a running job: on its live line, red, for whoever asked, and gone with its last words."""

from __future__ import annotations

from typing import Any

from adapters.telegram.ids import chat_ref
from tests.adapters.notes import Notes
from tests.platforms.telegram.running import Bot
from tests.platforms.telegram.test_faults import KEY, platform_on, until
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import beat, hang, run
from tests.servers.telegram import TelegramServer, flood
from tests.servers.telegram_updates import ANA, message, photo, tap

CHAT = chat_ref(7)


def stops(posted: dict[str, Any]) -> list[str]:
    """What the stop buttons of a message carry."""
    rows = posted.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if button["text"] == "⏹"]


def line_of(telegram: TelegramServer) -> dict[str, Any]:
    return next((posted for posted in telegram.messages.values() if stops(posted)), {})


async def test_a_tap_stops_the_job(bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]) -> None:
    nemo.on("run", run(beat(), hang()))
    telegram.send(message(photo=photo(photos[0]), caption="turn this into a highlight reel"))
    await bot.until(lambda: nemo.asked("run") and line_of(telegram))
    posted = line_of(telegram)
    telegram.send(tap(ANA, posted, stops(posted)[0]))
    await bot.until(lambda: bot.says("⏹ Stopped"))
    await bot.until(lambda: telegram.asked("answerCallbackQuery"))
    await bot.until(lambda: line_of(telegram) == {})  # what is over cannot be stopped
    assert telegram.films(7) == []


async def test_it_stays_until_the_last_words_and_over_a_restart(telegram: TelegramServer) -> None:
    notes = Notes()
    async with platform_on(telegram, notes) as platform:
        await platform.outbox.status(CHAT, "one", key=KEY)
        await until(lambda: telegram.texts(7) == ["one"])
        first = stops(line_of(telegram))
    async with platform_on(telegram, notes) as platform:
        await platform.outbox.status(CHAT, "two", key=KEY)
        await until(lambda: telegram.texts(7) == ["two"])
        assert stops(line_of(telegram)) == first != []
        telegram.on("editMessageText", flood(1))
        await platform.outbox.status(CHAT, "done", key=KEY, done=True)
    async with platform_on(telegram, notes):
        await until(lambda: telegram.texts(7) == ["done"])
    assert line_of(telegram) == {}
    (button,) = telegram.asked("sendMessage")[0].params["reply_markup"]["inline_keyboard"][0]
    assert button["style"] == "danger"


async def test_a_line_that_is_no_job_has_none(telegram: TelegramServer) -> None:
    async with platform_on(telegram) as platform:
        await platform.outbox.status(CHAT, "31 photos", key="event:1:card")
        await until(lambda: telegram.texts(7))
    assert line_of(telegram) == {}
