"""An event's film: in order, with everybody in it, in versions, within what its group's admins allow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot.engine.ports import Button
from tests.engine.chat import Chat
from tests.engine.group import collecting, prompts, uploads
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import Reply, run, said, tool, tool_done


def on_the_timeline(nemo: NemoServer, *names: str) -> Reply:
    """An edit after which the service shows these files."""

    async def reply(request: web.Request) -> web.StreamResponse:
        response = await run(tool(), tool_done(), said("Made it."))(request)
        segments = [{"d": 2000, "m": {"title": name}} for name in names]
        for session in nemo._sessions.values():
            session["draft"] = {"t": [{"tt": 0, "sg": segments}], "d": 2000 * len(names), "m": {"title": "Ana & Bo"}}
        return response

    return reply


async def test_one_film_in_order_with_everybody_named_and_checked(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    nemo.on("run", on_the_timeline(nemo, "IMG_1.jpg", "IMG_3.jpg"), on_the_timeline(nemo, "IMG_1.jpg", "IMG_2.jpg"))
    async with collecting(nemo, chat, tmp_path, "Ana & Bo") as group:
        await group.photo("ana", 1, 3, at=datetime.now(UTC) + timedelta(hours=1))
        await group.photo("bo", 2)
        await group.photo("cy", group.copy(1))
        await group.photo("dee", 4)
        await group.order("", "dee", "optout")
        await group.reads("3 photos · 3 people · 1 duplicate")
        assert nemo.asked("upload") == []
        chat.gone = {"ana", "bo", "cy"}  # who asks is there: a platform that denies it is not believed
        await group.film("bo")
    first, second = prompts(nemo)
    assert first == (
        "turn these photos into a highlight reel with music and transitions. Make it 20 seconds long. "
        'Keep the upload order. Title "Ana & Bo". End credits "Ana, Bo, Cy".'
    )
    assert second == "Use all photos."  # Bo was missing
    assert uploads(nemo) == ["IMG_2.jpg", "IMG_1.jpg", "IMG_3.jpg"]
    (film,) = chat.films
    assert film.caption == "Ana & Bo\n2 in the film; 2 not: 1 duplicate, 1 left out by the editor"
    assert Button(label="➕ Use all", command="event", prompt="all") in chat.film_buttons
    assert len([text for text in chat.texts if "Made it" in text]) == 1


async def test_all_of_it_when_somebody_wants_all(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        await group.photo("ana", 1)
        await group.photo("bo", group.copy(1))
        await group.reads("1 photo · 2 people · 1 duplicate")
        assert await group.answer("names off", "bo") == "The film will name nobody."
        await group.film("bo")
        await group.film("bo", "all")
    assert len(nemo.asked("open")) == 2  # a version is made whole
    assert len(uploads(nemo)) == 3
    assert prompts(nemo)[1].endswith("Use all photos.")
    assert "credits" not in prompts(nemo)[0]
    assert [film.caption.splitlines()[-1] for film in chat.films] == [
        "1 in the film; 1 not: 1 duplicate",
        "2 in the film",
    ]


async def test_the_next_version_lacks_what_was_taken_out(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        mine = await group.photo("ana", 1)
        await group.photo("bo", 2)
        await group.reads("2 photos · 2 people")
        await group.film("bo")
        assert "1 file is out" in await group.answer("", "ana", "remove", reply_to=mine)
        await group.say("a little calmer", who="bo")
        await chat.until(lambda: len(prompts(nemo)) == 2 and chat.open_lines <= group.standing)
    assert uploads(nemo) == ["IMG_1.jpg", "IMG_2.jpg", "IMG_2.jpg"]
    projects = [seen.path.split("/")[-1] for seen in nemo.asked("upload")]
    assert projects[2] != projects[0]  # another one of the service's


async def test_late_arrivals_become_one_button_and_older_versions_stay(
    nemo: NemoServer, chat: Chat, tmp_path: Path
) -> None:
    async with collecting(nemo, chat, tmp_path, event_fresh=0.5, same_failure=0.0) as group:
        await group.photo("ana", 1)
        await group.reads("1 photo · 1 person")
        await group.film()
        await group.photo("bo", 2)
        await group.photo("cy", 3)
        await chat.until(lambda: "“our event” has new photos or clips." in chat.texts)
        offer = chat.buttons[-1]
        assert offer == Button(label="🎬 v2 with the 2 new", command="event", prompt="go")
        nemo.film += b"\0" * 8  # another film, byte for byte
        await group.film("bo", offer.prompt)
        back = Button(label="⏪ v1", command="last", prompt="v1")
        assert back in chat.film_buttons
        renders = len(nemo.asked("render"))
        await group.say("use v1", who="ana")
        await chat.until(lambda: len(chat.films) == 3 and chat.open_lines <= group.standing)
        await chat.press(back)
        await chat.until(lambda: len(chat.films) == 4 and chat.open_lines <= group.standing)
        for film in (tmp_path / "bot" / "spool" / "films").glob("*.mp4"):
            film.unlink()  # forgotten meanwhile
        none = "I have no such version here: films are kept only for a while."
        assert await group.answer("v7", command="last") == await group.answer("v1", command="last") == none
    assert len(nemo.asked("render")) == renders == 2
    sizes = [film.size for film in chat.films]
    assert [size - sizes[0] for size in sizes] == [0, 8, 0, 0]
    assert ["in the film" in film.caption for film in chat.films] == [True, True, False, False]  # the newest one's
    assert sum("has new photos" in text for text in chat.texts) == 1


async def test_two_groups_make_one_film_and_both_get_it(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path) as group:
        code = chat.texts[0].rpartition("test://join/")[2]
        await group.say(code, who="dee", chat_id="2", command="link")
        await chat.until(lambda: len(chat.texts) == 2)
        await group.photo("dee", 51, chat_id="2")
        await group.photo("ana", 52)
        await group.reads("2 photos · 2 people")
        await group.order("go")
        await chat.until(lambda: len(chat.films) == 2)
    assert [to.chat_id for to in chat.went] == ["1", "2"]
    assert "Make it vertical, 9:16." in prompts(nemo)[0]
    assert len(nemo.asked("render")) == 1


async def test_what_cannot_be_paid_is_not_begun(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    async with collecting(nemo, chat, tmp_path, event_credits=1e9) as group:
        await group.photo("ana", 1)
        await group.reads("1 photo · 1 person")
        await group.answer("go")
    assert any("1,000,000,000" in line for line in chat.lines)
    assert nemo.asked("upload") == nemo.asked("run") == []


async def test_admins_choose_who_starts_and_spends_and_how_often(nemo: NemoServer, chat: Chat, tmp_path: Path) -> None:
    chat.admins = {"eve"}
    reserved = "The admins of this group have reserved that."
    async with collecting(nemo, chat, tmp_path, same_failure=0.0) as group:
        assert await group.answer("allow start admins") == reserved
        assert "Start: admins · make: everyone" in await group.answer("allow start admins", "eve")
        assert await group.answer("start") == reserved
        assert "make: who asked" in await group.answer("allow make requester", "eve")
        assert "per day: 1" in await group.answer("cap 1", "eve")
        await group.photo("bo", 1)
        await group.reads("1 photo · 1 person")
        await group.answer("sheet", "bo")
        assert await group.answer("drop 1", "bo") == await group.answer("go", "bo") == reserved
        assert nemo.asked("upload") == []
        await group.film("ana")
        assert "1 film or change of today" in await group.answer("go", "eve")
    assert len(nemo.asked("run")) == 1
