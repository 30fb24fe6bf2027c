"""What files are, and whether they can be used, from their content alone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from bot.codec.check import check
from bot.codec.errors import TooManyPixels, Unreadable
from bot.codec.movie import inspect, posters
from bot.codec.probe import probe
from tests.codec.media import clip, corner_picture, heic, oriented_jpeg, smooth_photo, song, truncated


def test_photo_facts(tmp_path: Path) -> None:
    facts = probe(oriented_jpeg(tmp_path / "IMG.mp4", 6))
    assert (facts.kind, facts.container, facts.width, facts.height) == ("photo", "jpeg", 160, 120)
    assert facts.orientation == 6
    assert facts.taken_at == datetime(2024, 5, 4, 18, 30, 15, tzinfo=timezone(timedelta(hours=2)))
    facts = probe(heic(tmp_path / "a.jpg", corner_picture()))
    assert (facts.kind, facts.container, facts.width, facts.height) == ("photo", "heif", 160, 120)
    assert facts.taken_at is None


def test_video_and_audio_facts(tmp_path: Path) -> None:
    facts = probe(clip(tmp_path / "a.mp4", seconds=2, fps=25))
    assert (facts.kind, facts.codec, facts.width, facts.height, facts.has_audio) == ("video", "h264", 160, 120, True)
    assert facts.fps == 25
    assert facts.duration_ms == pytest.approx(2000, abs=60)
    assert not probe(clip(tmp_path / "b.mkv", sound=False)).has_audio
    facts = probe(song(tmp_path / "c.m4a"))
    assert (facts.kind, facts.codec, facts.width, facts.fps) == ("audio", "aac", 0, 0)


def test_sound_files_pass_the_check(tmp_path: Path) -> None:
    for path in (
        smooth_photo(tmp_path / "photo", (200, 100)),
        clip(tmp_path / "clip.mp4", seconds=4),
        clip(tmp_path / "clip.webm.mkv", seconds=4),
        song(tmp_path / "song.m4a", seconds=4),
    ):
        check(path)


def test_damage_is_found(tmp_path: Path) -> None:
    early = clip(tmp_path / "early.mp4", seconds=6, movflags="+faststart")
    late = clip(tmp_path / "late.mp4", seconds=6)
    photo = smooth_photo(tmp_path / "photo", (400, 300))
    for path, reasons in (
        (truncated(early, 0.6), {"truncated", "damaged"}),
        (truncated(late, 0.6), {"unknown-format", "damaged"}),
        (truncated(photo, 0.7), {"truncated"}),
    ):
        with pytest.raises(Unreadable) as caught:
            check(path)
        assert caught.value.reason in reasons, path
    with pytest.raises(TooManyPixels):
        check(smooth_photo(tmp_path / "large", (200, 200)), max_pixels=100)


def test_movie_facts_and_poster(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4", seconds=3, size=(640, 360))
    facts = inspect(path)
    assert (facts.width, facts.height, facts.video_codec, facts.pixel_format) == (640, 360, "h264", "yuv420p")
    assert (facts.audio_codec, facts.faststart, facts.size) == ("aac", False, path.stat().st_size)
    assert inspect(clip(tmp_path / "b.mp4", movflags="+faststart")).faststart
    posters(path, thumbnail=tmp_path / "poster.jpg", cover=tmp_path / "cover.jpg")
    with Image.open(tmp_path / "cover.jpg") as cover, Image.open(tmp_path / "poster.jpg") as image:
        assert (image.size, cover.size) == ((320, 180), (640, 360))
        assert image.convert("L").getpixel((160, 90)) == pytest.approx(93, abs=12), "a third of the way from 40 to 200"
    with pytest.raises(Unreadable):
        inspect(song(tmp_path / "song.m4a"))
