"""Media in: what is taken, what is refused in which words, and what a request that breaks off leaves behind."""

import io
import struct
import zlib
from fractions import Fraction

import anyio
import av
import numpy as np
import pillow_heif
import pytest
from aiohttp import web
from PIL import Image

from bot.studio.config import Limits
from bot.studio.media.receive import safe_name
from tests.studio.counterpart import photo, studio
from tests.studio.film.tracks import saved, track


def clip(seconds: int = 2, *, kind: str = "mp4", codec: str = "libx264") -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=Fraction(10))
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for index in range(seconds * 10):
            picture = np.full((48, 64, 3), index * 5 % 255, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return buffer.getvalue()


def song(kind: str = "wav", codec: str = "pcm_s16le") -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=8000, layout="mono")
        samples = (np.sin(np.arange(16000) / 20) * 9000).astype(np.int16)[None, :]
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return buffer.getvalue()


async def test_media_of_every_kind_are_described(tmp_path):
    async with studio(tmp_path) as client:
        answer = await client.upload(photo("a.jpg"), ("b.mp4", clip()), ("c.wav", song()))
        data = answer.json()["data"]
        assert data["session_state_applied"] is True
        assert [(file["filename"], file["file_type"]) for file in data["files"]] == [
            ("a.jpg", "image"),
            ("b.mp4", "video"),
            ("c.wav", "audio"),
        ]
        image, video, sound = data["files"]
        assert (image["width"], image["height"], image["duration"]) == (96, 64, 0)
        assert (video["width"], video["height"], video["fps"]) == (64, 48, 10)
        assert video["duration"] == pytest.approx(2, abs=0.1)
        assert sound["duration"] == pytest.approx(2, abs=0.1)
        assert (await client.state())["video_infos"] == data["files"]
        assert (await client.http.get(image["cdn_url"])).content == photo("a.jpg")[1]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
async def test_picture_formats_are_told_by_content_not_by_name(tmp_path, kind):
    async with studio(tmp_path) as client:
        assert (await client.upload(photo("wrong.txt", kind=kind))).json()["code"] == 0


async def test_what_cannot_be_used_is_refused_in_a_sentence_that_names_the_file(tmp_path):
    whole = photo(size=(400, 300))[1]
    async with studio(tmp_path) as client:
        for name, content in [
            ("notes.txt", b"hello"),
            ("empty.jpg", b""),
            ("cut.jpg", whole[: len(whole) // 2]),
            ("tiff.jpg", photo(kind="TIFF")[1]),
            ("page.png", b"<html><script>alert(1)</script></html>"),
        ]:
            answer = await client.upload(photo("fine.jpg"), (name, content))
            assert (answer.status_code, answer.json()["code"]) == (415, 4001), name
            assert answer.json()["message"].startswith(f"{name}: ")
        assert (await client.state())["video_infos"] == []


async def test_heic_is_refused_as_the_cloud_does(tmp_path):
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64))).save(buffer)
    async with studio(tmp_path) as client:
        answer = await client.upload(("IMG_1.HEIC", buffer.getvalue()))
    assert (answer.status_code, answer.json()["code"]) == (415, 4001)
    assert "IMG_1.HEIC" in answer.json()["message"]


async def test_too_many_bytes_are_4002_and_leave_nothing_on_the_disk(tmp_path):
    limits = Limits(image_bytes=3000, media_bytes=10_000)
    async with studio(tmp_path, limits=limits) as client:
        for name, content in [("big.jpg", photo(size=(640, 480))[1]), ("huge.bin", b"x" * 2_000_000)]:
            answer = await client.upload((name, content))
            assert (answer.status_code, answer.json()["code"]) == (413, 4002)
            assert name in answer.json()["message"]
        assert [*(tmp_path / "studio" / "incoming").iterdir()] == []
        assert [*(tmp_path / "studio" / "uploads").iterdir()] == []


async def test_too_many_pixels_are_4002_before_they_are_decoded(tmp_path):
    # A header that claims 20,000 x 20,000 pixels in front of almost nothing.
    buffer = io.BytesIO()
    Image.new("1", (8, 8)).save(buffer, "PNG")
    head = bytearray(buffer.getvalue())
    struct.pack_into(">II", head, 16, 20_000, 20_000)
    struct.pack_into(">I", head, 29, zlib.crc32(bytes(head[12:29])))
    async with studio(tmp_path) as client:
        answer = await client.upload(("bomb.png", bytes(head)))
    assert (answer.status_code, answer.json()["code"]) == (413, 4002), answer.text
    assert "400 megapixels" in answer.json()["message"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\boot.jpg", "boot.jpg"),
        ("...", "file"),
        ("里斯本 😀.jpg", "里斯本 😀.jpg"),
        ("x" * 500 + ".jpeg", "x" * 190 + ".jpeg"),
    ],
)
async def test_file_names_are_for_display_only(tmp_path, name, shown):
    async with studio(tmp_path) as client:
        file = (await client.upload((name, photo()[1]))).json()["data"]["files"][0]
        assert file["filename"] == shown
        stored = [path.name for path in (tmp_path / "studio" / "uploads").iterdir()]
        assert stored == [file["asset"]]


async def test_the_same_bytes_again_are_the_same_asset(tmp_path):
    async with studio(tmp_path) as client:
        first = (await client.upload(photo())).json()["data"]["files"]
        again = (await client.upload(photo())).json()["data"]["files"]
        assert first == again
        assert len((await client.state())["video_infos"]) == 1


async def test_a_form_without_files_or_with_broken_parts_is_422(tmp_path):
    async with studio(tmp_path) as client:
        path = client.path("upload-video")
        other = await client.http.post(path, headers=client.headers, files=[("file", ("a.jpg", photo()[1]))])
        assert other.status_code == 422
        form = {"Content-Type": "multipart/form-data; boundary=b"}
        for body, headers in [
            (b"", form),
            (b"--b\r\n\r\nno end", form),
            (b"nonsense", {"Content-Type": "multipart/form-data"}),
            (b"x", {"Content-Type": "text/plain"}),
        ]:
            answer = await client.http.post(path, headers=client.headers | headers, content=body)
            assert answer.status_code == 422, body
            assert answer.json()["success"] is False


async def test_urls_are_refused_unless_allowed(tmp_path):
    async with studio(tmp_path) as client:
        answer = await client.post(
            client.path("upload-video"), {"urls": ["https://example.org/a.jpg"], "source_type": "url"}
        )
    assert (answer.status_code, answer.json()["code"]) == (403, 403)


@pytest.mark.parametrize(
    ("name", "shown"), [("a\x07\u202eb.jpg", "ab.jpg"), ("\ud800.jpg", "?.jpg"), ("/", "file"), ("", "file")]
)
def test_names_lose_what_cannot_be_shown(name, shown):
    assert safe_name(name) == shown


REQUESTS: list[str] = []


async def serving_file(request: web.Request) -> web.StreamResponse:
    REQUESTS.append(request.path)
    if request.path == "/moved":
        raise web.HTTPFound("/a%20b.jpg")
    if request.path == "/loop":
        raise web.HTTPFound("/loop")
    if request.path == "/away":
        raise web.HTTPFound("file:///etc/passwd")
    if request.path == "/missing":
        raise web.HTTPNotFound
    return web.Response(body=photo()[1])


async def test_urls_are_fetched_where_allowed_and_private_addresses_only_by_switch(tmp_path, unused_tcp_port):
    app = web.Application()
    app.router.add_get("/{name:.*}", serving_file)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    base = f"http://127.0.0.1:{unused_tcp_port}"
    try:
        async with studio(tmp_path / "open", "url-upload=on", "private-urls=on") as client:
            path = client.path("upload-video")
            answer = await client.post(path, {"urls": [f"{base}/moved"], "source_type": "url"})
            assert [file["filename"] for file in answer.json()["data"]["files"]] == ["a b.jpg"]
            for name, status in [("loop", 415), ("missing", 415), ("away", 422)]:
                assert (await client.post(path, {"urls": [f"{base}/{name}"]})).status_code == status, name
            for bad in ("ftp://x/a.jpg", "nonsense", "http://", "http://[::1"):
                assert (await client.post(path, {"urls": [bad]})).status_code == 422, bad
            assert (await client.post(path, {"urls": "x"})).status_code == 422
        async with studio(tmp_path / "shut", "url-upload=on") as client:
            path = client.path("upload-video")
            REQUESTS.clear()
            for host in ("127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"):
                answer = await client.post(path, {"urls": [f"http://{host}:{unused_tcp_port}/a.jpg"]})
                # Where the resolver knows the form it is refused by its address, else it leads nowhere.
                assert answer.status_code in {403, 415}, host
            assert REQUESTS == []
    finally:
        await runner.cleanup()


async def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    async with studio(tmp_path) as client:
        host, port = client.http.base_url.host, client.http.base_url.port
        body = b"--b\r\nContent-Disposition: form-data; name=files; filename=a.jpg\r\n\r\n" + photo()[1]
        head = (
            f"POST {client.path('upload-video')} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
            f"Authorization: {client.headers['Authorization']}\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
        )
        async with await anyio.connect_tcp(host, port) as stream:
            await stream.send(head.encode() + body)
        incoming = tmp_path / "studio" / "incoming"
        with anyio.fail_after(20):
            while [*incoming.iterdir()]:
                await anyio.sleep(0.05)
        assert (await client.state())["video_infos"] == []


async def test_a_track_is_listened_to_once_and_the_cuts_lie_on_its_beats(tmp_path):
    sound, beats = track("floor", 110, 20.0)
    path = saved(tmp_path / "ours.wav", sound)
    async with studio(tmp_path) as client:
        pictures = [photo(f"{number}.jpg", shade=40 * number) for number in range(6)]
        await client.upload(*pictures, ("ours.wav", path.read_bytes()))
        await client.say("make a 12 second video with all photos")
        tracks = (await client.state())["draft"]["t"]
        ((begin, end),) = tracks[1]["sg"][0]["m"]["pieces"]
        assert end - begin == 12_000
        cut = begin / 1000
        for segment in tracks[0]["sg"][:-1]:
            cut += segment["d"] / 1000
            assert np.abs(beats - cut).min() < 0.03
