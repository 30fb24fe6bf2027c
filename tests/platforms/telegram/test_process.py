"""`highlight-bot run` as a process: killed without warning, refused a token, asked to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.core.links import links_in
from tests.engine.chat import FAST
from tests.platforms.telegram.test_faults import until
from tests.servers.nemo import NemoServer
from tests.servers.telegram import TOKEN, TelegramServer, refuse
from tests.servers.telegram_updates import message, photo

pytestmark = pytest.mark.uncounted


def environment(telegram: TelegramServer, nemo: NemoServer, folder: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    policy = {f"HIGHLIGHT_POLICY__{name.upper()}": str(value) for name, value in FAST.items()}
    mine = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "HIGHLIGHT_DATA_DIR": str(folder),
        "NEMO_API_URL": nemo.url,
    }
    return kept | policy | mine | more


@asynccontextmanager
async def process(env: dict[str, str], folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        env=env,
        cwd=folder,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def test_kill_9_in_the_middle_of_an_album_of_thirty(
    telegram: TelegramServer, nemo: NemoServer, photos: list[str], tmp_path: Path
) -> None:
    env = environment(telegram, nemo, tmp_path / "bot")
    for number in range(30):
        telegram.files[f"p{number}"] = telegram.files[photos[number % 10]]
    album: list[dict[str, Any]] = [message(photo=photo(f"p{n}"), media_group_id=f"a{n // 10}") for n in range(30)]
    album[0]["caption"] = "turn these into a highlight reel"
    async with process(env, tmp_path) as first:
        for sent in album[:14]:
            telegram.send(sent)
        await until(lambda: len(nemo.asked("upload")) >= 4)
        first.send_signal(signal.SIGKILL)
        await first.wait()
    telegram.send(*album[14:])
    async with process(env, tmp_path):
        await until(lambda: telegram.films(7))
        await until(lambda: len({call.body for call in nemo.asked("upload")}) >= 30 or len(nemo.asked("upload")) >= 30)
    assert len(telegram.films(7)) == 1
    assert len(nemo.asked("run")) == 1
    lines = [text for text in telegram.texts(7) if "📤" in text or "✅" in text or "✂️" in text]
    assert len(lines) <= 4, "one for each job: what came later may be one job or two, never one for each photo"


async def test_a_film_that_telegram_refuses_is_handed_out_by_the_bot_itself(
    telegram: TelegramServer, nemo: NemoServer, photos: list[str], film: bytes, tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    public = f"http://127.0.0.1:{port}/bot"
    env = environment(telegram, nemo, tmp_path / "bot", HIGHLIGHT_HTTP_PORT=str(port), HIGHLIGHT_PUBLIC_URL=public)
    telegram.on("sendVideo", refuse("Request Entity Too Large", 413))
    telegram.send(message(photo=photo(photos[0]), caption="turn this into a highlight reel"))
    async with process(env, tmp_path), aiohttp.ClientSession() as session:
        await until(lambda: any(public in text for text in telegram.texts(7)))
        (link,) = links_in(next(text for text in telegram.texts(7) if public in text))
        async with session.get(link, headers={"Range": "bytes=0-99"}) as answer:
            assert (answer.status, await answer.read()) == (206, film[:100])
        async with session.get(link) as answer:
            assert (answer.status, await answer.read()) == (200, film)
        await until(lambda: any("Done" in text for text in telegram.texts(7)))
        assert len(telegram.asked("sendVideo")) == 1, "this one cannot be made smaller"
    assert TOKEN not in link
    assert not telegram.films(7)


async def test_a_revoked_token_is_one_line_and_code_78(
    telegram: TelegramServer, nemo: NemoServer, tmp_path: Path
) -> None:
    telegram.on("getMe", refuse("Unauthorized", 401))
    async with process(environment(telegram, nemo, tmp_path / "bot"), tmp_path) as running:
        _, errors = await running.communicate()
    assert running.returncode == 78
    assert errors.decode().count("\n") == 1
    assert "does not accept TELEGRAM_TOKEN" in errors.decode()
    assert TOKEN not in errors.decode()


async def test_sigterm_ends_it_in_order_and_the_token_is_in_no_log(
    telegram: TelegramServer, nemo: NemoServer, tmp_path: Path
) -> None:
    env = environment(telegram, nemo, tmp_path / "bot", HIGHLIGHT_LOG_LEVEL="DEBUG", HIGHLIGHT_HTTP_PORT="0")
    telegram.on("getUpdates", refuse("Internal Server Error", 500))
    async with process(env, tmp_path) as running:
        telegram.send(message(text="help"))
        await until(lambda: telegram.texts(7))
        running.send_signal(signal.SIGTERM)
        _, errors = await running.communicate()
    assert running.returncode == 0, errors.decode()[-2000:]
    assert TOKEN not in errors.decode()
