"""The bytes of what people sent: whole, in pieces, or refused by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.telegram.faults import LocalFilesUnreadable
from adapters.telegram.platform import Telegram
from bot.core.errors import MediaError
from bot.core.media import MediaKind, MediaRef
from tests.platforms.telegram.running import TIMING
from tests.platforms.telegram.test_faults import platform_on
from tests.servers.telegram import CUT_AFTER, CUT_BEFORE, TelegramServer, flood, refuse, slow, status

BODY = bytes(range(256)) * 4096


def ref(name: str = "clip", size: int | None = None) -> MediaRef:
    return MediaRef(platform="telegram", locator=name, name=f"{name}.mp4", kind=MediaKind.VIDEO, size=size)


async def bytes_of(platform: Telegram, wanted: MediaRef) -> bytes:
    async with platform.open_media(wanted) as chunks:
        return b"".join([chunk async for chunk in chunks])


@pytest.mark.parametrize(
    ("on_get", "on_file"),
    [
        ((), ()),
        ((flood(1), status(502), CUT_BEFORE), ()),
        ((), (CUT_AFTER,)),
        ((), (CUT_AFTER, CUT_AFTER)),
        ((), (status(404),)),
    ],
)
async def test_every_byte_in_every_weather(telegram: TelegramServer, on_get, on_file) -> None:
    telegram.files["clip"] = BODY
    telegram.on("getFile", *on_get).on("file", *on_file)
    async with platform_on(telegram) as platform:
        assert await bytes_of(platform, ref()) == BODY


async def test_a_cut_download_goes_on_where_it_was(telegram: TelegramServer) -> None:
    telegram.files["clip"] = BODY
    telegram.on("file", CUT_AFTER)
    async with platform_on(telegram) as platform:
        assert await bytes_of(platform, ref()) == BODY
    first, second = (call.params["range"] for call in telegram.asked("file"))
    assert first == ""
    assert second.startswith("bytes=")


async def test_an_expired_address_is_asked_for_anew(telegram: TelegramServer) -> None:
    telegram.files["clip"] = BODY
    telegram.on("file", status(404))
    async with platform_on(telegram) as platform:
        assert await bytes_of(platform, ref()) == BODY
    assert len(telegram.asked("getFile")) == 2


async def test_too_large_is_refused_before_and_after_asking(telegram: TelegramServer) -> None:
    telegram.files["clip"] = b"x" * ((20 << 20) + 1)
    async with platform_on(telegram) as platform:
        with pytest.raises(MediaError) as caught:
            await bytes_of(platform, ref(size=25 << 20))
        assert telegram.asked("getFile") == []
        assert (caught.value.key, caught.value.params["name"]) == ("telegram.too_large", "clip.mp4")
        with pytest.raises(MediaError) as caught:
            await bytes_of(platform, ref())
    assert caught.value.key == "telegram.too_large"
    assert caught.value.params["limit"] == 20


@pytest.mark.parametrize("fault", [None, refuse("Bad Request: invalid file_id")])
async def test_what_telegram_does_not_know_is_named(telegram: TelegramServer, fault) -> None:
    if fault:
        telegram.on("getFile", fault)
    async with platform_on(telegram) as platform:
        with pytest.raises(MediaError) as caught:
            await bytes_of(platform, ref("lost"))
    assert (caught.value.key, caught.value.params["name"]) == ("media.vanished", "lost.mp4")


async def test_a_local_server_names_files_on_disk(telegram: TelegramServer, tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(BODY)
    telegram.paths["clip"] = str(file)
    async with platform_on(telegram, local=True, local_dir=tmp_path) as platform:
        assert await bytes_of(platform, ref(size=400_000_000)) == BODY
        assert platform.outbox.limits(None).video_bytes == 2_000_000_000
    assert telegram.asked("file") == []


async def test_a_local_server_may_take_its_time_to_have_a_file(telegram: TelegramServer) -> None:
    telegram.files["clip"] = BODY
    telegram.on("getFile", slow(0.8))
    hurried = replace(TIMING, answer=0.4)
    async with platform_on(telegram, local=True, timing=hurried) as platform:
        assert await bytes_of(platform, ref()) == BODY
    assert len(telegram.asked("getFile")) == 1


async def test_a_local_path_is_not_believed_unless_it_is_expected(telegram: TelegramServer, tmp_path: Path) -> None:
    secret = tmp_path / "clip"
    secret.write_bytes(b"not theirs")
    telegram.paths["clip"] = str(secret)
    telegram.files["clip"] = BODY
    async with platform_on(telegram) as platform:
        assert await bytes_of(platform, ref()) == BODY


async def test_an_unreadable_local_folder_is_said_at_the_start(telegram: TelegramServer, tmp_path: Path) -> None:
    with pytest.raises(LocalFilesUnreadable):
        async with platform_on(telegram, local=True, local_dir=tmp_path / "nowhere"):
            pass
