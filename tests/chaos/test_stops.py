"""Stopping, skipping what kills, and machines in trouble: the real process, the counterparts' own records."""

from __future__ import annotations

import resource
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.cli import EXIT_PASSING, EXIT_UNUSABLE
from bot.i18n import catalog
from tests.chaos.chat_server import ChatServer
from tests.chaos.running import ended, make_photos, rows, start
from tests.servers import nemo as nemo_server
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import hang, run, tool

pytestmark = [pytest.mark.slow, pytest.mark.uncounted, pytest.mark.timeout(400)]

WORDS = catalog.load()
REQUEST = "turn these photos into a highlight reel"
ROOM = 8192
"""Bytes that a file may have on a full disk: none of the database's can grow, and there is room for words on stderr."""
PADDING = 24_000_000
LIMIT = 12_000_000


@asynccontextmanager
async def services(film: bytes) -> AsyncIterator[tuple[NemoServer, ChatServer]]:
    async with NemoServer(film=film) as nemo, ChatServer() as chat:
        yield nemo, chat


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
async def test_a_stop_leaves_the_rest_to_the_next_start(
    film: bytes, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    async with services(film) as (nemo, chat):
        nemo.on("run", run(tool(), hang()))
        chat.updates.append({"text": REQUEST, "media": make_photos(tmp_path / "photos")})
        chat.updates.append({"text": "make it shorter"})
        first = await start(tmp_path, nemo.url, chat.url)
        assert await chat.until(lambda: nemo.asked("run") and chat.confirmed == 2 and chat.said, 120)
        first.send_signal(number)
        assert await ended(first) == code
        # Neither over nor counted as a beginning that went wrong.
        assert rows(tmp_path, "SELECT state, attempts FROM bot_turns ORDER BY id") == [("running", 0), ("waiting", 0)]
        assert [said["key"] for said in chat.said] == ["http:00000001:queue.position"]
        nemo._sessions[next(iter(nemo._sessions))]["draft"] = nemo_server.DRAFT  # the run went on without us
        second = await start(tmp_path, nemo.url, chat.url)
        assert await chat.until(lambda: len(nemo.asked("run")) == 2 and chat.films, 120)
        second.terminate()
        assert await ended(second) == 0
        assert "shorter" in nemo.asked("run")[1].body.decode()
        assert len(chat.films) == 1


async def test_a_turn_that_kills_the_process_is_skipped_and_its_lane_goes_on(film: bytes, tmp_path: Path) -> None:
    async with services(film) as (nemo, chat):
        chat.updates.append({"text": REQUEST, "media": make_photos(tmp_path / "photos")})
        chat.updates.append({"text": "start over"})
        for _ in range(2):
            process = await start(tmp_path, nemo.url, chat.url, failpoint="render-completed", recovery_attempts=2)
            assert await ended(process) == -signal.SIGKILL
        process = await start(tmp_path, nemo.url, chat.url, failpoint="render-completed", recovery_attempts=2)
        assert await chat.until(lambda: len(rows(tmp_path, "SELECT 1 FROM bot_turns WHERE ended > 0")) == 2, 120)
        process.terminate()
        assert await ended(process) == 0
        texts = [said["text"] for said in chat.said]
        assert texts[-2:] == [WORDS.text("en", "error.skipped"), WORDS.text("en", "report.renewed")]
        assert (len(nemo.asked("run")), len(nemo.asked("render")), chat.films) == (1, 1, [])


async def test_a_full_disk_ends_the_process_in_words_and_loses_nothing(film: bytes, tmp_path: Path) -> None:
    async with services(film) as (nemo, chat):
        chat.updates.append({"text": "help"})
        first = await start(tmp_path, nemo.url, chat.url)
        assert await chat.until(lambda: chat.said and rows(tmp_path, "SELECT 1 FROM bot_turns WHERE ended > 0"), 120)
        limits = resource.prlimit(first.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(first.pid, resource.RLIMIT_FSIZE, (ROOM, limits[1]))
        chat.updates.append({"text": "help"})
        assert await ended(first) == EXIT_PASSING
        said = (tmp_path / "stderr").read_text()
        assert "The bot's database cannot be used" in said
        assert "Traceback" not in said
        second = await start(tmp_path, nemo.url, chat.url)
        assert await chat.until(lambda: len(chat.said) == 2, 120)
        second.terminate()
        assert await ended(second) == 0


async def test_a_film_that_finds_no_room_is_told_and_comes_once_there_is(film: bytes, tmp_path: Path) -> None:
    padded = film + (PADDING + 8).to_bytes(4, "big") + b"free" + bytes(PADDING)
    async with services(padded) as (nemo, chat):
        chat.updates.append({"text": "help"})
        process = await start(tmp_path, nemo.url, chat.url)
        assert await chat.until(lambda: chat.said, 120)
        limits = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (LIMIT, limits[1]))
        chat.updates.append({"text": REQUEST, "media": make_photos(tmp_path / "photos")})
        assert await chat.until(lambda: chat.said[-1]["text"] == WORDS.text("en", "error.disk"), 120)
        assert list((tmp_path / "data" / "spool" / "films").iterdir()) == []
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limits)
        chat.updates.append({"text": "export"})
        assert await chat.until(lambda: chat.films == [padded], 120)
        process.terminate()
        assert await ended(process) == 0
        assert len(nemo.asked("run")) == 1


async def test_a_film_that_is_damaged_in_the_spool_is_fetched_again(film: bytes, tmp_path: Path) -> None:
    async with services(film) as (nemo, chat):
        chat.updates.append({"text": REQUEST, "media": make_photos(tmp_path / "photos")})
        first = await start(tmp_path, nemo.url, chat.url, failpoint="film-fetched")
        assert await ended(first) == -signal.SIGKILL
        (spooled,) = (tmp_path / "data" / "spool" / "films").glob("*.mp4")
        spooled.write_bytes(film[: len(film) // 2])
        second = await start(tmp_path, nemo.url, chat.url)
        assert await chat.until(lambda: chat.films, 120)
        second.terminate()
        assert await ended(second) == 0
        assert chat.films == [film]
        assert (len(nemo.asked("render")), len(nemo.asked("file"))) == (1, 2)


async def test_a_damaged_database_is_told_to_the_operator(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.sqlite").write_bytes(b"Dear diary, " * 1000)
    process = await start(tmp_path, "http://127.0.0.1:9", "http://127.0.0.1:9")
    assert await ended(process) == EXIT_UNUSABLE
    assert (tmp_path / "stderr").read_text().startswith("The database is damaged: file is not a database")
