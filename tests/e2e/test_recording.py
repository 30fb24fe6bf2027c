"""A recording in a chat, on the embedded studio: its best moments are listed with their times and changed in words."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from bot.studio.supervise import Studio
from tests.engine.chat import Chat, bot_on

pytestmark = [pytest.mark.slow, pytest.mark.uncounted]

FPS, RATE, SIZE = 10, 16_000, (128, 72)
CHEERS = (14, 39, 63)


def recording(path: Path, seconds: int = 80) -> Path:
    """A quiet hum in which people cheer three times, over a pattern that drifts."""
    rng = np.random.default_rng(3)
    ground = rng.integers(0, 255, (SIZE[1], SIZE[0]), dtype=np.uint8)
    sound = 0.01 * np.sin(2 * np.pi * 200 * np.arange(seconds * RATE) / RATE)
    for cheer in CHEERS:
        sound[cheer * RATE : (cheer + 5) * RATE] += 0.4 * rng.standard_normal(5 * RATE)
    with av.open(str(path), "w") as container:
        picture = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "crf": "34"})
        picture.width, picture.height, picture.pix_fmt, picture.gop_size = *SIZE, "yuv420p", FPS
        voice = container.add_stream("aac", rate=RATE, layout="mono")
        for number in range(seconds * FPS):
            shown = np.roll(ground, number // 5, 1)
            container.mux(picture.encode(av.VideoFrame.from_ndarray(shown, format="gray").reformat(format="yuv420p")))
        container.mux(picture.encode(None))
        for start in range(0, sound.size, 1024):
            block = sound[start : start + 1024].clip(-1, 1).astype(np.float32)[None]
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            container.mux(voice.encode(frame))
        container.mux(voice.encode(None))
    return path


def length(path: Path) -> float:
    with av.open(str(path)) as film:
        return sum(1 for _ in film.decode(video=0)) / float(film.streams.video[0].average_rate or 30)


def stretches(text: str) -> list[tuple[int, int]]:
    """The moments that a reply lists, in seconds."""
    rows = re.findall(r"^\d+\. (\d+):(\d\d)–(\d+):(\d\d)", text, re.MULTILINE)
    return [(int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in rows]


async def test_the_best_moments_of_a_recording_are_chosen_listed_and_changed_in_words(tmp_path):
    clip = recording(tmp_path / "match.mp4")
    chat = Chat()
    async with Studio(tmp_path / "studio") as studio, bot_on(studio.url, tmp_path / "bot", chat):
        await chat.send("pull the best moments into a 20 second reel", clip)
        await chat.until(lambda: chat.films and not chat.open_lines)
        first = length(chat.films[0].path)
        told = stretches("\n".join(chat.texts))
        assert first == pytest.approx(20, rel=0.02)
        assert len(told) >= 3
        assert sum(stop - start for start, stop in told) == pytest.approx(20, abs=len(told))
        for cheer in CHEERS:
            assert any(start <= cheer + 1 <= stop for start, stop in told), (cheer, told)
        chat.texts.clear()
        await chat.send("drop the second, then export it")
        await chat.until(lambda: len(chat.films) == 2 and not chat.open_lines)
        left = stretches("\n".join(chat.texts))
        assert left == [told[0], *told[2:]]
        assert length(chat.films[1].path) == pytest.approx(first - (told[1][1] - told[1][0]), abs=1.5)
