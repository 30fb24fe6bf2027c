"""Films by address: the whole of it, parts of it, and nothing else."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from pydantic import ValidationError
from yarl import URL

from bot.run import film_shelf
from bot.settings import DiscordSettings, NemoSettings, Settings, TelegramSettings
from bot.web.films import FilmShelf, key_in
from bot.web.server import WebServer

STEM = "0123456789abcdef01234567"
FILM = bytes(range(256)) * 40
KEY = b"k" * 32
PUBLIC = "http://films.example/some/path"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    folder = tmp_path / "films"
    folder.mkdir()
    (file := folder / f"{STEM}.mp4").write_bytes(FILM)
    (folder / f"{STEM}.poster.jpg").write_bytes(b"picture")
    (tmp_path / "secret.mp4").write_bytes(b"secret")
    return file


@pytest.fixture
def shelf(film: Path) -> FilmShelf:
    return FilmShelf(film.parent, key=KEY, public_url=PUBLIC, days=7)


@pytest.fixture
async def root(shelf: FilmShelf) -> AsyncIterator[str]:
    server = WebServer(host="127.0.0.1", port=0, ready=dict, gets={shelf.route: shelf.serve})
    async with server.serving():
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture
def path(shelf: FilmShelf, film: Path) -> str:
    address = shelf.offer(film)
    assert address.startswith(PUBLIC + "/films/")
    return address.removeprefix("http://films.example")


async def get(root: str, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, aiohttp.ClientResponse]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, URL(root + path, encoded=True), headers=headers) as answer,
    ):
        return answer.status, await answer.read(), answer


async def test_the_whole_film(root: str, path: str) -> None:
    status, body, answer = await get(root, path)
    assert (status, body) == (200, FILM)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    status, body, answer = await get(root, path, "HEAD")
    assert (status, body, answer.headers["Content-Length"]) == (200, b"", str(len(FILM)))


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=0-9", slice(0, 10)), ("bytes=10000-", slice(10000, None)), ("bytes=-5", slice(-5, None))],
)
async def test_a_part_of_the_film(root: str, path: str, asked: str, part: slice) -> None:
    status, body, answer = await get(root, path, Range=asked)
    assert (status, body) == (206, FILM[part])
    assert answer.headers["Content-Range"].endswith(f"/{len(FILM)}")


async def test_a_part_that_there_is_not(root: str, path: str) -> None:
    assert (await get(root, path, Range="bytes=99999-"))[0] == 416


@pytest.mark.parametrize("days", [-1, -0.001])
async def test_an_address_ends(root: str, film: Path, days: float) -> None:
    old = FilmShelf(film.parent, key=KEY, public_url=PUBLIC, days=days).offer(film)
    assert (await get(root, old.removeprefix("http://films.example")))[0] == 410


async def test_an_address_ends_with_its_film(root: str, path: str, film: Path) -> None:
    film.unlink()
    assert (await get(root, path))[0] == 410


async def test_an_address_cannot_be_made_up(root: str, path: str, film: Path) -> None:
    name = path.rpartition("/")[2]
    stem, until, proof = name.removesuffix(".mp4").split("-")
    base = path.removesuffix(name)
    longer = str(int(until) + 1)
    other = FilmShelf(film.parent, key=b"another", public_url=PUBLIC, days=7).offer(film).rpartition("/")[2]
    made_up = [
        f"{stem}-{longer}-{proof}.mp4",
        f"{stem[:-1]}8-{until}-{proof}.mp4",
        f"{stem}-{until}-{proof[:-1]}.mp4",
        f"{stem}-{until}-{'0' * 40}.mp4",
        f"{stem}-{until}-.mp4",
        f"{stem}.mp4",
        f"{stem}.poster.jpg",
        f"{name}.jpg",
        other,
        "..%2fsecret.mp4",
        "%2e%2e%2fsecret.mp4",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        f"{stem}%00-{until}-{proof}.mp4",
        f"{name}%0a",
        "",
        "x" * 4000,
    ]
    for name in made_up:
        status, body, _ = await get(root, base + name)
        assert (status, b"secret" in body, FILM[:50] in body) == (404, False, False), name
    for outside in (
        "/films/" + path.rpartition("/")[2],
        "/some/path/films/../../../secret.mp4",
        "/some/path/secret.mp4",
    ):
        assert (await get(root, outside))[0] == 404, outside


def test_nothing_of_the_key_and_nothing_that_can_be_guessed_is_in_it(shelf: FilmShelf, path: str) -> None:
    assert len(path.rpartition("-")[2].removesuffix(".mp4")) == 40
    assert KEY.hex() not in path


def test_what_was_handed_out_is_kept_as_long(shelf: FilmShelf, film: Path) -> None:
    os.utime(film, (1, 1))
    shelf.offer(film)
    assert film.stat().st_mtime > time.time() - 3600


def test_the_key_stays_and_is_for_nobody_else(tmp_path: Path) -> None:
    key = key_in(tmp_path / "films.key")
    assert (len(key), key_in(tmp_path / "films.key")) == (32, key)
    assert stat.S_IMODE((tmp_path / "films.key").stat().st_mode) == 0o600
    assert key_in(tmp_path / "other.key") != key


def settings(folder: Path, **given: object) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=folder,
        nemo=NemoSettings(_env_file=None),
        telegram=TelegramSettings(_env_file=None),
        discord=DiscordSettings(_env_file=None),
        **given,
    )


def test_no_address_holds_longer_than_films_are_kept(tmp_path: Path) -> None:
    assert film_shelf(settings(tmp_path)) is None
    for keep, days in ((3, 3), (30, 7)):
        given = settings(tmp_path, public_url=PUBLIC, http_port=80, policy={"keep_films": keep * 86_400})
        shelf = film_shelf(given)
        assert shelf is not None
        assert (shelf.days, shelf.route) == (days, "/some/path/films/{name}")


@pytest.mark.parametrize(
    "given",
    [
        {"public_url": PUBLIC},
        {"public_url": "films.example", "http_port": 80},
        {"public_url": "https://me:word@films.example", "http_port": 80},
        {"public_url": "https://films.example/?a=b", "http_port": 80},
        {"public_url": "https://films.example/{x}", "http_port": 80},
    ],
)
def test_an_address_that_cannot_serve_is_refused_at_the_start(tmp_path: Path, given: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=r"(?i)public_url"):
        settings(tmp_path, **given)
