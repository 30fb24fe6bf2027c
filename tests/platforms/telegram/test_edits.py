"""Messages that are changed after they were sent: the new words count until the old ones have been used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.platforms.held import Held, over
from tests.platforms.telegram.running import Bot
from tests.platforms.telegram.test_translate import read
from tests.servers.nemo import NemoServer
from tests.servers.telegram import TelegramServer
from tests.servers.telegram_updates import ANA, BOT, GROUP, Room, edited, message, photo

LATE = "That change came too late"


@pytest.mark.parametrize(
    ("content", "changed", "said"),
    [
        ({"text": "calm"}, {"text": "calmer"}, "calmer"),
        ({"text": "/highlight calm"}, {"text": "/highlight calmer"}, "/highlight calmer"),
        ({"photo": photo("p"), "caption": "calm"}, {"caption": "calmer"}, "calmer"),
        ({"photo": photo("p"), "caption": "calm"}, {"caption": ""}, ""),
    ],
)
def test_a_change_says_all_that_the_message_says_now(
    content: dict[str, Any], changed: dict[str, Any], said: str
) -> None:
    sent = message(**content)
    event = read(edited(sent, **changed))
    assert (event.command, event.text, event.media, event.group_id) == ("edited", said, (), "")
    assert event.message_id == str(sent["message_id"])


@pytest.mark.parametrize(
    "sent",
    [message(text="/settings"), message(location={"latitude": 1, "longitude": 2}), message(GROUP, text="lovely")],
)
def test_changes_that_are_nobodys_order_are_none(sent: dict[str, Any]) -> None:
    assert read(edited(sent)) is None


async def carried_out(bot: Bot, folder: Path, update: int) -> None:
    """Wait until what an update caused is over, though nothing is seen of it."""
    await bot.answered(update)
    await bot.until(lambda: over(folder / "bot", f"telegram:{update:012d}:%"))


def prompts(nemo: NemoServer) -> list[str]:
    return [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]


async def test_words_are_replaced_until_they_were_used(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str], tmp_path: Path
) -> None:
    upload = Held(nemo, "upload")
    sent = message(photo=photo(photos[0]), caption="make it clam")
    telegram.send(sent)
    await bot.until(lambda: nemo.asked("upload"))
    numbers = telegram.send(*[edited(sent, caption=f"make it calm {n}".removesuffix(" 9")) for n in range(10)])
    for number in numbers:
        await carried_out(bot, tmp_path, number)
    upload.release()
    await bot.until(lambda: telegram.films(7))
    assert prompts(nemo) == ["make it calm"]
    telegram.send(edited(sent, caption="make it wild"))
    await bot.until(lambda: bot.says(LATE))
    (number,) = telegram.send(edited(sent, caption="make it wilder"))
    await carried_out(bot, tmp_path, number)
    assert sum(LATE in text for text in telegram.texts(7)) == 1
    assert len(nemo.asked("run")) == 1
    assert len(nemo.asked("upload")) == 1


async def test_words_that_are_added_to_a_photo_are_an_order(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str], tmp_path: Path
) -> None:
    sent = message(ANA, photo=photo(photos[0]))
    telegram.send(sent)
    await bot.until(lambda: bot.says("1 file received"))
    (number,) = telegram.send(edited(message(ANA, text="who?"), text="never seen"))
    await carried_out(bot, tmp_path, number)
    telegram.send(edited(sent, caption="make it calm"), edited(sent, caption="make it calm"))
    await bot.until(lambda: telegram.films(7))
    assert prompts(nemo) == ["make it calm"]


async def test_a_group_is_not_spoken_to_for_a_change_that_does_not_concern_the_bot(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str], tmp_path: Path
) -> None:
    room = Room(GROUP.id, "supergroup", "Friends")
    sent = message(room, photo=photo(photos[0]), caption="granma")
    telegram.send(sent, message(room, photo=photo(photos[1]), caption="the sea", media_group_id="a"))
    (number,) = telegram.send(edited(sent, caption="grandma"))
    await carried_out(bot, tmp_path, number)
    assert telegram.messages == {}
    telegram.send(edited(sent, caption=f"@{BOT['username']} make it calm"))
    await bot.until(lambda: telegram.films(room.id))
    assert prompts(nemo) == ["make it calm"]
    assert len(nemo.asked("upload")) == 2
