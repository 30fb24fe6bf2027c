"""A film that is too large for its chat: made smaller, handed out by address, or put into words."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import av
import pytest

from bot.codec.movie import inspect
from bot.core.chat import ChatRef
from bot.core.policy import Policy
from bot.media.tools import file_tools
from bot.web.films import FilmShelf
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import answer, film

HIGHLIGHT = "turn these photos into a highlight reel"
PUBLIC = "https://films.example/bot"


@pytest.fixture
async def nemo(heavy_film: bytes) -> AsyncIterator[NemoServer]:
    async with NemoServer(film=heavy_film) as server:
        yield server


@pytest.fixture
def shelf(tmp_path: Path) -> FilmShelf:
    return FilmShelf(tmp_path / "bot" / "spool" / "films", key=b"k" * 32, public_url=PUBLIC, days=7)


def marks(folder: Path) -> dict[str, str]:
    """What the bot has on record about its turns."""
    with closing(sqlite3.connect(folder / "bot.sqlite")) as connection:
        return dict(connection.execute("select name, value from bot_marks").fetchall())


async def made(chat: Chat, photos: list[Path]) -> None:
    await chat.send(HIGHLIGHT, photos[0])
    await chat.until(lambda: (chat.films or chat.texts[1:]) and not chat.open_lines)


@pytest.mark.parametrize(
    ("limit", "reason", "lines"), [(200_000, "Compressed to fit 0.2 MB.", 1080), (110_000, "720p, to fit 0.1 MB.", 720)]
)
async def test_it_is_made_to_fit_and_says_why(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path, limit: int, reason: str, lines: int
) -> None:
    chat.limit = limit
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await made(chat, photos)
        (sent,) = chat.films
        assert sent.caption == f"First\n{reason}"
        assert (sent.height, inspect(sent.path).height) == (lines, lines)
        assert sent.size <= limit
        with av.open(sent.path) as container:
            assert sum(1 for _ in container.decode(video=0)) == 20
        assert sent.description == "A film of 3 seconds. 1 shot. Title: First."
        assert sent.cover
    assert any(line.startswith("🗜 Making it fit") for line in chat.lines)
    assert not [button for button in chat.film_buttons if button.command], "there is no way to more"


async def test_a_film_that_fits_is_sent_as_it_is(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path, heavy_film: bytes
) -> None:
    chat.limit = len(heavy_film)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await made(chat, photos)
        assert chat.films[0].path.read_bytes() == heavy_film
    assert chat.films[0].caption == "First"


async def test_the_whole_film_has_an_address_and_a_button(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path, shelf: FilmShelf
) -> None:
    chat.limit = 200_000
    async with bot_on(nemo.url, tmp_path / "bot", chat, shelf=shelf):
        await made(chat, photos)
        caption = chat.films[0].caption
        assert "Full version (0.7 MB, for 7 days): https://films.example/bot/films/" in caption
        (button,) = [button for button in chat.film_buttons if button.command]
        assert (button.label, button.command) == ("Full quality", "original")
        before = len(chat.texts)
        await chat.press(button)
        await chat.until(lambda: len(chat.texts) > before and not chat.open_lines)
        assert chat.texts[-1].startswith("The film is 0.7 MB, and at most 0.2 MB can be sent here.\nFull version")
        assert not chat.files
        chat.limit = 50_000_000
        await chat.press(button)
        await chat.until(lambda: chat.files and not chat.open_lines)
        assert chat.files[0].size == len(nemo.film)
    assert len(nemo.asked("render")) == 1


async def test_once_more_is_not_made_smaller_once_more(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    chat.limit = 200_000
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await made(chat, photos)
        first = chat.films[0].path.stat().st_ino
        await chat.send(command="last")
        await chat.until(lambda: len(chat.films) == 2 and not chat.open_lines)
        assert chat.films[1].path.stat().st_ino == first
        nemo.on("file", film(nemo.film + b"\x00\x00\x00\x08free"))
        await chat.send("shorter, please")
        await chat.until(lambda: chat.buttons)
        await chat.press(chat.buttons[0])
        await chat.until(lambda: len(chat.films) == 3 and not chat.open_lines)
        kept = list((tmp_path / "bot" / "spool" / "films").iterdir())
        assert len({file.name.partition(".")[0] for file in kept}) == 1, "only the newest film stays"
    assert len(nemo.asked("render")) == 2


async def test_a_chat_that_takes_less_than_it_says_is_believed(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    chat.limit, chat.refuses_from = 200_000, 100_000
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await made(chat, photos)
    (sent,) = chat.films
    assert sent.size < 100_000
    # How many bytes an encoder with threads needs is not the same every time, and this is near the edge.
    assert sent.caption in {f"First\n{lines}, to fit 0.1 MB." for lines in ("720p", "540p")}
    kept = marks(tmp_path / "bot")
    assert (kept["fitting-0"], kept["fitting-1"], len(kept.keys() & {"body", "body-1"})) == ("1", "1", 2)


async def test_a_chat_that_takes_nothing_is_asked_twice(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    chat.limit, chat.refuses_from = 200_000, 1
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, photos[0])
        await chat.until(lambda: any("can be sent here" in text for text in chat.texts) and not chat.open_lines)
        assert [button.label for button in chat.buttons] == ["make it shorter"]
    assert not chat.films


async def test_what_cannot_be_watched_is_an_address_or_a_sentence(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path, shelf: FilmShelf
) -> None:
    chat.limit = 20_000
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, photos[0])
        await chat.until(lambda: any("Ask for a shorter one" in text for text in chat.texts) and not chat.open_lines)
    async with bot_on(nemo.url, tmp_path / "bot", chat, shelf=shelf):
        await chat.send(command="last")
        await chat.until(lambda: any(PUBLIC in text for text in chat.texts) and not chat.open_lines)
    assert chat.texts[-1].startswith("The film is 0.7 MB, and at most 0 MB can be sent here.\nFull version")
    assert not chat.films
    assert chat.lines[-1].startswith("✅")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://cdn.example.com/films/a1b2.mp4", True),
        ("https://cdn.example.com/films/a1b2.mp4?X-Amz-Signature=ab", False),
        ("http://cdn.example.com/films/a1b2.mp4", False),
    ],
)
async def test_the_services_own_address_is_given_when_it_holds_no_secret(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path, address: str, shown: bool
) -> None:
    """The address cannot be fetched here: the film comes by the service's own path."""
    nemo.on("poll", answer({"status": "completed", "outputUrl": address}))
    chat.limit = 200_000
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await made(chat, photos)
    assert (address in chat.films[0].caption) is shown
    assert any(button.command == "original" for button in chat.film_buttons) is shown


class Impatient(Chat):
    """Says stop as soon as a smaller film is being made."""

    async def status(self, chat: ChatRef, text: str, *, key: str, done: bool = False) -> None:
        await super().status(chat, text, key=key, done=done)
        if text.startswith("🗜"):
            await self.send("stop")
            await self.until(lambda: any("Stopping" in said for said in self.texts))


async def test_stop_ends_the_work_on_a_smaller_film(nemo: NemoServer, photos: list[Path], tmp_path: Path) -> None:
    chat = Impatient(limit=200_000)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send(HIGHLIGHT, photos[0])
        await chat.until(lambda: any(text.startswith("Stopped") for text in chat.texts))
    assert not chat.films
    assert not list((tmp_path / "bot" / "spool" / "films").glob("*.small.*"))


async def test_what_progress_raises_ends_the_work(tmp_path: Path, heavy_film: bytes) -> None:
    (large := tmp_path / "a.mp4").write_bytes(heavy_film)

    async def progress(written: int) -> None:
        raise InterruptedError

    async with file_tools(Policy()) as tools:
        with pytest.raises(InterruptedError):
            await tools.fit(large, target=tmp_path / "b.mp4", limit=200_000, progress=progress)
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


async def test_a_broken_film_is_not_made_smaller(tmp_path: Path) -> None:
    (large := tmp_path / "a.mp4").write_bytes(b"no film" * 1000)

    async def progress(written: int) -> None:
        return None

    async with file_tools(Policy()) as tools:
        assert await tools.fit(large, target=tmp_path / "b.mp4", limit=200_000, progress=progress) is None
