"""An event's group: what people send counts in silently, in one place, until somebody says go."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from PIL import Image

from bot.core.chat import ChatKind
from bot.engine.ports import Button
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import Reply, run, said, tool, tool_done

CARD = "event:1:card"


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Six photos that nobody takes for each other."""
    files = [tmp_path / f"IMG_{number}.jpg" for number in range(1, 7)]
    for number, file in enumerate(files):
        Image.effect_noise((96, 64), 60 + number).resize((960, 640)).convert("RGB").save(file)
    return files


class Group:
    """A group of people around a chat."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.say = partial(chat.send, kind=ChatKind.GROUP)

    async def photo(self, who: str, *files: Path, **more: str) -> str:
        return await self.say("", *files, who=who, addressed=False, **more)

    @property
    def card(self) -> str:
        return self.chat.shown.get(CARD, "")

    async def reads(self, words: str) -> None:
        await self.chat.until(lambda: self.card.endswith(words), 30)


@pytest.fixture
def group(chat: Chat) -> Group:
    return Group(chat)


async def test_everybodys_files_count_in_on_one_card_and_nothing_leaves(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.photo("early", pictures[5])
        await group.say('start "Ana & Bo" until tomorrow', who="ana", command="event")
        await group.reads("Ana & Bo: 0 photos · 0 people")
        await group.photo("ana", pictures[0])
        await group.photo("bo", pictures[1], pictures[2], thread="55")
        (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
        await group.photo("bo", tmp_path / "broken.jpg")
        (again := tmp_path / "again.jpg").write_bytes(pictures[0].read_bytes())
        await group.photo("cy", again)
        await group.reads("3 photos · 3 people · 1 duplicate · 1 unreadable")
        (notice,) = group.chat.texts
        assert "NemoVideo cloud" in notice
        assert "test://join/" in notice
        assert group.chat.open_lines == {CARD}
        await group.say(command="who", who="cy")
        await group.chat.until(lambda: len(group.chat.texts) == 2)
        assert group.chat.texts[1].splitlines() == [
            "“Ana & Bo”: 3 photos · 3 people · 1 duplicate · 1 unreadable",
            "Bo: 2",
            "Ana: 1",
            "Cy: 1",
        ]
    assert nemo.seen == []


async def test_guests_join_in_private_and_their_files_stay_here_too(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.say("start", who="ana", command="event")
        await group.reads("0 people")
        code = group.chat.texts[0].rpartition("test://join/")[2]
        guest = partial(group.chat.send, who="dee", chat_id="99")
        await guest("WRONG", command="join")
        await guest(f"join_{code.lower()}", command="start")
        await group.chat.until(lambda: len(group.chat.texts) == 3)
        assert group.chat.texts[1:] == [
            "I know no open event with this code.",
            "You are in: what you send me here counts for “our event”. /event leave ends that.",
        ]
        await guest("my best one", pictures[0])
        await group.reads("1 photo · 1 person")
        await guest("leave", command="event")
        await group.chat.until(lambda: len(group.chat.texts) == 4)
    assert nemo.asked("upload") == []


async def test_who_opts_out_removes_or_leaves_is_not_counted(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.say("start", who="ana", command="event")
        await group.reads("0 people")
        mine = await group.photo("ana", pictures[0])
        await group.photo("ana", pictures[1])
        await group.photo("bo", pictures[2])
        await group.photo("cy", pictures[3])
        await group.reads("4 photos · 3 people")
        await group.say(command="remove", who="bo", reply_to=mine)
        await group.say(command="remove", who="ana", reply_to=mine)
        await group.reads("3 photos · 3 people")
        await group.say(command="optout", who="bo")
        await group.reads("2 photos · 2 people")
        await group.photo("bo", pictures[4])
        await group.say(command="left", who="cy")
        await group.reads("1 photo · 1 person")
        await group.say(command="optin", who="bo")
        await group.reads("2 photos · 2 people")
        await group.chat.until(lambda: len(group.chat.texts) == 5)
        assert sorted(text.split(":")[0] for text in group.chat.texts[1:]) == [
            "1 file is out of the next version.",
            "Answer a photo or clip of your own with /remove.",
            "You are in again; 1 file counts once more.",
            "You are out",
        ]


async def test_it_is_closed_once_and_offers_the_film(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.say("close", who="ana", command="event")
        await group.chat.until(lambda: group.chat.texts)
        assert group.chat.texts == ["Nothing is being collected here. /event start begins."]
        soon = datetime.now(UTC) + timedelta(minutes=1)
        then = soon - timedelta(days=1)  # a clock that people name, whatever the hour of this test
        await group.say(f'start "X" until {soon:%H:%M}', who="ana", command="event", at=then)
        await group.chat.until(lambda: len(group.chat.texts) == 3)
        await group.photo("ana", pictures[0])
        await asyncio.sleep(0.2)
    assert "“X” is closed: 0 photos" in group.chat.texts[2]
    assert Button(label="🎬 Make the film", command="event", prompt="go") in group.chat.buttons
    assert group.chat.open_lines == set()


async def test_a_quiet_collection_asks_once_and_again_after_news(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat, event_idle=0.0):
        await group.say("start", who="ana", command="event")
        await group.photo("ana", pictures[0])
        await group.chat.until(lambda: any("for a while" in text for text in group.chat.texts))
        await group.chat.press(group.chat.buttons[-1])
        await group.chat.until(lambda: "Collecting goes on." in group.chat.texts)


async def test_the_card_is_true_again_after_a_restart(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat, event_every=1000.0):
        await group.say("start", who="ana", command="event")
        await group.reads("0 people")
        await group.photo("ana", pictures[0])
        await group.reads("1 photo · 1 person · 1 downloading")
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.reads("1 photo · 1 person")
        await group.photo("bo", pictures[1])
        await group.reads("2 photos · 2 people")


async def test_a_member_is_forgotten_with_a_receipt(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.say("start", who="ana", command="event")
        await group.reads("0 people")
        await group.photo("ana", pictures[0], pictures[1])
        await group.photo("bo", pictures[2])
        await group.reads("3 photos · 2 people")
        seen = tmp_path / "bot" / "spool" / "films"
        assert len([*seen.glob("seen-*.jpg")]) == 3
        await group.say(command="forget", who="ana")
        await group.reads("1 photo · 1 person")
        assert group.chat.texts[1:] == [
            (
                "🗑 Deleted here: 2 files of yours, with your name and what I saw in them. "
                "None of it had left for the editing service."
            )
        ]
        assert len([*seen.glob("seen-*.jpg")]) == 1


def on_the_timeline(nemo: NemoServer, *names: str) -> Reply:
    """An edit after which the service shows these files."""

    async def reply(request: web.Request) -> web.StreamResponse:
        response = await run(tool(), tool_done(), said("Made it."))(request)
        segments = [{"d": 2000, "m": {"title": name}} for name in names]
        for session in nemo._sessions.values():
            session["draft"] = {"t": [{"tt": 0, "sg": segments}], "d": 2000 * len(names), "m": {"title": "Ana & Bo"}}
        return response

    return reply


def prompts(nemo: NemoServer) -> list[str]:
    return [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]


async def test_one_film_in_order_with_everybody_named_and_checked(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    nemo.on("run", on_the_timeline(nemo, "IMG_1.jpg", "IMG_3.jpg"), on_the_timeline(nemo, "IMG_1.jpg", "IMG_2.jpg"))
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.say('start "Ana & Bo"', who="ana", command="event")
        await group.reads("0 people")
        hour = timedelta(hours=1)
        await group.photo("ana", pictures[0], pictures[2], at=datetime.now(UTC) + hour)
        await group.photo("bo", pictures[1])
        (again := tmp_path / "again.jpg").write_bytes(pictures[0].read_bytes())
        await group.photo("cy", again)
        await group.photo("dee", pictures[3])
        await group.say(command="optout", who="dee")
        await group.reads("3 photos · 3 people · 1 duplicate")
        assert nemo.asked("upload") == []
        await group.say("go", who="bo", command="event")
        await group.chat.until(lambda: group.chat.films and group.chat.open_lines == {CARD})
    first, second = prompts(nemo)
    assert first == (
        "turn these photos into a highlight reel with music and transitions. Make it 20 seconds long. "
        'Keep the upload order. Title "Ana & Bo". End credits "Ana, Bo, Cy".'
    )
    assert second == "Use all photos."  # Bo was missing
    uploads = [seen.body.split(b'filename="')[1].split(b'"')[0] for seen in nemo.asked("upload")]
    assert uploads == [b"IMG_2.jpg", b"IMG_1.jpg", b"IMG_3.jpg"]
    (film,) = group.chat.films
    assert film.caption == "Ana & Bo\n2 in the film; 2 not: 1 duplicate, 1 left out by the editor"
    assert Button(label="➕ Use all", command="event", prompt="all") in group.chat.film_buttons
    assert len([text for text in group.chat.texts if "Made it" in text]) == 1


async def test_all_of_it_when_somebody_wants_all(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.say("start", who="ana", command="event")
        await group.reads("0 people")
        await group.photo("ana", pictures[0])
        (again := tmp_path / "again.jpg").write_bytes(pictures[0].read_bytes())
        await group.photo("bo", again)
        await group.reads("1 photo · 2 people · 1 duplicate")
        await group.say("names off", who="bo", command="event")
        await group.chat.until(lambda: "The film will name nobody." in group.chat.texts)
        await group.say("go", who="bo", command="event")
        await group.chat.until(lambda: group.chat.films)
        await group.say("all", who="bo", command="event")
        await group.chat.until(lambda: len(group.chat.films) == 2)
    assert len(nemo.asked("open")) == 2  # a version is made whole
    assert len(nemo.asked("upload")) == 3
    assert prompts(nemo)[1].endswith("Use all photos.")
    assert "credits" not in prompts(nemo)[0]
    assert [film.caption.splitlines()[-1] for film in group.chat.films] == [
        "1 in the film; 1 not: 1 duplicate",
        "2 in the film",
    ]


async def test_the_next_version_lacks_what_was_taken_out(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.say("start", who="ana", command="event")
        await group.reads("0 people")
        mine = await group.photo("ana", pictures[0])
        await group.photo("bo", pictures[1])
        await group.reads("2 photos · 2 people")
        await group.say("go", who="bo", command="event")
        await group.chat.until(lambda: group.chat.films)
        await group.say(command="remove", who="ana", reply_to=mine)
        await group.say("a little calmer", who="bo")
        await group.chat.until(lambda: len(prompts(nemo)) == 2)
        await group.chat.until(lambda: group.chat.open_lines == {CARD})
    uploads = [(seen.path.split("/")[-1], b"IMG_1" in seen.body) for seen in nemo.asked("upload")]
    assert [first for _, first in uploads] == [True, False, False]
    assert uploads[2][0] != uploads[0][0]  # another project of the service


async def test_admins_choose_who_starts_and_spends_and_how_often(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    chat = group.chat
    chat.admins = {"eve"}
    async with bot_on(nemo.url, tmp_path / "bot", chat, same_failure=0.0):

        async def answer(text: str, who: str, command: str = "event") -> str:
            count = len(chat.texts)
            await group.say(text, who=who, command=command)
            await chat.until(lambda: len(chat.texts) > count)
            return chat.texts[count]

        reserved = "The admins of this group have reserved that."
        assert await answer("allow start admins", "ana") == reserved
        assert "Start: admins · make: everyone" in await answer("allow start admins", "eve")
        assert await answer("start", "ana") == reserved
        assert "make: who asked" in await answer("allow make requester", "eve")
        assert "per day: 1" in await answer("cap 1", "eve")
        assert "Collecting for" in await answer("start", "eve")
        await group.photo("ana", pictures[0])
        await group.reads("1 photo · 1 person")
        assert await answer("go", "ana") == reserved
        assert nemo.asked("upload") == []
        await group.say("go", who="eve", command="event")
        await chat.until(lambda: chat.films and chat.open_lines == {CARD})
        await group.say("go", who="eve", command="event")
        await chat.until(lambda: any("1 film or change of today" in text for text in chat.texts))
    assert len(nemo.asked("run")) == 1


async def test_what_cannot_be_paid_is_not_begun(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat, event_credits=1e9):
        await group.say("start", who="ana", command="event")
        await group.photo("ana", pictures[0])
        await group.reads("1 photo · 1 person")
        await group.say("go", who="ana", command="event")
        await group.chat.until(lambda: len(group.chat.texts) == 2)
    assert any("1,000,000,000" in line for line in group.chat.lines)
    assert nemo.asked("upload") == nemo.asked("run") == []


async def test_late_arrivals_become_one_button_and_older_versions_stay(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    chat = group.chat
    async with bot_on(nemo.url, tmp_path / "bot", chat, event_fresh=0.5):
        await group.say("start", who="ana", command="event")
        await group.photo("ana", pictures[0])
        await group.reads("1 photo · 1 person")
        await group.say("go", who="ana", command="event")
        await chat.until(lambda: chat.films and chat.open_lines == {CARD})
        await group.photo("bo", pictures[1])
        await group.photo("cy", pictures[2])
        await chat.until(lambda: "“our event” has new photos or clips." in chat.texts)
        offer = chat.buttons[-1]
        assert offer == Button(label="🎬 v2 with the 2 new", command="event", prompt="go")
        nemo.film += b"\0" * 8  # another film, byte for byte
        await group.say(offer.prompt, who="bo", command=offer.command)
        await chat.until(lambda: len(chat.films) == 2 and chat.open_lines == {CARD})
        renders = len(nemo.asked("render"))
        await group.say("v1", who="ana", command="last")
        await chat.until(lambda: len(chat.films) == 3 and chat.open_lines == {CARD})
        await group.say("v7", who="ana", command="last")
        await chat.until(lambda: len(chat.texts) > 4)
    assert len(nemo.asked("render")) == renders == 2
    assert [film.size for film in chat.films] == [chat.films[0].size, chat.films[0].size + 8, chat.films[0].size]
    assert sum("has new photos" in text for text in chat.texts) == 1


async def test_two_groups_make_one_film_and_both_get_it(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    chat = group.chat
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await group.say("start", who="ana", command="event")
        await group.reads("0 people")
        code = chat.texts[0].rpartition("test://join/")[2]
        await group.say(code, who="dee", chat_id="2", command="link")
        await chat.until(lambda: len(chat.texts) == 2)
        await group.photo("dee", pictures[0], chat_id="2")
        await group.photo("ana", pictures[1])
        await group.reads("2 photos · 2 people")
        await group.say("go", who="ana", command="event")
        await chat.until(lambda: len(chat.films) == 2)
    assert [to.chat_id for to in chat.went] == ["1", "2"]
    assert len(nemo.asked("render")) == 1


async def test_a_flood_of_questions_is_met_with_silence_but_nobody_is_kept_in(
    nemo: NemoServer, group: Group, tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat, event_asks_member=2):
        for _ in range(5):
            await group.say("join GUESS", who="eve", command="event")
        await group.say(command="optout", who="eve")
        await group.say("close", who="ana", command="event")
        await group.chat.until(lambda: len(group.chat.texts) == 4)
    assert sorted(text.split(".")[0] for text in group.chat.texts) == [
        "I know no open event with this code",
        "I know no open event with this code",
        "Nothing is being collected here",
        "You are out: nothing of yours is collected here, and 0 files left the next version",
    ]


async def test_starting_over_ends_a_collection(
    nemo: NemoServer, group: Group, pictures: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", group.chat):
        await group.say("start", who="ana", command="event")
        await group.reads("0 people")
        await group.say(command="new", who="ana")
        await group.chat.until(lambda: len(group.chat.texts) == 2 and not group.chat.open_lines)
        await group.photo("bo", pictures[0])
        await group.say("start", who="ana", command="event")
        await group.chat.until(lambda: group.chat.shown.get("event:2:card", "").endswith("0 photos · 0 people"))
