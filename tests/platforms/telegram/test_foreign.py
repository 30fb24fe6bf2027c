"""Servers that speak the Bot API in their own way: fields left out, methods missing, refusals told otherwise."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram.ids import chat_ref, event_id
from adapters.telegram.polling import AT_ONCE
from bot.core.errors import DeliveryError
from bot.core.media import MediaKind
from bot.engine.ports import Video
from tests.platforms.telegram.running import Bot, bot_on_telegram
from tests.platforms.telegram.test_faults import KEY, Marks, platform_on, until, video
from tests.servers.nemo import NemoServer
from tests.servers.relay import OLD, PIECES, Manner, Relay
from tests.servers.telegram import Fault, TelegramServer, answer, refuse
from tests.servers.telegram_updates import GROUP, message, photo

__all__ = ["video"]

ANA = chat_ref(7)
MISSING = refuse("Not Found", 404)
IN_WORDS = Fault(kind="body", value=500, text='{"message": "API method \'x\' is not supported."}')
WITH_200 = Fault(kind="body", value=200, text='{"ok": false, "error_code": 400, "description": "Bad Request: no such"}')


def minimal(**content: Any) -> dict[str, Any]:
    """A message with nothing that is not needed."""
    return {"message": {"message_id": 55, "chat": {"id": 7}, "from": {"id": 7}, **content}}


@pytest.mark.parametrize("fault", [MISSING, IN_WORDS, Fault(kind="body", value=501, text="nope")])
async def test_a_method_that_the_server_does_not_know_is_asked_for_once(telegram: TelegramServer, fault) -> None:
    optional = ("deleteWebhook", "setMyCommands", "setMessageReaction", "sendChatAction")
    for method in optional:
        telegram.on(method, fault, fault, fault)
    taken: list[Any] = []
    async with platform_on(telegram, taken=taken) as platform:
        for number in range(3):
            telegram.send(message(text=f"word {number}"))
        await until(lambda: len(taken) == 3)
        for event in taken:
            await platform.outbox.acknowledge(event)
            await until(lambda: "setMessageReaction" in platform._bot._unknown)  # its answer has been read
        await platform.outbox.status(ANA, "working", key=KEY)
        await until(lambda: telegram.asked("sendChatAction") and telegram.asked("setMessageReaction"))
        await until(lambda: telegram.asked("setMyCommands"))
        await platform.outbox.say(ANA, "done", key=KEY)
    assert "done" in telegram.texts(7)
    assert {method: len(telegram.asked(method)) for method in optional} == dict.fromkeys(optional, 1)


async def test_a_line_that_cannot_be_changed_stays_as_it_is(telegram: TelegramServer) -> None:
    telegram.on("editMessageText", MISSING)
    async with platform_on(telegram) as platform:
        await platform.outbox.status(ANA, "one", key=KEY)
        await until(lambda: telegram.texts(7))
        await platform.outbox.status(ANA, "two", key=KEY)
        await until(lambda: telegram.asked("editMessageText"))
        await platform.outbox.status(ANA, "three", key=KEY, done=True)
        await platform.outbox.say(ANA, "done", key=KEY)
    assert telegram.texts(7) == ["one", "done"]
    assert len(telegram.asked("editMessageText")) == 1


async def test_a_server_without_videos_gets_a_file(telegram: TelegramServer, video: Video) -> None:
    telegram.on("sendVideo", MISSING)
    async with platform_on(telegram) as platform:
        await platform.outbox.video(ANA, video, key=KEY, body_sent=Marks().body_sent)
    assert telegram.asked("sendDocument")[0].files["document"] == video.path.read_bytes()


@pytest.mark.parametrize(
    "sent",
    [
        {"message_id": 3},
        {"message_id": 3, "date": 1_790_000_000_000, "chat": {"id": 7}, "text": None, "from": "?"},
        {"message_id": 3, "date": "today", "chat": None, "entities": {}, "new_field": [1]},
    ],
)
async def test_of_an_answer_only_what_is_needed_is_read(telegram: TelegramServer, sent) -> None:
    telegram.on("sendMessage", answer(sent)).on("editMessageText", answer(None))
    async with platform_on(telegram) as platform:
        await platform.outbox.status(ANA, "one", key=KEY)
        await until(lambda: telegram.asked("sendMessage"))
        await platform.outbox.status(ANA, "two", key=KEY, done=True)
        await until(lambda: telegram.asked("editMessageText"))
        await platform.outbox.say(ANA, "done", key=KEY)
    assert telegram.asked("editMessageText")[0].params["message_id"] == 3
    assert [call.params["text"] for call in telegram.asked("sendMessage")] == ["one", "done"]


async def test_a_refusal_that_comes_with_200_is_one(telegram: TelegramServer) -> None:
    telegram.on("sendMessage", WITH_200)
    async with platform_on(telegram) as platform:
        with pytest.raises(DeliveryError):
            await platform.outbox.say(ANA, "hello", key=KEY)
    assert len(telegram.asked("sendMessage")) == 1


async def test_a_bot_that_introduces_itself_briefly_is_served(telegram: TelegramServer) -> None:
    telegram.on("getMe", answer({"id": 4242}))
    taken: list[Any] = []
    async with platform_on(telegram, taken=taken):
        telegram.raw({"update_id": 5000, **minimal(text="hello")})
        telegram.raw({"update_id": 5001, **minimal(photo=[{"file_id": "a"}, {"file_id": "b", "file_size": 9}])})
        telegram.raw({"update_id": 5002, **minimal(document={"file_id": "c", "file_name": "x.heic"}, news={"x": [1]})})
        telegram.raw({"update_id": 5003, **minimal(text="late", date=1_790_000_000_000)})
        await until(lambda: len(taken) == 4)
    assert [event.text for event in taken] == ["hello", "", "", "late"]
    assert taken[0].event_id == event_id(5000, 55, "7")
    assert [(media.locator, media.kind) for event in taken for media in event.media] == [
        ("b", MediaKind.PHOTO),
        ("c", MediaKind.PHOTO),
    ]
    assert taken[3].at.year == 2026


@pytest.mark.parametrize(
    ("member", "chat"),
    [
        (answer({"status": "administrator"}), answer({"id": -1001})),
        (answer({"status": "restricted", "user": {"id": 4242}}), answer({"id": -1001, "type": "group"})),
        (MISSING, answer(None)),
    ],
)
async def test_the_doctor_says_what_can_be_known(telegram: TelegramServer, member, chat) -> None:
    telegram.on("getChatMember", member).on("getChat", chat)
    async with platform_on(telegram):
        telegram.send(message(GROUP, text="/doctor"))
        await until(lambda: telegram.texts(GROUP.id))
    assert "20" in telegram.texts(GROUP.id)[0]


async def test_a_server_that_does_not_wait_for_news_is_not_asked_without_end(telegram: TelegramServer) -> None:
    telegram.on("getUpdates", *[answer([])] * 5000)
    async with platform_on(telegram):
        await until(lambda: len(telegram.asked("getUpdates")) >= 4)
    asked = [call.at for call in telegram.asked("getUpdates")]
    assert min(later - earlier for earlier, later in pairwise(asked)) > AT_ONCE / 2


async def test_the_whole_bot_works_where_little_is_known(bot: Bot, telegram: TelegramServer) -> None:
    telegram.on("setMessageReaction", IN_WORDS).on("sendChatAction", IN_WORDS)
    telegram.raw({"update_id": telegram._next, **minimal(text="help")})
    await bot.until(lambda: bot.says("Send me photos"))


async def test_numbers_as_text_and_words_without_marks_are_read(telegram: TelegramServer) -> None:
    room = {"id": "-1001", "type": "supergroup"}
    telegram.on("getMe", answer({"id": "4242", "username": "highlight_test_bot"}))
    taken: list[Any] = []
    async with platform_on(telegram, taken=taken):
        for number, text in enumerate(("/highlight@highlight_test_bot 🎉 fast", "make it calm, @highlight_test_bot")):
            content = {"message_id": f"{60 + number}", "date": "1790000000", "from": {"id": "7"}, "text": text}
            telegram.raw({"update_id": f"{5000 + number}", "message": content | {"chat": room}})
        other = {"message_id": "70", "from": {"id": "7"}, "text": "mail ana@highlight_test_bot.org", "chat": room}
        telegram.raw({"update_id": "5002", "message": other})
        answered = {"message_id": "71", "from": {"id": "7"}, "text": "calmer", "chat": room}
        ours = {"message_id": "3", "chat": room, "from": {"id": "4242", "is_bot": True}}
        telegram.raw({"update_id": "5003", "message": answered | {"reply_to_message": ours}})
        await until(lambda: len(taken) == 3)
    assert [(event.command, event.text, event.addressed) for event in taken] == [
        ("highlight", "🎉 fast", True),
        ("", "make it calm,", True),
        ("", "calmer", True),
    ]
    assert [event.event_id for event in taken] == [event_id(5000 + n, m, "7") for n, m in ((0, 60), (1, 61), (3, 71))]


async def test_a_proxy_may_say_how_long_in_a_header(telegram: TelegramServer) -> None:
    telegram.on("sendMessage", Fault(kind="body", value=429, text="<html>", headers={"Retry-After": "1"}))
    async with platform_on(telegram) as platform:
        await platform.outbox.say(ANA, "hello", key=KEY)
    first, second = telegram.asked("sendMessage")
    assert second.at - first.at >= 1


@pytest.mark.parametrize("manner", [OLD, PIECES], ids=["old", "pieces"])
async def test_a_film_through_a_server_that_speaks_http_otherwise(
    manner: Manner, telegram: TelegramServer, nemo: NemoServer, photos: list[str], film: bytes, tmp_path: Path
) -> None:
    nemo.film = film
    async with (
        Relay(telegram.url, manner) as relay,
        bot_on_telegram(telegram, nemo, tmp_path / "bot", api_url=relay.url) as bot,
    ):
        telegram.send(message(photo=photo(photos[0]), caption="turn these photos into a highlight reel"))
        await bot.until(lambda: telegram.films(7))
    (call,) = telegram.asked("sendVideo")
    assert call.files["video"] == film
    assert telegram.files[photos[0]] in nemo.asked("upload")[0].body
