"""Files as phones make them, through real worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from bot.core.errors import MediaError
from bot.core.media import MediaKind
from bot.core.policy import Policy
from bot.media.tools import FileTools, file_tools
from bot.media.workers import WorkerLost, Workers
from tests.heic import write_grid


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return Image.linear_gradient("L").resize((512, 512)).convert("RGB")


async def prepared(tools: FileTools, source: Path, folder: Path, name: str = ""):
    return await tools.prepare(source, name=name or source.name, folder=folder)


async def test_what_backends_take_passes_untouched(tmp_path: Path, picture: Image.Image) -> None:
    async with file_tools(Policy()) as tools:
        for name, kind in (("a.jpg", "JPEG"), ("b.png", "PNG"), ("c.webp", "WEBP"), ("d.gif", "GIF")):
            picture.save(tmp_path / name, kind)
            ready = await prepared(tools, tmp_path / name, tmp_path)
            assert (ready.path, ready.name, ready.kind, ready.converted_from) == (
                tmp_path / name,
                name,
                MediaKind.PHOTO,
                "",
            )


async def test_the_name_follows_the_content(tmp_path: Path, picture: Image.Image) -> None:
    picture.save(tmp_path / "really.jpg", "PNG")
    async with file_tools(Policy()) as tools:
        assert (await prepared(tools, tmp_path / "really.jpg", tmp_path)).name == "really.png"


async def test_a_phone_photo_of_tiles_becomes_an_upright_jpeg(tmp_path: Path, picture: Image.Image) -> None:
    write_grid(tmp_path / "IMG_1.HEIC", picture, columns=3, rows=2)
    async with file_tools(Policy()) as tools:
        ready = await prepared(tools, tmp_path / "IMG_1.HEIC", tmp_path)
    assert (ready.name, ready.mime, ready.converted_from) == ("IMG_1.jpg", "image/jpeg", "heif")
    with Image.open(ready.path) as jpeg:
        assert (jpeg.format, jpeg.size) == ("JPEG", (1536, 1024))


async def test_the_pixel_limit_is_told_in_megapixels(tmp_path: Path, picture: Image.Image) -> None:
    write_grid(tmp_path / "huge.heic", picture, columns=32, rows=30)
    async with file_tools(Policy()) as tools:
        with pytest.raises(MediaError) as caught:
            await prepared(tools, tmp_path / "huge.heic", tmp_path)
    assert caught.value.key == "media.too_many_pixels"
    assert caught.value.params == {"name": "huge.heic", "size": 512 * 512 * 960 / 1e6, "limit": 250.0}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "media.empty"),
        (b"hello", "media.unreadable"),
        (os.urandom(5000), "media.unreadable"),
        (b"\xff\xd8\xff\xe0" + bytes(2000), "media.unreadable"),
    ],
)
async def test_what_is_no_media_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    async with file_tools(Policy()) as tools:
        with pytest.raises(MediaError) as caught:
            await prepared(tools, tmp_path / "a.jpg", tmp_path)
    assert caught.value.key == key


async def test_a_worker_that_dies_takes_nobody_along() -> None:
    workers = Workers(size=1, limit=20)
    try:
        with pytest.raises(WorkerLost):
            await workers.run(os.abort)
        assert await workers.run(os.path.basename, "/a/b") == "b"
    finally:
        workers.close()


async def test_a_worker_that_hangs_is_given_up() -> None:
    import time

    workers = Workers(size=1, limit=0.5)
    try:
        with pytest.raises(WorkerLost):
            await workers.run(time.sleep, 60)
    finally:
        workers.close()


async def test_a_film_is_measured_and_gets_a_poster(tmp_path: Path, film: bytes) -> None:
    (tmp_path / "film.mp4").write_bytes(film)
    (tmp_path / "broken.mp4").write_bytes(film[:500])
    async with file_tools(Policy()) as tools:
        video = await tools.film(tmp_path / "film.mp4", name="x.mp4", caption="", description="", folder=tmp_path)
        with pytest.raises(MediaError) as caught:
            await tools.film(tmp_path / "broken.mp4", name="x.mp4", caption="", description="", folder=tmp_path)
    assert (video.width, video.height, video.duration, video.size) == (64, 48, 2.0, len(film))
    assert video.poster is not None
    assert video.cover is not None
    with Image.open(video.poster) as poster, Image.open(video.cover) as cover:
        assert max(poster.size) <= 320
        assert cover.size == (64, 48)
    assert caught.value.key == "export.broken"


async def test_a_voice_message_becomes_a_sound_that_backends_take(tmp_path: Path) -> None:
    voice = tmp_path / "voice.oga"
    with av.open(str(voice), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono")
        for number in range(50):
            tone = np.sin(np.arange(960) / 20 + number).astype(np.float32)[None, :]
            frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48_000, number * 960
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    async with file_tools(Policy()) as tools:
        ready = await prepared(tools, voice, tmp_path)
    assert (ready.name, ready.mime, ready.kind) == ("voice.m4a", "audio/mp4", MediaKind.AUDIO)
    with av.open(str(ready.path)) as container:
        assert container.streams.audio[0].codec_context.name == "aac"
        assert 0.8 < sum(frame.samples for frame in container.decode(audio=0)) / 48_000 < 1.3


def test_the_bot_itself_loads_no_decoder() -> None:
    seen = "import sys, bot.run; print({'av', 'cv2', 'numpy', 'PIL', 'pillow_heif'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True).stdout == "set()\n"
