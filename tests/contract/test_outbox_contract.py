"""What the engine may rely on when it speaks, whichever the platform: the same tests for all of them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from adapters.console.outbox import ConsoleOutbox
from adapters.console.terminal import Terminal
from adapters.discord.addresses import Addresses
from adapters.discord.platform import Discord
from bot.core.chat import ChatRef
from bot.core.errors import VideoTooLarge
from bot.core.policy import Policy
from bot.engine.ports import Button, Outbox, Picture, Video
from bot.i18n import catalog
from tests.platforms.discord.conftest import QUICK, notebook_in
from tests.platforms.telegram.running import bot_on_telegram
from tests.servers import discord_objects, discord_state
from tests.servers.discord import DiscordServer
from tests.servers.nemo import NemoServer
from tests.servers.telegram import TelegramServer


@dataclass
class Stage:
    """A platform to speak on, and what its people see."""

    outbox: Outbox
    chat: ChatRef
    texts: Callable[[], list[str]]
    films: Callable[[], int]
    pictures: Callable[[], int]
    posts_lines: bool = True
    """Whether a live line is one message that changes; a terminal without one prints each phase."""

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(60):
            while not condition():
                await asyncio.sleep(0.02)


@asynccontextmanager
async def on_discord(folder: Path) -> AsyncIterator[Stage]:
    async with DiscordServer() as server, notebook_in(folder) as notebook:
        platform = Discord(
            token=discord_state.TOKEN,
            notebook=notebook,
            catalog=catalog.load(),
            policy=Policy(**QUICK),
            folder=folder / "taken",
            addresses=Addresses(api=server.url, cdn=server.url),
        )
        async with platform.speaking() as outbox:
            yield Stage(
                outbox,
                ChatRef(platform="discord", chat_id=discord_objects.CHANNEL),
                lambda: [message["content"] for message in server.sent()],
                lambda: len(server.films()),
                lambda: len(server.films()),
            )
    assert server.objections == []


@asynccontextmanager
async def on_telegram(folder: Path) -> AsyncIterator[Stage]:
    async with (
        TelegramServer() as server,
        NemoServer() as nemo,
        bot_on_telegram(server, nemo, folder / "bot") as running,
    ):
        await running.until(lambda: server.asked("getUpdates"))
        yield Stage(
            running.platform.outbox,
            ChatRef(platform="telegram", chat_id="7"),
            lambda: server.texts(7),
            lambda: len(server.films(7)),
            lambda: sum("photo" in message for message in server.messages.values()),
        )


@asynccontextmanager
async def on_console(folder: Path) -> AsyncIterator[Stage]:
    screen = io.StringIO()
    outbox = ConsoleOutbox(terminal=Terminal(stream=screen), out=folder / "out.mp4")
    yield Stage(
        outbox,
        ChatRef(platform="console", chat_id="1"),
        lambda: screen.getvalue().splitlines(),
        lambda: len(outbox.films),
        lambda: len([*folder.glob("sheet.jpg")]),
        posts_lines=False,
    )


@pytest.fixture(params=[on_discord, on_telegram, on_console])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with request.param(tmp_path) as made:
        yield made


@pytest.fixture
def video(film: bytes, tmp_path: Path) -> Video:
    """A film that is ready to go."""
    path = tmp_path / "ready.mp4"
    path.write_bytes(film)
    return Video(
        path=path,
        name="ready.mp4",
        width=64,
        height=48,
        duration=2.0,
        size=len(film),
        poster=None,
        caption="A day out",
    )


def key(stage: Stage, number: int) -> str:
    return f"{stage.chat.platform}:{number:020d}"


async def test_words_arrive_whole_and_in_order(stage: Stage) -> None:
    long = " ".join(f"word{number}" for number in range(1500))
    await stage.outbox.say(stage.chat, "First of all.", key=f"{key(stage, 1)}:a")
    await stage.outbox.say(stage.chat, long, key=f"{key(stage, 1)}:b", buttons=(Button(label="Go", prompt="go"),))
    await stage.until(lambda: "word1499" in " ".join(stage.texts()))
    limit = stage.outbox.limits(stage.chat).text_units
    assert all(len(text.encode("utf-16-le")) // 2 <= limit for text in stage.texts())
    seen = " ".join(stage.texts())
    places = [seen.index(f"word{number}") for number in (0, 700, 1499)]
    assert [seen.index("First of all."), *places] == sorted([seen.index("First of all."), *places])


async def test_a_job_has_one_line_and_its_last_words_arrive(stage: Stage) -> None:
    for step in range(8):
        await stage.outbox.status(stage.chat, f"Working on part {step}", key=key(stage, 2))
    await stage.outbox.status(stage.chat, "All finished", key=key(stage, 2), done=True)
    await stage.until(lambda: any("All finished" in text for text in stage.texts()))
    if stage.posts_lines:
        assert len(stage.texts()) == 1


async def test_a_film_is_sent_once_and_known_to_be_out_before_the_answer(stage: Stage, video: Video) -> None:
    seen: list[int] = []

    async def body_sent() -> None:
        seen.append(stage.films())

    message = await stage.outbox.video(stage.chat, video, key=f"{key(stage, 3)}:film", body_sent=body_sent)
    assert message
    assert seen[0] == 0
    assert stage.films() == 1


@pytest.mark.parametrize("stage", [on_discord, on_telegram], indirect=True)  # a disk takes everything
async def test_a_film_that_is_too_large_is_refused_before_it_is_sent(stage: Stage, video: Video) -> None:
    limit = stage.outbox.limits(stage.chat).video_bytes
    large = Video(**{name: getattr(video, name) for name in video.__slots__} | {"size": limit + 1})

    async def body_sent() -> None:
        raise AssertionError("nothing was to be sent")

    with pytest.raises(VideoTooLarge) as refusal:
        await stage.outbox.video(stage.chat, large, key=f"{key(stage, 4)}:film", body_sent=body_sent)
    assert refusal.value.params == {"size": limit + 1, "limit": limit}
    assert stage.films() == 0


async def test_a_picture_is_one_message_with_its_words(stage: Stage, tmp_path: Path) -> None:
    drawn = tmp_path / "drawn" / "1.jpg"
    drawn.parent.mkdir()
    Image.new("RGB", (64, 48)).save(drawn)
    picture = Picture(path=drawn, name="sheet.jpg", caption="Choose among these.", description="Two pictures.")
    shown_when_sent = []

    async def body_sent() -> None:
        shown_when_sent.append(stage.pictures())

    about = {"key": f"{key(stage, 5)}:sheet", "body_sent": body_sent, "buttons": (Button(label="Go"),)}
    await stage.outbox.picture(stage.chat, picture, **about)
    await stage.until(lambda: any("Choose among these." in text for text in stage.texts()))
    assert stage.pictures() == 1
    if stage.posts_lines:
        assert shown_when_sent == [0]
    if stage.posts_lines:
        assert len(stage.texts()) == 1
