"""Fetching films: from wherever they are, without giving the token away."""

from __future__ import annotations

import httpx
import pytest

from bot.core import errors
from bot.core.policy import Policy
from bot.core.session import RenderState, RenderStatus
from bot.nemo.download import _allow
from tests.nemo.conftest import SESSION
from tests.servers.nemo import FILM, NemoServer
from tests.servers.nemo_script import answer, film, plain, raw, run

TOKEN = "nmv_usr_given"


@pytest.fixture
async def elsewhere():
    """Another origin."""
    async with NemoServer() as found:
        yield found


@pytest.fixture
def fetch(client, tmp_path):
    """Fetch a film and give its bytes; nothing else is left in the folder."""

    async def run(url: str = "", *, by=client, target=None) -> bytes:
        target = target or tmp_path / "out" / "film.mp4"
        target.parent.mkdir(exist_ok=True)
        status = RenderStatus(state=RenderState.COMPLETED, url=url)
        await by.fetch(SESSION, render_id="r/1", status=status, target=target, progress=lambda _: None)
        assert list(target.parent.iterdir()) == [target]
        return target.read_bytes()

    return run


async def test_the_address_is_asked_without_the_token(fetch, server, elsewhere):
    assert await fetch(f"{elsewhere.url}/files/a.mp4") == FILM
    (seen,) = elsewhere.seen
    assert "Authorization" not in seen.headers
    assert server.seen == []


async def test_the_address_may_be_relative_to_the_service(fetch, server):
    assert await fetch("/files/a.mp4") == FILM
    assert "Authorization" not in server.asked("file")[0].headers


@pytest.mark.parametrize("url", ["", "ftp://x/y", "http://[", "file:///etc/passwd", "javascript:1"])
async def test_without_a_usable_address_the_download_path_is_asked_with_the_token(url, fetch, server):
    server.on("download", film(FILM))
    assert await fetch(url) == FILM
    (seen,) = server.asked("download")
    assert seen.path == "/api/render/proxy/r%2F1/download"
    assert seen.headers["Authorization"] == f"Bearer {TOKEN}"
    assert seen.headers["X-Skill-Source"] == SESSION.skill


@pytest.mark.parametrize(
    "reply",
    [answer({}, 403), answer({}, 404), answer({"code": 1}), plain(b"<html>", "text/html"), film(b"")],
    ids=["forbidden", "gone", "JSON without address", "a page", "empty"],
)
async def test_an_address_that_fails_falls_back_to_the_download_path(reply, fetch, server, elsewhere):
    elsewhere.on("file", reply)
    server.on("download", film(FILM))
    assert await fetch(f"{elsewhere.url}/files/a.mp4") == FILM


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_without_the_token(status, fetch, server, elsewhere):
    server.on("download", plain(b"", status=status, headers={"Location": f"{elsewhere.url}/files/a.mp4"}))
    assert await fetch() == FILM
    assert "Authorization" not in elsewhere.seen[0].headers
    assert "X-Skill-Source" not in elsewhere.seen[0].headers


@pytest.mark.parametrize(
    "shape", [lambda url: {"output": {"url": url}}, lambda url: {"success": True, "data": {"outputUrl": url}}]
)
async def test_json_with_an_address_is_followed_without_the_token(shape, fetch, server, elsewhere):
    server.on("download", answer(shape(f"{elsewhere.url}/files/a.mp4")))
    assert await fetch() == FILM
    assert "Authorization" not in elsewhere.seen[0].headers


async def test_redirects_without_end_are_given_up(fetch, server):
    server.on("download", *[plain(b"", status=302, headers={"Location": "/files/a.mp4"})])
    server.on("file", *[plain(b"", status=302, headers={"Location": "/files/a.mp4"})] * 20)
    with pytest.raises(errors.BadAnswer):
        await fetch()
    assert len(server.seen) < 10


@pytest.mark.parametrize("ranges", [True, False])
async def test_a_broken_download_is_resumed_once(ranges, fetch, server):
    server.on("file", film(FILM, cut_after=50_000), film(FILM, ranges=ranges))
    assert await fetch("/files/a.mp4") == FILM
    first, second = server.asked("file")
    assert "Range" not in first.headers
    assert second.headers["Range"].startswith("bytes=")
    assert second.headers["If-Range"] == '"film"'


async def test_the_download_path_is_resumed_too(fetch, server):
    server.on("download", film(FILM, cut_after=50_000), film(FILM))
    assert await fetch() == FILM
    assert [seen.headers["Authorization"] for seen in server.asked("download")] == [f"Bearer {TOKEN}"] * 2


async def test_a_rest_that_does_not_fit_is_refused(fetch, server):
    wrong = plain(b"rest", "video/mp4", 206, {"Content-Range": "bytes 7-10/11"})
    server.on("file", film(FILM, cut_after=50_000), wrong)
    server.on("download", film(b"other" * 100))
    assert await fetch("/files/a.mp4") == b"other" * 100


async def test_a_film_that_never_comes_leaves_nothing_behind(fetch, server, tmp_path):
    server.on("download", *[film(FILM, cut_after=1000)] * 4)
    with pytest.raises(errors.BackendDown):
        await fetch()
    assert list((tmp_path / "out").iterdir()) == []
    assert len(server.asked("download")) == 2


async def test_a_film_already_there_is_replaced_only_by_a_whole_one(fetch, server, tmp_path):
    target = tmp_path / "out" / "film.mp4"
    target.parent.mkdir()
    target.write_bytes(b"old")
    server.on("download", *[film(FILM, cut_after=1000)] * 2, film(FILM))
    with pytest.raises(errors.BackendDown):
        await fetch()
    assert target.read_bytes() == b"old"
    assert await fetch() == FILM


@pytest.mark.parametrize("declared", [True, False])
async def test_a_film_over_the_limit_is_refused(declared, fetch, connect, server):
    small = await connect(token=TOKEN, policy=Policy(film_bytes=1000))
    server.on("download", film(FILM) if declared else run(raw(FILM), content_type="video/mp4"))
    with pytest.raises(errors.BadAnswer):
        await fetch(by=small)


async def test_a_refused_download(fetch, server):
    server.on("download", answer({"message": "Free plan"}, 402))
    with pytest.raises(errors.PlanBlocked):
        await fetch()


async def test_a_rejected_token_is_replaced_for_the_download(fetch, connect, server):
    client = await connect()
    server.on("download", answer({"code": 1001}, 401), film(FILM))
    assert await fetch(by=client) == FILM


async def test_a_disk_that_fails_is_our_own_fault(fetch, tmp_path):
    (tmp_path / "out" / "film.mp4.part").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        await fetch("/files/a.mp4")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://static.example/a.mp4", True),
        ("https://93.184.216.34/a.mp4", True),
        ("http://127.0.0.1/a.mp4", False),
        ("http://localhost/a.mp4", False),
        ("http://10.1.2.3/a.mp4", False),
        ("http://169.254.169.254/latest", False),
        ("http://[::1]/a.mp4", False),
        ("ftp://static.example/a.mp4", False),
    ],
)
def test_a_service_elsewhere_may_not_point_into_this_network(url, allowed):
    def check(base: str) -> None:
        _allow(httpx.URL(base), httpx.URL(url))

    if allowed:
        check("https://service.example")
    else:
        with pytest.raises(errors.BadAnswer):
            check("https://service.example")
    if not url.startswith("ftp"):
        check("http://127.0.0.1:8000")
