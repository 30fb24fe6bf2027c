from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.engine.conftest import nemo
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
def photos(telegram: TelegramServer, tmp_path: Path) -> list[str]:
    """Ids of ten small photos that people may send."""
    from PIL import Image

    for number in range(10):
        file = tmp_path / f"{number}.jpg"
        Image.effect_noise((96, 64), 40 + number).convert("RGB").save(file)
        telegram.files[f"photo-{number}"] = file.read_bytes()
    return [f"photo-{number}" for number in range(10)]
