"""An event's group: what people send counts in silently, in one place, until somebody says go."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.engine.ports import Button
from tests.engine.chat import Chat, bot_on
from tests.engine.group import CARD, Group, collecting
from tests.servers.nemo import NemoServer


async def test_everybodys_files_count_in_on_one_card_and_nothing_leaves(
    nemo: NemoServer, chat: Chat, tmp_path: Path
) -> None:
    group = Group(chat, tmp_path)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await group.photo("early", 5)
        await group.order('start "Ana & Bo" until tomorrow')
        await group.reads("Ana & Bo: 0 photos · 0 people")
        await group.photo("ana", 1)
        await group.photo("bo", 2, 3, thread="55")
        (broken := tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
        await group.photo("bo", broken)
        await group.photo("cy", group.copy(1))
        await group.reads("3 photos · 3 people · 1 duplicate · 1 unreadable")
        (notice,) = chat.texts
        assert "NemoVideo cloud" in notice
        assert "test://join/" in notice
        assert chat.open_lines == {CARD}
        assert (await group.answer("", "cy", "who")).splitlines() == [
            "“Ana & Bo”: 3 photos · 3 people · 1 duplicate · 1 unreadable",
            "Bo: 2",
            "Ana: 1",
            "Cy: 1",
        ]
    assert nemo.seen == []


async def test_guests_join_in_private_and_their_files_stay_here_and_go_with_them(
    nemo: NemoServer, chat: Chat, tmp_path: Path
) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        code = chat.texts[0].rpartition("test://join/")[2]
        guest = partial(chat.send, who="dee", chat_id="99")
        await guest("WRONG", command="join")
        await guest(f"join_{code.lower()}", command="start")
        await chat.until(lambda: len(chat.texts) == 3)
        assert chat.texts[1:] == [
            "I know no open event with this code.",
            "You are in: what you send me here counts for “our event”. /event leave ends that.",
        ]
        await guest("my best one", group.picture(1))
        await group.reads("1 photo · 1 person")
        await group.say(command="left", who="dee")  # the group, that is
        await group.reads("0 photos · 0 people")
        await guest("leave", command="event")
        await chat.until(lambda: len(chat.texts) == 4)
    assert nemo.asked("upload") == []


async def test_who_opts_out_removes_or_leaves_is_not_counted(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        mine = await group.photo("ana", 1)
        await group.photo("ana", 2)
        await group.photo("bo", 3)
        await group.photo("cy", 4)
        await group.reads("4 photos · 3 people")
        await group.say(command="remove", who="bo", reply_to=mine)
        await group.say(command="remove", who="ana", reply_to=mine)
        await group.reads("3 photos · 3 people")
        await group.order("", "bo", "optout")
        await group.reads("2 photos · 2 people")
        await group.photo("bo", 5)
        await group.order("", "cy", "left")
        await group.reads("1 photo · 1 person")
        await group.order("", "bo", "optin")
        await group.reads("2 photos · 2 people")
        await chat.until(lambda: len(chat.texts) == 5)
        assert sorted(text.split(":")[0] for text in chat.texts[1:]) == [
            "1 file is out of the next version.",
            "Answer a photo or clip of your own with /remove.",
            "You are in again; 1 file counts once more.",
            "You are out",
        ]


async def test_a_member_is_forgotten_with_a_receipt(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        await group.photo("ana", 1, 2)
        await group.photo("bo", 3)
        await group.reads("3 photos · 2 people")
        seen = tmp_path / "bot" / "spool" / "films"
        assert len([*seen.glob("seen-*.jpg")]) == 3
        assert await group.answer("", "ana", "forget") == (
            "🗑 Deleted here: 2 files of yours, with your name and what I saw in them. "
            "None of it had left for the editing service."
        )
        await group.reads("1 photo · 1 person")
        assert len([*seen.glob("seen-*.jpg")]) == 1


async def test_it_is_closed_once_and_offers_the_film(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    group = Group(chat, tmp_path)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        assert await group.answer("close") == "Nothing is being collected here. /event start begins."
        soon = datetime.now(UTC) + timedelta(minutes=1)
        then = soon - timedelta(days=1)  # a clock that people name, whatever the hour of this test
        await group.say(f'start "X" until {soon:%H:%M}', who="ana", command="event", at=then)
        await chat.until(lambda: len(chat.texts) == 3)
        await group.photo("ana", 1)
        await asyncio.sleep(0.2)
    assert "“X” is closed: 0 photos" in chat.texts[2]
    assert chat.buttons == [Button(label="🎬 Make the film", command="event", prompt="go")]
    assert chat.open_lines == set()


async def test_a_quiet_collection_asks_once_and_again_after_news(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    group = Group(chat, tmp_path)
    async with bot_on(nemo.url, tmp_path / "bot", chat, event_idle=0.0):
        await group.order("start")
        await group.photo("ana", 1)
        await chat.until(lambda: any("for a while" in text for text in chat.texts))
        await chat.press(chat.buttons[-1])
        await chat.until(lambda: "Collecting goes on." in chat.texts)


async def test_the_card_is_true_again_after_a_restart(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path, event_every=1000.0) as group:
        await group.photo("ana", 1)
        await group.reads("1 photo · 1 person · 1 downloading")
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await group.reads("1 photo · 1 person")
        await group.photo("bo", 2)
        await group.reads("2 photos · 2 people")


async def test_starting_over_ends_a_collection(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        await group.order("", command="new")
        await chat.until(lambda: len(chat.texts) == 2 and not chat.open_lines)
        await group.photo("bo", 1)
        await group.order("start")
        await chat.until(lambda: chat.shown.get("event:2:card", "").endswith("0 photos · 0 people"))


async def test_a_flood_of_questions_is_met_with_silence_but_nobody_is_kept_in(
    nemo: NemoServer, chat: Chat, tmp_path: Path
) -> None:
    group = Group(chat, tmp_path)
    async with bot_on(nemo.url, tmp_path / "bot", chat, event_asks_member=2):
        for _ in range(5):
            await group.order("join GUESS", "eve")
        await group.order("", "eve", "optout")
        await group.order("close")
        await chat.until(lambda: len(chat.texts) == 4)
    assert sorted(text.split(".")[0] for text in chat.texts) == [
        "I know no open event with this code",
        "I know no open event with this code",
        "Nothing is being collected here",
        "You are out: nothing of yours is collected here, and 0 files left the next version",
    ]
