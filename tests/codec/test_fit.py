"""Films made to fit: really below the limit, and still films."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from bot.codec.errors import TooBig, Unreadable
from bot.codec.fit import FLOOR, GOOD, Source, fit, rungs
from bot.codec.movie import inspect
from tests.codec.media import assert_upright, clip, tone, truncated, turned_clip


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of moving noise in 1080 lines' shape, small: nothing is harder to make smaller."""
    path = tmp_path_factory.mktemp("fit") / "busy.mp4"
    rng = np.random.default_rng(5)
    with av.open(path, "w") as container:
        video = container.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "18"})
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        sound = container.add_stream("aac", rate=48_000, layout="stereo")
        for number in range(90):
            coarse = rng.integers(0, 255, (45, 80, 3), dtype=np.uint8).repeat(4, 0).repeat(4, 1)
            frame = av.VideoFrame.from_ndarray(coarse, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        tone(container, sound, 3.0)
    return path


@pytest.mark.parametrize("share", [0.5, 0.2, 0.08])
def test_it_fits_and_plays_to_its_end(busy: Path, tmp_path: Path, share: float) -> None:
    limit = int(busy.stat().st_size * share)
    fit(busy, tmp_path / "small.mp4", limit=limit)
    found = inspect(tmp_path / "small.mp4")
    assert limit * 0.5 < found.size <= limit
    assert (found.width, found.height, found.fps) == (320, 180, 30)
    assert (found.video_codec, found.pixel_format, found.audio_codec) == ("h264", "yuv420p", "aac")
    assert found.faststart
    with av.open(tmp_path / "small.mp4") as container:
        assert container.streams.video[0].profile == "High"
        assert sum(1 for _ in container.decode(video=0)) == 90
    with av.open(tmp_path / "small.mp4") as container:
        heard = sum(frame.samples for frame in container.decode(audio=0)) / 48_000
    assert heard == pytest.approx(3.0, abs=0.1)
    assert [file.name for file in tmp_path.iterdir()] == ["small.mp4"]


def test_what_no_encoding_can_reach_is_refused_and_leaves_nothing(busy: Path, tmp_path: Path) -> None:
    with pytest.raises(TooBig):
        fit(busy, tmp_path / "small.mp4", limit=20_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("clockwise", [90, 180, 270])
def test_a_turned_film_comes_out_upright(tmp_path: Path, clockwise: int) -> None:
    turned = turned_clip(tmp_path / "turned.mp4", clockwise)
    fit(turned, tmp_path / "small.mp4", limit=60_000)
    with av.open(tmp_path / "small.mp4") as container:
        frame = next(container.decode(video=0))
        assert frame.rotation == 0
        assert_upright(frame.to_ndarray(format="rgb24"), tolerance=40)


def test_a_silent_film_stays_silent(tmp_path: Path) -> None:
    fit(clip(tmp_path / "a.mp4", sound=False), tmp_path / "b.mp4", limit=40_000)
    assert inspect(tmp_path / "b.mp4").audio_codec is None


def test_what_is_no_film_is_refused(tmp_path: Path, busy: Path) -> None:
    (text := tmp_path / "a.mp4").write_text("no film")
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(busy.read_bytes())
    for broken in (text, tmp_path / "none.mp4", truncated(cut, 0.4)):
        with pytest.raises(Unreadable):
            fit(broken, tmp_path / "small.mp4", limit=100_000)
    assert not (tmp_path / "small.mp4.part").exists()


def source(width: int = 1920, height: int = 1080, seconds: float = 30, fps: int = 30) -> Source:
    return Source(width=width, height=height, fps=Fraction(fps), seconds=seconds, has_sound=True)


@pytest.mark.parametrize(
    ("film", "limit", "sizes"),
    [
        (source(), 10_000_000, [(1920, 1080), (1280, 720), (960, 540)]),
        (source(), 5_000_000, [(1280, 720), (960, 540)]),
        (source(), 2_000_000, [(960, 540)]),
        (source(), 1_300_000, []),
        (source(1080, 1920), 5_000_000, [(720, 1280), (540, 960)]),
        (source(1280, 720), 2_500_000, [(960, 540)]),
        (source(640, 360), 1_000_000, [(640, 360)]),
        (source(seconds=600), 10_000_000, []),
        (source(seconds=600), 50_000_000, [(960, 540)]),
        (source(), 0, []),
    ],
)
def test_the_rungs_that_are_worth_watching(film: Source, limit: int, sizes: list[tuple[int, int]]) -> None:
    found = rungs(film, limit)
    assert [(rung.width, rung.height) for rung in found] == sizes
    for rung in found:
        assert rung.rate * film.seconds / 8 + rung.sound * film.seconds / 8 < limit
        least = FLOOR if rung == found[-1] else GOOD
        assert rung.rate >= least * rung.width * rung.height * rung.fps


def test_fewer_pixels_come_with_fewer_frames() -> None:
    assert [rung.fps for rung in rungs(source(fps=120), 50_000_000)] == [60, 30, 30]
