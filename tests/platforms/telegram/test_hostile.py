"""Hundreds of updates that are none: the bot goes on, answers the next real one, and calls no nonsense."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from adapters.telegram.webhook import handler, path_of, secret_of
from bot.web.server import WebServer
from tests.platforms.telegram.running import Bot
from tests.platforms.telegram.test_faults import platform_on, until
from tests.servers.telegram import TelegramServer
from tests.servers.telegram_updates import (
    ANA,
    BOT,
    GROUP,
    Room,
    document,
    membership,
    message,
    photo,
    tap,
    user,
    video,
)

pytestmark = pytest.mark.uncounted

STRANGE = [
    *(None, True, -1, 0, 1.5, 2**63, 10**30, "", "x", "\ud800", "\x00", "7", [], {}, [None], {"id": None}, {"id": {}}),
    "ä" * 20_000,
    [[[[[[]]]]]],
    {"file_id": 5, "file_size": "much"},
]
NEW_KINDS = [
    {"future_kind": {"id": 1}},
    {"poll": {"id": "1"}},
    {"message_reaction": {"chat": {}}},
    {"inline_query": {"id": "1", "from": user(), "query": "", "offset": ""}},
    {"managed_bot": 5},
    {},
]


def samples() -> list[dict[str, Any]]:
    """One of each kind that the bot listens to; all from somebody who gets no answer that counts."""
    posted = message(Room(8), text="Done", sender=BOT)
    return [
        {"message": message(Room(8), text="/highlight shorter", reply_to_message=posted)},
        {"message": message(Room(8), caption="make it calm", photo=photo("p"), media_group_id="1")},
        {"message": message(Room(8), video=video("v"), forward_origin={"type": "user", "date": 1})},
        {"message": message(Room(8), document=document("d", "IMG.HEIC", "image/heic"))},
        {"edited_message": message(Room(8), text="/highlight longer", edit_date=1)},
        {"message": message(GROUP, text="/settings")},
        {"message": message(GROUP, text="/doctor@highlight_test_bot now")},
        {"message": message(Room(8), sticker={"file_id": "s"})},
        {"message": message(GROUP, migrate_to_chat_id=-1002)},
        tap(Room(8), posted, "20000.0123456789abcdef"),
        membership(GROUP, {"status": "left"}, {"status": "member"}),
    ]


def spoiled(count: int, seed: int) -> list[dict[str, Any]]:
    """Samples with one to three places taken away or made strange; always the same ones."""
    chance = random.Random(seed)
    kinds, made = samples(), copy.deepcopy(NEW_KINDS)
    while len(made) < count:
        update = copy.deepcopy(chance.choice(kinds))
        for _ in range(chance.randint(1, 3)):
            spoil(update, chance)
        made.append(update)
    return made


def spoil(place: Any, chance: random.Random) -> None:
    while place:
        key = chance.choice(sorted(place) if isinstance(place, dict) else range(len(place)))
        inner = place[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.85:
            place = inner
        elif chance.random() < 0.3:
            del place[key]
            return
        else:
            place[key] = copy.deepcopy(chance.choice(STRANGE))
            return


async def test_by_polling(bot: Bot, telegram: TelegramServer) -> None:
    for update in spoiled(300, seed=1):
        telegram.raw({"update_id": telegram._next, **update})
    telegram.send(message(ANA, text="help"))
    await bot.until(lambda: bot.says("Send me photos"))
    telegram.send(message(ANA, text="credits"))
    await bot.until(lambda: bot.says("Credits"))


async def test_by_webhook(telegram: TelegramServer) -> None:
    web, taken = WebServer(host="127.0.0.1", port=0, ready=dict), list[Any]()
    async with platform_on(telegram, taken=taken, webhook_url="https://bot.example/tg") as platform:
        config = platform._config
        web.posts[path_of(config)] = handler(secret_of(config), platform.take)
        await until(lambda: telegram.webhook)
        async with web.serving():
            to = f"http://127.0.0.1:{web.port}/tg"
            answers = {await telegram.deliver(update, to=to) for update in spoiled(200, seed=2)}
            answers |= {await telegram.deliver(update, to=to) for update in ({"update_id": None}, {"update_id": "5"})}
            assert answers == {200}, "what was refused would come again for ever"
            await telegram.deliver({"message": message(ANA, text="help")}, to=to)
            assert (taken[-1].text, taken[-1].chat.chat_id) == ("help", str(ANA.id))


@pytest.mark.parametrize(
    "more",
    [
        {"forward_origin": 7},
        {"via_bot": {"name": "x"}},
        {"reply_markup": {"inline_keyboard": [[{}]]}},
        {"quote": {"new": 1}},
        {"sender_boost_count": {}, "giveaway": []},
    ],
)
async def test_what_nobody_looks_at_spoils_nothing(telegram: TelegramServer, more) -> None:
    taken: list[Any] = []
    async with platform_on(telegram, taken=taken):
        telegram.raw({"update_id": telegram._next, "message": message(ANA, text="help", **more)})
        await until(lambda: taken)
    assert [event.text for event in taken] == ["help"]
