"""The whole bot in private chats and groups: who is answered, what buttons do, and what a restart changes."""

from __future__ import annotations

from pathlib import Path

from bot.i18n import catalog
from tests.platforms.telegram.running import Bot, bot_on_telegram
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import run, said
from tests.servers.telegram import TelegramServer
from tests.servers.telegram_updates import ANA, BOT, GROUP, Room, document, membership, message, photo, tap, user, video

AT = f"@{BOT['username']}"
EXPORT = "🎬 Export"
REEL = "turn these into a highlight reel"


def buttons(server: TelegramServer, chat: int, *, label: str = "") -> list[tuple[dict, str]]:
    """Messages with such a button, and what the button carries."""
    found = [posted for (where, _), posted in sorted(server.messages.items()) if where == chat]
    return [
        (posted, button["callback_data"])
        for posted in found
        for row in posted.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if label in button["text"]
    ]


async def with_a_film(bot: Bot, name: str, room: Room = ANA) -> None:
    """Somebody has made a film, and an edit since: the export is offered."""
    bot.server.send(message(room, photo=photo(name), caption=f"{AT} {REEL}"))
    await bot.until(lambda: bot.server.films(room.id))
    bot.server.send(message(room, text=f"{AT} calmer, please"))
    await bot.until(lambda: buttons(bot.server, room.id, label=EXPORT))


async def test_a_button_says_its_words_also_after_a_restart(
    telegram: TelegramServer, nemo: NemoServer, photos: list[str], tmp_path: Path
) -> None:
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot") as bot:
        await with_a_film(bot, photos[0])
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot") as bot:
        posted, data = buttons(telegram, 7, label=EXPORT)[-1]
        assert len(data.encode()) <= 64
        telegram.send(tap(ANA, posted, data))
        await bot.until(lambda: len(telegram.films(7)) == 2)
        await bot.until(lambda: telegram.asked("answerCallbackQuery"))
    assert telegram.asked("setMyCommands")[0].params["commands"][0]["command"] == "highlight"
    assert len(telegram.asked("setMyCommands")) == len(catalog.load().languages)


async def test_in_a_group_a_button_belongs_to_who_asked_or_an_admin(
    bot: Bot, telegram: TelegramServer, photos: list[str]
) -> None:
    telegram.admins.add(9)
    await with_a_film(bot, photos[0], GROUP)
    posted, data = buttons(telegram, GROUP.id, label=EXPORT)[-1]
    telegram.send(tap(GROUP, posted, data, sender=user(8)))
    await bot.until(lambda: telegram.asked("answerCallbackQuery"))
    assert "for the person who asked" in telegram.asked("answerCallbackQuery")[0].params["text"]
    assert len(telegram.films(GROUP.id)) == 1
    telegram.send(tap(GROUP, posted, data, sender=user(9)))
    await bot.until(lambda: len(telegram.films(GROUP.id)) == 2)
    telegram.send(tap(GROUP, posted, "0123456789abcdef", sender=user(7)))
    await bot.until(lambda: "too old" in str(telegram.asked("answerCallbackQuery")[-1].params))


async def test_a_group_is_listened_to_in_silence_until_somebody_says_go(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    people = [user(7), user(8), user(9)]
    last = telegram.send(
        *[message(GROUP, photo=photo(name), sender=who) for name, who in zip(photos, people, strict=False)],
        message(GROUP, video=video("big", 30 << 20), sender=user(8)),
        message(GROUP, text="lovely!", sender=user(8)),
    )[-1]
    await bot.answered(last)
    assert nemo.seen == []
    assert telegram.messages == {}
    assert telegram.asked("setMessageReaction") == []
    telegram.send(message(GROUP, text=f"{AT} {REEL}"))
    await bot.until(lambda: telegram.films(GROUP.id))
    assert len(nemo.asked("upload")) == 3
    assert bot.says("20 MB at most", chat=GROUP.id)
    assert telegram.asked("sendVideo")[0].params["reply_parameters"]["allow_sending_without_reply"] is True


async def test_one_too_large_does_not_keep_the_others(
    patient: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    album = [message(photo=photo(name), media_group_id="a") for name in photos[:4]]
    telegram.send(*album, message(video=video("v", 25 << 20, file_name="party.mp4"), media_group_id="a"))
    await patient.until(lambda: patient.says("party.mp4"))
    await patient.until(lambda: len(nemo.asked("upload")) == 4)
    refusals = [text for text in telegram.texts(7) if "party.mp4" in text]
    assert len(refusals) == 1
    assert "20 MB" in refusals[0]
    assert "smaller copy, or split" in refusals[0]
    assert {call.params["file_id"] for call in telegram.asked("getFile")} == set(photos[:4])


async def test_what_could_not_be_fetched_is_named_and_fetched_by_a_press(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    there = telegram.files.pop(photos[0])
    telegram.send(message(photo=photo(photos[0])))
    await bot.until(lambda: buttons(telegram, 7, label="Try again"))
    assert nemo.asked("upload") == []
    posted, data = buttons(telegram, 7, label="Try again")[0]
    telegram.files[photos[0]] = there
    telegram.send(tap(ANA, posted, data))
    await bot.until(lambda: bot.says("1 file received"))
    assert len(nemo.asked("upload")) == 1


async def test_a_heic_original_is_taken(bot: Bot, telegram: TelegramServer, nemo: NemoServer, heic: bytes) -> None:
    telegram.files["heic"] = heic
    telegram.send(message(document=document("heic", "IMG_0001.HEIC", "image/heic", len(heic)), caption=REEL))
    await bot.until(lambda: telegram.films(7))
    assert b'filename="IMG_0001.jpg"' in nemo.asked("upload")[0].body


async def test_highlight_in_answer_to_a_video_takes_it(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, film: bytes
) -> None:
    telegram.files["clip"] = film
    theirs = message(GROUP, video=video("clip", len(film)), sender=user(8))
    telegram.send(message(GROUP, text="/highlight", reply_to_message=theirs))
    await bot.until(lambda: telegram.films(GROUP.id))
    assert len(nemo.asked("upload")) == 1


async def test_an_answer_to_a_photo_that_is_there_already_takes_it_once(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    mine = message(photo=photo(photos[0]))
    telegram.send(mine, message(text="/highlight", reply_to_message=mine))
    await bot.until(lambda: telegram.films(7))
    assert len(nemo.asked("upload")) == 1


async def test_a_group_that_becomes_a_supergroup_in_the_middle_gets_its_film(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    old, new = Room(-5, "group", "Trip"), Room(-1005, "supergroup", "Trip")

    async def moving(request):
        telegram.moved[-5] = -1005
        numbers = telegram.send(message(old, migrate_to_chat_id=-1005), message(new, migrate_from_chat_id=-5))
        await bot.answered(numbers[-1])
        return await usual(request)

    async def usual(request):
        for state in nemo._sessions.values():
            state["draft"] = {"t": [{"tt": 0, "sg": [{"d": 3000, "m": {"title": "a"}}]}], "d": 3000, "m": {}}
        return await run(said("Done."))(request)

    nemo.on("run", moving)
    telegram.send(message(old, photo=photo(photos[0]), caption=f"{AT} {REEL}"))
    await bot.until(lambda: telegram.films(-1005))
    telegram.send(message(new, text="/status"))
    await bot.until(
        lambda: bot.says("Timeline", chat=-1005) or bot.says("0:03", chat=-1005) or bot.says("3 s", chat=-1005)
    )
    assert len(nemo.asked("open")) == 1


async def test_privacy_mode_is_explained_once(bot: Bot, telegram: TelegramServer) -> None:
    left, member = {"status": "left"}, {"status": "member"}
    telegram.send(membership(GROUP, left, member))
    await bot.until(lambda: bot.says("/setprivacy", chat=GROUP.id))
    telegram.send(membership(GROUP, member, left), membership(GROUP, left, member))
    telegram.send(message(GROUP, text="/doctor"))
    await bot.until(lambda: bot.says("I only see commands", chat=GROUP.id))
    await bot.until(lambda: bot.says("✅ I can read photos and clips.\n✅ The editing service answers.", chat=GROUP.id))
    assert len([text for text in telegram.texts(GROUP.id) if "/setprivacy" in text]) == 1


async def test_settings_are_the_admins_and_stay(telegram: TelegramServer, nemo: NemoServer, tmp_path: Path) -> None:
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot") as bot:
        telegram.send(message(GROUP, text="/settings", sender=user(8)))
        await bot.until(lambda: bot.says("Only admins", chat=GROUP.id))
        telegram.admins.add(9)
        telegram.send(message(GROUP, text="/settings", sender=user(9)))
        await bot.until(lambda: buttons(telegram, GROUP.id))
        posted, data = next(found for found in buttons(telegram, GROUP.id) if found[1].endswith("always"))
        telegram.send(tap(GROUP, posted, data, sender=user(8)), tap(GROUP, posted, data, sender=user(9)))
        await bot.until(lambda: telegram.asked("editMessageReplyMarkup"))
        assert len(telegram.asked("editMessageReplyMarkup")) == 1
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot") as bot:
        telegram.send(message(GROUP, text="help", sender=user(8)))
        await bot.until(lambda: bot.says("Send me photos", chat=GROUP.id))


async def test_members_may_have_projects_of_their_own(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    telegram.admins.add(9)
    telegram.send(message(GROUP, text="/settings", sender=user(9)))
    await bot.until(lambda: buttons(telegram, GROUP.id))
    posted, data = next(found for found in buttons(telegram, GROUP.id) if found[1].endswith("personal"))
    telegram.send(tap(GROUP, posted, data, sender=user(9)))
    await bot.until(lambda: telegram.asked("editMessageReplyMarkup"))
    for number, name in ((7, photos[0]), (8, photos[1])):
        telegram.send(message(GROUP, photo=photo(name), caption=f"{AT} {REEL}", sender=user(number)))
    await bot.until(lambda: len(telegram.films(GROUP.id)) == 2)
    assert [len(nemo.asked(call)) for call in ("open", "upload", "run")] == [2, 2, 2]


async def test_strangers_are_told_once_and_let_in_by_an_owner(
    telegram: TelegramServer, nemo: NemoServer, tmp_path: Path
) -> None:
    closed = {"allowed_users": frozenset({"1"}), "owners": frozenset({"2"})}
    owner = Room(2)
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot", **closed) as bot:
        telegram.send(message(text="help"), message(text="help?"))
        telegram.send(message(GROUP, text="/help"))
        await bot.until(lambda: bot.says("this code:"))
        code = telegram.texts(7)[0].partition("code: ")[2][:6]
        telegram.send(message(text=f"/approve {code}"))  # not by themselves
        telegram.send(message(owner, text=f"/approve {code}"))
        await bot.until(lambda: bot.says("Let in", chat=2))
        telegram.send(message(text="help"))
        await bot.until(lambda: bot.says("Send me photos"))
    assert len(telegram.texts(7)) == 2
    assert telegram.texts(GROUP.id) == []


async def test_topics_are_projects_of_their_own_and_answered_in_place(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]
) -> None:
    forum = Room(-1002, "supergroup", "Forum", is_forum=True)
    telegram.topics |= {31, 32}
    telegram.admins.add(7)
    telegram.send(message(forum, text="/settings", message_thread_id=31, is_topic_message=True))
    await bot.until(lambda: buttons(telegram, forum.id, label="9:16"))
    ((posted, data),) = buttons(telegram, forum.id, label="9:16")
    telegram.send(tap(forum, posted, data, sender=user(7)))
    await bot.until(lambda: buttons(telegram, forum.id, label="✓ 9:16"))
    for topic, name in ((31, photos[0]), (32, photos[1])):
        where = {"message_thread_id": topic, "is_topic_message": True}
        telegram.send(message(forum, photo=photo(name), caption=f"{AT} {REEL}", **where))
    await bot.until(lambda: len(telegram.films(forum.id)) == 2)
    assert len(nemo.asked("open")) == 2
    assert {film["message_thread_id"] for film in telegram.films(forum.id)} == {31, 32}
    asked = sorted(call.json["new_message"]["parts"][0]["text"] for call in nemo.asked("run"))
    assert asked == [REEL, f"{REEL}. Make it vertical, 9:16."]  # the shape of one topic is not that of another


async def test_what_cannot_be_used_is_declined_politely_and_once(bot: Bot, telegram: TelegramServer) -> None:
    telegram.send(*[message(contact={"phone_number": "1", "first_name": "Bo"}) for _ in range(5)])
    await bot.until(lambda: bot.says("can't make anything"))
    telegram.send(message(text="help"))
    await bot.until(lambda: bot.says("Send me photos"))
    assert len(telegram.texts(7)) == 2


async def test_last_goes_out_by_its_id(bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]) -> None:
    telegram.send(message(photo=photo(photos[0]), caption=REEL))
    await bot.until(lambda: telegram.films(7))
    telegram.send(message(text="/last"))
    await bot.until(lambda: len(telegram.films(7)) == 2)
    first, second = telegram.asked("sendVideo")
    assert ("video" in first.files, "video" in second.files) == (True, False)
    assert len(nemo.asked("render")) == 1


async def test_a_hundred_chats_at_once_are_all_answered_once(bot: Bot, telegram: TelegramServer) -> None:
    rooms = [Room(1000 + number) for number in range(100)]
    telegram.send(*[message(room, text="help") for room in rooms])
    await bot.until(lambda: len(telegram.messages) >= 100)
    assert {where for where, _ in telegram.messages} == {room.id for room in rooms}
    assert len(telegram.messages) == 100
