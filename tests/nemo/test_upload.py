"""Uploads: framed by hand, of known length, in constant memory."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import HTTP

import pytest

from bot.core import errors
from bot.core.session import Uploaded
from bot.nemo.multipart import CHUNK, safe_name
from tests.nemo.conftest import SESSION
from tests.servers.nemo_script import answer, hang_up

OK = answer({"code": 0, "data": {"files": [{"filename": "a.jpg"}], "session_state_applied": True}})


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "spool-17"
    file.write_bytes(bytes(range(256)) * 2000)
    return file


def part_of(seen):
    """The form as a parser that is not ours reads it."""
    head = f"Content-Type: {seen.headers['Content-Type']}\r\n\r\n".encode()
    (part,) = BytesParser(policy=HTTP).parsebytes(head + seen.body).iter_parts()
    return part


async def test_an_upload_is_one_form_field_of_known_length(client, server, tmp_path):
    file = tmp_path / "spool"
    file.write_bytes(b"\x00\r\n--x\xff" * 100)
    passed = []
    server.on("upload", OK)
    found = await client.upload(SESSION, file, name="Ünï 🎬.jpg", mime="image/jpeg", progress=passed.append)
    assert found == Uploaded(name="a.jpg")
    (seen,) = server.asked("upload")
    part = part_of(seen)
    assert seen.path == f"/api/upload-video/nemo_agent/me/{SESSION.session_id}"
    assert int(seen.headers["Content-Length"]) == seen.size
    assert "Transfer-Encoding" not in seen.headers
    assert 'name="files"; filename="Ünï 🎬.jpg"'.encode() in seen.body
    assert part.get_content_type() == "image/jpeg"
    assert part.get_payload(decode=True) == file.read_bytes()
    assert passed == [700]


async def test_progress_grows_to_the_size_of_the_file(client, server, tmp_path):
    file, passed = tmp_path / "a.jpg", []
    file.write_bytes(b"x" * (2 * CHUNK + 1))
    server.on("upload", OK)
    await client.upload(SESSION, file, name="a.jpg", mime="image/jpeg", progress=passed.append)
    assert passed == [CHUNK, 2 * CHUNK, 2 * CHUNK + 1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("photo.jpg", "photo.jpg"),
        ('a"b.jpg', "a_b.jpg"),
        ("a\r\nContent-Type: x\r\n\r\n.jpg", "a__Content-Type_ x____.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\a.jpg", "a.jpg"),
        ("照片 📷.heic", "照片 📷.heic"),
        ("\udcff.jpg", "?.jpg"),
        ("", "file"),
        ("...", "file"),
        ("dir/", "file"),
        ("x" * 300 + ".jpeg", "x" * 130 + ".jpeg"),
        ("x" * 300, "x" * 150),
    ],
)
def test_a_name_that_no_server_can_misread(name, expected):
    assert safe_name(name) == expected


async def test_a_wrong_mime_type_does_not_reach_the_form(client, server, photo):
    server.on("upload", OK)
    await client.upload(SESSION, photo, name="a.jpg", mime='x"\r\nEvil: 1', progress=lambda _: None)
    (seen,) = server.asked("upload")
    assert b"Content-Type: application/octet-stream\r\n\r\n" in seen.body
    assert b"Evil" not in seen.body


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (answer({"code": 4001, "message": "unsupported"}), errors.UnsupportedMedia),
        (answer({"code": 4002}, 400), errors.MediaTooLarge),
        (answer({}, 413), errors.MediaTooLarge),
        (answer({"code": 1002}), errors.SessionGone),
        (answer({"code": 0, "data": {}}), errors.BadAnswer),
        (hang_up(), errors.BackendDown),
    ],
)
async def test_a_refused_upload(reply, expected, client, server, photo):
    server.on("upload", reply)
    with pytest.raises(expected):
        await client.upload(SESSION, photo, name="a.jpg", mime="image/jpeg", progress=lambda _: None)
    assert len(server.asked("upload")) == 1


async def test_a_missing_file_is_our_own_fault(client, server, tmp_path):
    with pytest.raises(FileNotFoundError):
        await client.upload(SESSION, tmp_path / "gone", name="a.jpg", mime="image/jpeg", progress=lambda _: None)
    assert server.asked("upload") == []


async def test_a_file_that_shrinks_on_the_way_is_our_own_fault(client, tmp_path):
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"x" * (2 * CHUNK))

    def shrink(sent: int) -> None:
        with photo.open("r+b") as file:
            file.truncate(sent)

    with pytest.raises(OSError, match="became shorter"):
        await client.upload(SESSION, photo, name="a.jpg", mime="image/jpeg", progress=shrink)


async def test_an_upload_by_address(client, server):
    server.on("upload", OK)
    assert await client.upload_urls(SESSION, ["https://x.example/a.jpg"]) == (Uploaded(name="a.jpg"),)
    (seen,) = server.asked("upload")
    assert seen.json == {"urls": ["https://x.example/a.jpg"], "source_type": "url"}


SIZE = 200_000_000
SENDER = """
import asyncio, resource, sys
from pathlib import Path
from bot.core.policy import Policy
from bot.nemo import Identity, NemoClient
from tests.nemo.conftest import SESSION, SKILLS

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

async def main(url, folder):
    rest = dict(policy=Policy(), skills=SKILLS, platform="unknown", web_url="", name="nemo")
    async with NemoClient(url, identity=Identity(Path(folder), scope="s", token="given"), **rest) as client:
        peaks = []
        for name in ("small", "large"):
            await client.upload(SESSION, Path(folder, name), name="a.mp4", mime="video/mp4", progress=lambda sent: None)
            peaks.append(peak())
        print(peaks[1] - peaks[0])

asyncio.run(main(*sys.argv[1:]))
"""


async def test_memory_stays_the_same_whatever_the_size(server, tmp_path, run_python):
    for name, size in (("small", 1_000_000), ("large", SIZE)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    server.on("upload", OK, OK)
    output = await run_python(SENDER, server.url, str(tmp_path))
    small, large = server.asked("upload")
    assert large.size - small.size == SIZE - 1_000_000
    assert int(output) < 24, f"{output} MB more for 200 MB"
