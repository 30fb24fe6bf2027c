"""What tests of several parts share."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import pytest
from coverage import Coverage
from hypothesis import settings

settings.register_profile("no clock", deadline=None)  # the first example may find the machine busy, or load a table
settings.load_profile("no clock")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Counting makes Python half as fast. (`no_cover` of pytest-cov does the same, but fails under `--no-cov`.)"""
    counting = Coverage.current() if item.get_closest_marker("uncounted") else None
    if counting is not None:
        counting.stop()
    try:
        return (yield)
    finally:
        if counting is not None:
            counting.start()


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


@pytest.fixture(scope="session")
def heavy_film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two seconds in 1080 lines that take far more room than they need."""
    path = tmp_path_factory.mktemp("film") / "heavy.mp4"
    rows, columns = np.mgrid[0:1080, 0:2000]
    wall = np.sin(rows / 37) * 60 + np.cos(columns / 23) * 60 + 128 + np.random.default_rng(3).normal(0, 3, rows.shape)
    picture = np.clip(wall, 0, 255).astype(np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"preset": "ultrafast", "qp": "16"})
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        for number in range(20):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[:, number * 4 :][:, :1920]), format="gray")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path.read_bytes()
