from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from tests.engine.chat import Chat
from tests.servers.nemo import NemoServer


@pytest.fixture
async def nemo(film: bytes) -> AsyncIterator[NemoServer]:
    """The scripted service, with a film that plays."""
    async with NemoServer(film=film) as server:
        yield server


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Three small photos."""
    folder = tmp_path / "photos"
    folder.mkdir()
    files = [folder / f"photo{number}.jpg" for number in (1, 2, 3)]
    for number, file in enumerate(files):
        Image.effect_noise((96, 64), 40 + number).convert("RGB").save(file)
    return files
