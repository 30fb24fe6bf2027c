from __future__ import annotations

from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.engine.chat import Chat
from tests.servers import nemo as nemo_server
from tests.servers.nemo import NemoServer


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real MP4, small."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, width=64, height=48, pix_fmt="yuv420p")
        for number in range(20):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number * 12, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path.read_bytes()


@pytest.fixture
async def nemo(film: bytes, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[NemoServer]:
    """The scripted service, with a film that plays."""
    monkeypatch.setattr(nemo_server, "FILM", film)
    async with NemoServer() as server:
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
