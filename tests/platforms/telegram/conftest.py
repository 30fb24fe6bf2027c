from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from tests.engine.conftest import nemo
from tests.heic import write_grid
from tests.platforms.telegram.running import Bot, bot_on_telegram
from tests.servers.nemo import NemoServer
from tests.servers.telegram import TelegramServer

__all__ = ["nemo"]


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """The Bot API; at the end nothing may have contradicted its description."""
    async with TelegramServer() as server:
        yield server
    assert server.faults == []


@pytest.fixture
async def bot(telegram: TelegramServer, nemo: NemoServer, tmp_path: Path) -> AsyncIterator[Bot]:
    """The whole bot, fetching updates."""
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot") as running:
        yield running


@pytest.fixture
async def patient(telegram: TelegramServer, nemo: NemoServer, tmp_path: Path) -> AsyncIterator[Bot]:
    """The whole bot, which waits for the rest of an album however slowly a busy machine writes it down."""
    async with bot_on_telegram(
        telegram, nemo, tmp_path / "bot", policy={"album_quiet": 0.6, "album_cap": 9}
    ) as running:
        yield running


@pytest.fixture
def photos(telegram: TelegramServer, tmp_path: Path) -> list[str]:
    """Ids of ten small photos that people may send."""
    for number in range(10):
        file = tmp_path / f"{number}.jpg"
        Image.effect_noise((96, 64), 40 + number).convert("RGB").save(file)
        telegram.files[f"photo-{number}"] = file.read_bytes()
    return [f"photo-{number}" for number in range(10)]


@pytest.fixture
def heic(tmp_path: Path) -> bytes:
    """A photo as an iPhone writes it."""
    file = tmp_path / "phone.heic"
    write_grid(file, Image.effect_noise((64, 64), 60).convert("RGB"), columns=2, rows=2)
    return file.read_bytes()
