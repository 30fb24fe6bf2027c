"""What belongs together: albums and bursts, in groups and in private, whatever carries the words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.platforms.telegram.running import Bot, bot_on_telegram
from tests.servers.nemo import NemoServer
from tests.servers.telegram import TelegramServer, slow
from tests.servers.telegram_updates import ANA, BOT, GROUP, Room, document, message, photo

AT = f"@{BOT['username']}"
REEL = "turn these into a highlight reel"


async def test_words_on_any_item_are_the_order_for_the_whole_album(
    patient: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    others = Room(-1009, "supergroup", "Others")
    for room, words in ((GROUP, f"{AT} {REEL}"), (others, f"/highlight@{BOT['username']} {REEL}")):
        album = [message(room, photo=photo(name), media_group_id="a") for name in photos[:3]]
        album.append(message(room, photo=photo(photos[3]), media_group_id="a", caption=words))
        telegram.send(*album, message(room, photo=photo(photos[4]), media_group_id="a"))
    await patient.until(lambda: telegram.films(GROUP.id) and telegram.films(others.id))
    assert [len(nemo.asked(call)) for call in ("upload", "run", "render")] == [10, 2, 2]
    assert len(telegram.asked("setMessageReaction")) == 2


async def test_a_download_that_stalls_is_named_and_keeps_nobody_waiting(
    telegram: TelegramServer, nemo: NemoServer, photos: list[str], tmp_path: Path
) -> None:
    telegram.on("file", slow(600))
    policy = {"album_quiet": 0.6, "album_cap": 9, "download_timeout": 4}
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot", policy=policy) as bot:
        album = [message(photo=photo(name), media_group_id="a") for name in photos[:3]]
        telegram.send(album[0] | {"caption": REEL}, *album[1:])
        await bot.until(lambda: telegram.films(7))
    named = "\n".join(telegram.texts(7)).count("took too long to download")
    assert 1 <= named == 3 - len(nemo.asked("upload"))
    assert [len(nemo.asked(call)) for call in ("run", "render")] == [1, 1]


async def test_every_caption_reaches_the_editor_with_its_place(
    patient: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    captions = {0: REEL, 2: "grandma dances"}
    album = [
        message(photo=photo(name), media_group_id="a", **({"caption": captions[n]} if n in captions else {}))
        for n, name in enumerate(photos[:3])
    ]
    telegram.send(album[0], album[2], album[1])  # as a webhook may tell them, which is called several times at once
    await patient.until(lambda: telegram.films(7))
    assert [telegram.files[name] in seen.body for name, seen in zip(photos, nemo.asked("upload"), strict=False)] == [
        True,
        True,
        True,
    ]
    (prompt,) = [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]
    assert prompt.startswith(REEL)
    assert "file 3: grandma dances" in prompt


async def test_a_burst_of_photo_file_and_words_is_one_order(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str], heic: bytes
) -> None:
    telegram.files["original"] = heic
    telegram.send(message(photo=photo(photos[0])))
    telegram.send(message(document=document("original", "IMG_2.HEIC", "image/heic", len(heic))))
    await bot.until(lambda: len(nemo.asked("upload")) == 2)
    assert nemo.asked("run") == [], "media without words start nothing"
    telegram.send(message(text="make it fast"))
    await bot.until(lambda: telegram.films(7))
    assert [len(nemo.asked(call)) for call in ("upload", "run")] == [2, 1]


async def test_only_a_real_topic_is_named_in_an_answer(bot: Bot, telegram: TelegramServer) -> None:
    telegram.topics |= {9}
    forum = Room(-1005, "supergroup", "Forum", is_forum=True)
    said: list[tuple[Room, dict[str, Any], int | None]] = [
        (forum, {"message_thread_id": 1, "is_topic_message": True}, None),
        (forum, {}, None),
        (GROUP, {"message_thread_id": 77}, None),
        (ANA, {"message_thread_id": 9, "is_topic_message": True}, 9),
    ]
    for number, (room, topic, thread) in enumerate(said, 1):
        telegram.send(message(room, text=f"{AT} help", **topic))
        await bot.until(lambda number=number: len(telegram.asked("sendMessage")) == number)
        assert telegram.asked("sendMessage")[-1].params.get("message_thread_id") == thread
