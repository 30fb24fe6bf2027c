from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from adapters.discord.addresses import Addresses
from adapters.discord.platform import Discord
from bot import app
from bot.core.policy import Policy
from bot.engine.intake import Intake
from bot.i18n import catalog
from bot.settings import NemoSettings, Settings
from bot.store.database import Database
from bot.store.notebook import SqlNotebook
from bot.store.sql import SqlStore
from tests.engine.chat import FAST
from tests.servers.discord import DiscordServer
from tests.servers.discord_state import TOKEN
from tests.servers.nemo import NemoServer

CATALOG = catalog.load()
QUICK = FAST | {"answer_timeout": 10.0}
Start = Callable[..., AbstractAsyncContextManager[Discord]]


@pytest.fixture
async def nemo(film: bytes) -> AsyncIterator[NemoServer]:
    """The scripted service, with a film that plays."""
    async with NemoServer(film=film) as server:
        yield server


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    """A Discord whose description must have nothing against any request of the test.

    It is more patient than the real one, since a process that has just begun shares the machine with others; tests of
    the deadline itself say so.
    """
    async with DiscordServer() as server:
        server.patience = 60.0
        yield server
    assert server.objections == []


@asynccontextmanager
async def notebook_in(folder: Path) -> AsyncIterator[SqlNotebook]:
    """A platform's notebook in a database of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = Database(folder / "notes.sqlite")
    async with SqlStore(engine).opened():
        yield SqlNotebook(engine, "discord")


async def settled(intake: Intake) -> None:
    """Let the last turns end: a test is over when the film is there, the bot a moment later."""
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            while await intake._desk.store.open_turns():
                await asyncio.sleep(0.02)


@pytest.fixture
def start(discord: DiscordServer, nemo: NemoServer, tmp_path: Path) -> Start:
    """`async with start() as platform`: the whole bot; the same data directory each time."""

    @asynccontextmanager
    async def starting(
        *, token: str = TOKEN, options: dict[str, Any] | None = None, **policy: float
    ) -> AsyncIterator[Discord]:
        settings = Settings(
            _env_file=None,
            data_dir=tmp_path / "data",
            backend="nemo",
            policy=QUICK | policy,
            nemo=NemoSettings(_env_file=None, api_url=nemo.url),
        )
        async with notebook_in(tmp_path / "notes") as notebook:
            platform = Discord(
                token=token,
                notebook=notebook,
                catalog=CATALOG,
                policy=settings.effective_policy(),
                folder=tmp_path / "taken",
                **{"addresses": Addresses(api=discord.url, cdn=discord.url)} | (options or {}),
            )
            async with app.engine(settings, [platform]) as intake, asyncio.TaskGroup() as group:
                tasks = [group.create_task(intake.run()), group.create_task(platform.run(intake.accept))]
                try:
                    await discord.gateway.connected()
                    yield platform
                    await settled(intake)
                finally:
                    for task in tasks:
                        task.cancel()

    return starting


@pytest.fixture
def alone(discord: DiscordServer, tmp_path: Path) -> Callable[..., Discord]:
    """A platform without an engine around it."""

    def made(notebook: SqlNotebook, **options: Any) -> Discord:
        return Discord(
            **{"token": TOKEN, "message_content": None} | options,
            notebook=notebook,
            catalog=CATALOG,
            policy=Policy(**QUICK),
            folder=tmp_path / "taken",
            addresses=Addresses(api=discord.url, cdn=discord.url),
        )

    return made


@pytest.fixture
def photo(tmp_path: Path) -> bytes:
    """A small JPEG."""
    path = tmp_path / "photo.jpg"
    Image.effect_noise((96, 64), 40).convert("RGB").save(path)
    return path.read_bytes()
