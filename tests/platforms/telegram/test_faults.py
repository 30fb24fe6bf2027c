"""What goes wrong between the bot and Telegram, on a real socket: nothing lost, nothing sent twice unmarked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.telegram.config import TelegramConfig
from adapters.telegram.faults import NoVideos, ShutOut, StartRefused, TokenRefused
from adapters.telegram.ids import chat_ref, event_id
from adapters.telegram.platform import Telegram
from bot.core.chat import ChatRef
from bot.core.errors import DeliveryError, DeliveryUnclear, VideoTooLarge
from bot.engine.ports import Button, Video
from bot.i18n import catalog
from tests.adapters.notes import Notes
from tests.platforms.telegram.running import TIMING
from tests.servers.telegram import (
    CUT_AFTER,
    CUT_BEFORE,
    TOKEN,
    TelegramServer,
    answer,
    flood,
    refuse,
    status,
)

ANA, BO, GROUP = chat_ref(7), chat_ref(8), chat_ref(-1001)
KEY = f"{event_id(1, 55, '7')}:answer"


@asynccontextmanager
async def platform_on(
    server: TelegramServer, notes: Notes | None = None, taken: list[Any] | None = None, **config: Any
) -> AsyncIterator[Telegram]:
    chosen = replace(TelegramConfig(token=TOKEN, api_url=server.url, timing=TIMING), **config)

    async def accept(event: Any) -> None:
        if taken is not None:
            taken.append(event)

    kept = Notes() if notes is None else notes
    async with Telegram.opened(chosen, kept, catalog.load()) as platform, asyncio.TaskGroup() as group:
        running = group.create_task(platform.run(accept))
        yield platform
        running.cancel()


@pytest.fixture
async def platform(telegram: TelegramServer) -> AsyncIterator[Telegram]:
    async with platform_on(telegram) as running:
        yield running


@pytest.fixture
def video(tmp_path: Path) -> Video:
    """Large enough that a socket cannot swallow it unread."""
    path, poster, cover = tmp_path / "film.mp4", tmp_path / "film.jpg", tmp_path / "cover.jpg"
    path.write_bytes(bytes(range(256)) * (1 << 16))
    poster.write_bytes(b"\xff\xd8poster")
    cover.write_bytes(b"\xff\xd8cover")
    return Video(
        path=path,
        name="Sea.mp4",
        width=640,
        height=360,
        duration=4.6,
        size=path.stat().st_size,
        poster=poster,
        cover=cover,
        caption="The sea",
    )


class Marks:
    """Counts the promises that a body has left."""

    def __init__(self) -> None:
        self.bodies = 0

    async def body_sent(self) -> None:
        self.bodies += 1


async def until(condition: Any) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("fault", [flood(1), status(500), status(502), status(503)])
async def test_what_was_refused_for_now_arrives_once(platform: Telegram, telegram: TelegramServer, fault) -> None:
    telegram.on("sendMessage", fault)
    await platform.outbox.say(ANA, "hello", key=KEY)
    assert telegram.texts(7) == ["hello"]


async def test_a_flood_holds_its_chat_alone_for_as_long_as_asked(platform: Telegram, telegram: TelegramServer) -> None:
    telegram.on("sendMessage", flood(1))
    await platform.outbox.say(ANA, "to Ana", key=KEY)
    first, second = telegram.asked("sendMessage")
    assert second.at - first.at >= 1
    telegram.on("sendMessage", flood(3600))
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(platform.outbox.say(ANA, "in an hour", key=KEY))
        await until(lambda: len(telegram.asked("sendMessage")) == 3)
        for number in range(5):
            await platform.outbox.say(BO, f"to Bo {number}", key=KEY)
        assert (telegram.texts(7), len(telegram.texts(8))) == (["to Ana"], 5)
        waiting.cancel()


@pytest.mark.parametrize(("fault", "shown"), [(CUT_BEFORE, ["🔁 hello"]), (CUT_AFTER, ["hello", "🔁 hello"])])
async def test_words_that_may_have_arrived_are_repeated_with_a_mark(
    platform: Telegram, telegram: TelegramServer, fault, shown
) -> None:
    telegram.on("sendMessage", fault)
    await platform.outbox.say(ANA, "hello", key=KEY)
    assert telegram.texts(7) == shown


async def test_an_answer_that_makes_no_sense_ends_nothing(platform: Telegram, telegram: TelegramServer) -> None:
    telegram.on("sendMessage", answer({}), answer(7)).on("sendChatAction", answer(None))
    await platform.outbox.say(ANA, "lost", key=KEY)
    await platform.outbox.status(ANA, "working", key=KEY)
    await until(lambda: telegram.texts(7) == ["working"])


@pytest.mark.parametrize("faults", [(), (CUT_BEFORE,), (CUT_BEFORE, status(502), flood(1))])
async def test_a_film_arrives_once_as_it_is(platform: Telegram, telegram: TelegramServer, video: Video, faults) -> None:
    telegram.on("sendVideo", *faults)
    marks = Marks()
    sent = await platform.outbox.video(ANA, video, key=KEY, body_sent=marks.body_sent)
    (film,) = telegram.films(7)
    assert str(film["message_id"]) == sent
    call = telegram.asked("sendVideo")[-1]
    assert call.files["video"] == video.path.read_bytes()
    assert call.names["video"] == "Sea.mp4"
    assert (call.params["duration"], call.params["caption"]) == (5, "The sea")
    pictures = [call.files[call.params[name].removeprefix("attach://")] for name in ("thumbnail", "cover")]
    assert pictures == [b"\xff\xd8poster", b"\xff\xd8cover"]
    assert marks.bodies >= 1


async def test_a_film_whose_answer_was_lost_is_not_sent_again(
    platform: Telegram, telegram: TelegramServer, video: Video
) -> None:
    telegram.on("sendVideo", CUT_AFTER)
    marks = Marks()
    with pytest.raises(DeliveryUnclear):
        await platform.outbox.video(ANA, video, key=KEY, body_sent=marks.body_sent)
    assert (len(telegram.films(7)), marks.bodies) == (1, 1)


async def test_the_body_is_promised_before_telegram_can_use_it(
    platform: Telegram, telegram: TelegramServer, video: Video
) -> None:
    seen: list[int] = []

    async def body_sent() -> None:
        seen.append(len(telegram.asked("sendVideo")))  # a call is noted when its whole body was read

    await platform.outbox.video(ANA, video, key=KEY, body_sent=body_sent)
    assert seen == [0]


async def test_the_same_film_goes_out_again_without_an_upload(
    platform: Telegram, telegram: TelegramServer, video: Video
) -> None:
    marks = Marks()
    for _ in range(2):
        await platform.outbox.video(ANA, video, key=KEY, body_sent=marks.body_sent)
    _, second = telegram.asked("sendVideo")
    assert (set(second.files), isinstance(second.params["video"], str)) == (set(), True)
    assert len(telegram.films(7)) == 2
    telegram.files.clear()
    await platform.outbox.video(ANA, video, key=KEY, body_sent=marks.body_sent)
    assert "video" in telegram.asked("sendVideo")[-1].files


async def test_full_quality_goes_out_as_a_file_that_nothing_looks_into(
    platform: Telegram, telegram: TelegramServer, video: Video
) -> None:
    marks = Marks()
    await platform.outbox.video(ANA, video, key=KEY, body_sent=marks.body_sent)
    for _ in range(2):
        await platform.outbox.video(ANA, video, key=KEY, body_sent=marks.body_sent, as_file=True)
    first, second = telegram.asked("sendDocument")
    assert first.files["document"] == video.path.read_bytes()
    assert (first.names["document"], first.params["disable_content_type_detection"]) == ("Sea.mp4", True)
    assert (set(second.files), isinstance(second.params["document"], str)) == (set(), True)
    assert len(telegram.asked("sendVideo")) == 1
    assert marks.bodies >= 3


async def test_limits_are_known_beforehand_and_learnt_from_a_413(
    platform: Telegram, telegram: TelegramServer, video: Video
) -> None:
    huge = replace(video, size=60_000_000)
    with pytest.raises(VideoTooLarge):
        await platform.outbox.video(ANA, huge, key=KEY, body_sent=Marks().body_sent)
    assert telegram.asked("sendVideo") == []
    telegram.on("sendVideo", refuse("Request Entity Too Large", 413))
    with pytest.raises(VideoTooLarge) as caught:
        await platform.outbox.video(ANA, video, key=KEY, body_sent=Marks().body_sent)
    assert caught.value.params["limit"] == 50_000_000


async def test_a_group_that_forbids_videos_gets_a_file(
    platform: Telegram, telegram: TelegramServer, video: Video
) -> None:
    words = "Bad Request: not enough rights to send videos to the chat"
    telegram.on("sendVideo", refuse(words))
    await platform.outbox.video(GROUP, video, key=KEY, body_sent=Marks().body_sent)
    (call,) = telegram.asked("sendDocument")
    assert call.params["reply_parameters"] == {"message_id": 55, "allow_sending_without_reply": True}
    telegram.on("sendVideo", refuse(words)).on("sendDocument", refuse("Bad Request: not enough rights to send media"))
    with pytest.raises(NoVideos):
        await platform.outbox.video(GROUP, replace(video, name="b.mp4"), key=KEY, body_sent=Marks().body_sent)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: have no rights to send a message"),
    ],
)
async def test_a_closed_door_is_tried_once(platform: Telegram, telegram: TelegramServer, code, words) -> None:
    telegram.on("sendMessage", refuse(words, code))
    with pytest.raises(ShutOut):
        await platform.outbox.say(ANA, "hello", key=KEY)
    assert len(telegram.asked("sendMessage")) == 1


async def test_a_group_that_moved_is_found(telegram: TelegramServer) -> None:
    taken: list[Any] = []
    async with platform_on(telegram, taken=taken) as platform:
        telegram.moved[-5] = -1005
        await platform.outbox.say(chat_ref(-5), "hello", key=KEY)
        await platform.outbox.say(chat_ref(-5), "again", key=KEY)
    assert telegram.texts(-1005) == ["hello", "again"]
    assert len(telegram.asked("sendMessage")) == 3
    assert [(event.old.chat_id, event.new.chat_id) for event in taken] == [("-5", "-1005")]


async def test_a_deleted_topic_does_not_swallow_the_answer(platform: Telegram, telegram: TelegramServer) -> None:
    telegram.topics.add(31)
    await platform.outbox.say(chat_ref(-1001, topic=31), "in the topic", key=KEY)
    telegram.topics.clear()
    await platform.outbox.say(chat_ref(-1001, topic=31), "in the group", key=KEY)
    threads = [call.params.get("message_thread_id") for call in telegram.asked("sendMessage")]
    assert threads == [31, 31, None]


async def test_long_words_come_in_parts_with_the_buttons_below(platform: Telegram, telegram: TelegramServer) -> None:
    text = "😀 sentence. " * 700
    await platform.outbox.say(GROUP, text, key=KEY, buttons=(Button(label="Export", prompt="export"),))
    calls = telegram.asked("sendMessage")
    assert "".join("".join(telegram.texts(-1001)).split()) == "".join(text.split())
    assert [bool(call.params.get("reply_markup")) for call in calls] == [False] * (len(calls) - 1) + [True]
    assert [bool(call.params.get("reply_parameters")) for call in calls] == [True] + [False] * (len(calls) - 1)


async def test_words_from_outside_are_shown_as_they_are(platform: Telegram, telegram: TelegramServer) -> None:
    text = "<b>*_[`everyone` </i> \u202e \x00"
    await platform.outbox.say(ANA, text, key=KEY)
    assert "parse_mode" not in telegram.asked("sendMessage")[0].params
    assert telegram.texts(7) == [text.strip()]


async def test_one_line_per_job_silent_and_in_place(platform: Telegram, telegram: TelegramServer) -> None:
    for text in ("one", "two", "three"):
        await platform.outbox.status(ANA, text, key=KEY)
        await until(lambda text=text: telegram.texts(7) == [text])
    telegram.on("editMessageText", flood(1))
    await platform.outbox.status(ANA, "four", key=KEY)
    await until(lambda: len(telegram.asked("editMessageText")) >= 3)
    await platform.outbox.status(ANA, "done", key=KEY, done=True)
    await until(lambda: telegram.texts(7) == ["done"])
    assert [call.params["disable_notification"] for call in telegram.asked("sendMessage")] == [True]


@pytest.mark.parametrize("words", ["Bad Request: message to edit not found", "Bad Request: message can't be edited"])
async def test_a_line_that_was_deleted_is_not_made_again(platform: Telegram, telegram: TelegramServer, words) -> None:
    await platform.outbox.status(ANA, "one", key=KEY)
    await until(lambda: telegram.texts(7))
    telegram.on("editMessageText", refuse(words))
    await platform.outbox.status(ANA, "two", key=KEY)
    await until(lambda: telegram.asked("editMessageText"))
    await platform.outbox.status(ANA, "done", key=KEY, done=True)
    await platform.outbox.say(ANA, "and on", key=KEY)
    assert telegram.texts(7) == ["one", "and on"]


async def test_actions_live_as_long_as_the_line(platform: Telegram, telegram: TelegramServer) -> None:
    await platform.outbox.status(ANA, "working", key=KEY)
    await until(lambda: len(telegram.asked("sendChatAction")) >= 3)
    assert {call.params["action"] for call in telegram.asked("sendChatAction")} == {"record_video"}
    await platform.outbox.status(ANA, "done", key=KEY, done=True)
    await until(lambda: telegram.texts(7) == ["done"])
    async with asyncio.timeout(60):
        count = 0
        while count != (count := len(telegram.asked("sendChatAction"))):  # one may have been on its way
            await asyncio.sleep(10 * TIMING.action_every)


@pytest.mark.parametrize("token", ["4242:wrong", "nonsense", "4242:a/b", ""])
async def test_a_token_that_is_none_is_one_clear_error(telegram: TelegramServer, token) -> None:
    with pytest.raises(TokenRefused):
        async with Telegram.opened(
            TelegramConfig(token=token, api_url=telegram.url, timing=TIMING), Notes(), catalog.load()
        ):
            pass


async def test_telegram_being_away_at_the_start_is_waited_for(telegram: TelegramServer) -> None:
    telegram.on("getMe", status(502), CUT_BEFORE, answer({}))
    async with platform_on(telegram) as platform:
        await platform.outbox.say(ANA, "here", key=KEY)
    assert telegram.texts(7) == ["here"]


async def test_a_webhook_that_telegram_refuses_is_one_clear_error(telegram: TelegramServer) -> None:
    telegram.on("setWebhook", refuse("Bad Request: bad webhook: HTTPS url must be provided for webhook"))
    with pytest.RaisesGroup(StartRefused, flatten_subgroups=True):
        async with platform_on(telegram, webhook_url="http://bot.example/"):
            await asyncio.sleep(60)


async def test_a_menu_that_telegram_refuses_is_missed_by_nobody(telegram: TelegramServer) -> None:
    telegram.on("setMyCommands", refuse("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"))
    async with platform_on(telegram) as platform:
        await platform.outbox.say(ANA, "here", key=KEY)
    assert telegram.texts(7) == ["here"]


def test_refs_of_chats_survive_a_round_trip() -> None:
    for chat in (ANA, chat_ref(-5, topic=3, person="9")):
        assert ChatRef.from_key(chat.key) == chat
    assert issubclass(ShutOut, DeliveryError)
