"""Choosing together: a numbered sheet before the costly step, words and buttons, and what the film has then."""

from __future__ import annotations

from pathlib import Path

from bot.core.turn import TurnId
from bot.engine.flows.event import Event
from bot.engine.ports import Button
from bot.engine.turn import Step
from tests.engine.chat import Chat
from tests.engine.group import collecting, uploads
from tests.servers.nemo import NemoServer


async def test_a_sheet_is_chosen_from_in_words_before_anything_leaves(
    nemo: NemoServer, chat: Chat, tmp_path: Path
) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        await group.photo("ana", 1, 2, 3)
        await group.photo("bo", 4)
        await group.photo("cy", 5)
        await group.reads("5 photos · 3 people")
        assert (await group.answer("sheet")).startswith("🔢 “our event”: 5 photos · 3 people. Nothing is spent")
        (sheet,) = chat.pictures
        assert sheet.description == "Contact sheet with 5 numbered pictures."
        assert chat.buttons == [
            Button(label="🎬 Make the film", command="event", prompt="go"),
            *(Button(label=f"✕ {number}", command="event", prompt=f"flip {number}") for number in range(1, 6)),
        ]
        assert await group.answer("drop 2, 4, start with 5", command="") == (
            "✂️ 3 in the film · out: 2, 4 · begins with 5 · nothing left of Bo"
        )
        await group.reads("3 photos · 2 people · 2 dropped")
        assert await group.answer("drop 9", who="bo") == (
            "✂️ 3 in the film · out: 2, 4 · begins with 5 · nothing left of Bo · not on the sheet: 9"
        )
        assert "3 photos · 2 people · 2 dropped\nAna: 2" in await group.answer("who")
        assert await group.answer("恢复4", command="", who="bo") == "✂️ 影片将用 4 个 · 去掉：2 · 开头：5"
        assert nemo.seen == []
        await group.film("eve")
        assert uploads(nemo) == ["IMG_5.jpg", "IMG_1.jpg", "IMG_3.jpg", "IMG_4.jpg"]
        assert "影片用了 4 个; 1 个未用：1 个被去掉" in chat.films[-1].caption


async def test_numbers_stay_what_they_were(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    seen = tmp_path / "bot" / "spool" / "films"
    async with collecting(nemo, chat, tmp_path) as group:
        mine = await group.photo("ana", 1)
        await group.photo("bo", 2)
        await group.reads("2 photos · 2 people")
        await group.answer("sheet")
        await group.say(command="remove", who="ana", reply_to=mine)
        await group.reads("1 photo · 1 person")
        await group.photo("cy", 3)
        await group.reads("2 photos · 2 people")
        await group.answer("sheet")
        assert await group.answer("keep only 2", command="") == "✂️ 1 in the film · out: 3 · nothing left of Cy"
        for path in seen.glob("seen-*"):
            path.unlink()  # forgotten meanwhile: made anew
        await group.answer("sheet")
        assert [button.label for button in chat.buttons[-2:]] == ["✕ 2", "↩ 3"]
        assert len([*seen.glob("seen-*")]) == 2


async def test_a_file_is_flipped_by_its_button_and_one_line_tells(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        await group.photo("ana", 1, 2)
        await group.photo("bo", group.copy(2))
        await group.reads("2 photos · 2 people · 1 duplicate")
        await group.answer("sheet")
        said = len(chat.texts)
        for prompt in ("flip 1", "flip 2", "flip 1"):
            await group.order(prompt, "bo")
        await chat.until(lambda: chat.shown.get("event:1:choice", "").endswith("· out: 2 · nothing left of Bo"))
        await group.reads("1 photo · 1 person · 2 dropped")
        pressed = TurnId(f"test:{chat._numbers:06d}")  # killed before it was journaled, a press is carried out again
        turn = await group.desk.store.turn(pressed)
        assert await Event(group.desk)(turn, group.desk.voice(turn)) is Step.DONE
        await group.reads("1 photo · 1 person · 2 dropped")
        assert len(chat.texts) == said
        await group.answer("use all", command="")
        await chat.until(lambda: chat.shown["event:1:choice"] == "✂️ 3 in the film")


async def test_a_collection_is_closed_with_its_sheet_and_guests_are_sent_there(
    nemo: NemoServer, chat: Chat, tmp_path: Path
) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        code = chat.texts[0].rpartition("test://join/")[2]
        await chat.send(code, command="join", who="dee", chat_id="99")
        await chat.until(lambda: len(chat.texts) == 2)
        await chat.send("", group.picture(1), who="dee", chat_id="99")
        await group.reads("1 photo · 1 person")
        await chat.send("sheet", command="event", who="dee", chat_id="99")
        await chat.until(lambda: len(chat.texts) == 3)
        assert chat.texts[-1] == "That is chosen in the group of “our event”."
        assert chat.pictures == []
        closing = await group.answer("close")
        assert closing.startswith("🔒 “our event” is closed: 1 photo · 1 person. Shall I make the film?\nChoose: ")
        assert len(chat.pictures) == 1
        assert "✂️ 0 in the film · out: 1" in await group.answer("drop 1")


async def test_more_than_is_taken_is_said_and_not_fetched(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path, event_files_member=2) as group:
        await group.photo("ana", 1, 2, 3)
        await group.photo("bo", 4)
        await group.reads("3 photos · 2 people · 1 over the limit")
        await group.film()
        assert uploads(nemo) == ["IMG_1.jpg", "IMG_2.jpg", "IMG_4.jpg"]
        assert "3 in the film; 1 not: 1 over the limit" in chat.films[-1].caption
