"""An event in a Telegram group: who leaves, what a reply means, how guests come in."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from telegram import Update

from adapters.telegram import gaps
from adapters.telegram.choices import Choices
from adapters.telegram.lenient import update_of
from adapters.telegram.translate import translate
from adapters.telegram.words import Me
from bot.app import DATABASE
from bot.core.chat import ChatKind, Inbound
from tests.platforms.held import votes
from tests.platforms.telegram.running import Bot, bot_on_telegram
from tests.servers.nemo import NemoServer
from tests.servers.telegram import TelegramServer
from tests.servers.telegram_updates import BOT, GROUP, message, photo, reaction, tap, user, video, vote

ME = Me(id=BOT["id"], username=BOT["username"])


def read(content):
    return translate(Update.de_json({"update_id": 5, "message": content}, None), ME, lambda _: Choices())


def test_who_leaves_is_told_and_bots_are_not():
    gone = read(message(room=GROUP, left_chat_member=user(7)))
    assert isinstance(gone, Inbound)
    assert (gone.command, gone.sender.id, gone.chat_kind) == ("left", "7", ChatKind.GROUP)
    assert read(message(room=GROUP, left_chat_member=BOT)) is None


def test_remove_says_which_message_it_answers():
    shown = message(room=GROUP, photo=photo("p"))
    removed = read(message(room=GROUP, text="/remove", reply_to_message=shown))
    assert (removed.command, removed.reply_to, removed.media) == ("remove", str(shown["message_id"]), ())


def test_a_sign_in_answer_to_ones_own_file_takes_it_out():
    shown = message(room=GROUP, photo=photo("p"), sender=user(8))
    out = read(message(room=GROUP, text="🚫", reply_to_message=shown, sender=user(8)))
    assert (out.command, out.text, out.addressed) == ("remove", "", True)
    assert read(message(room=GROUP, text="🚫", reply_to_message=shown, sender=user(7))) is None
    assert read(message(room=GROUP, text="not this one", reply_to_message=shown, sender=user(8))).command == "remove"
    talk = message(room=GROUP, text="mine is next", sender=user(8))
    assert read(message(room=GROUP, text="not this one", reply_to_message=talk, sender=user(8))) is None


@pytest.mark.parametrize(
    ("before", "now", "taken", "put"),
    [
        ((), ("❤",), "", "like"),
        (("❤",), ("👎",), "like", "out"),
        (("👎", "👀"), ("👀",), "out", ""),
        (("❤",), ("👍",), "", "like"),
    ],
)
def test_what_reactions_say(before, now, taken, put):
    told = {"update_id": 5, **reaction(GROUP, 70, *now, before=before, by=8)}
    found = translate(Update.de_json(told, None), ME, lambda _: Choices())
    assert (found.message_id, found.sender.id, found.chat.chat_id) == ("70", "8", str(GROUP.id))
    assert ("".join(found.taken), "".join(found.put)) == (taken, put)


def test_other_reactions_are_nobodys_business():
    told = {"update_id": 5, **reaction(GROUP, 70, "👀", before=("🤔",))}
    assert translate(Update.de_json(told, None), ME, lambda _: Choices()) is None


def test_a_deep_link_carries_its_code():
    came = read(message(text="/start join_AB12CD34"))
    assert isinstance(came, Inbound)
    assert (came.command, came.text) == ("start", "join_AB12CD34")
    assert came.chat_kind is ChatKind.PRIVATE


async def test_an_evening_in_a_group(bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str]) -> None:
    def card(words: str) -> bool:
        return any(text.startswith("📸 Ana & Bo: ") and text.endswith(words) for text in telegram.texts(GROUP.id))

    def toasts() -> list[str]:
        return [call.params["text"] for call in telegram.asked("answerCallbackQuery") if "text" in call.params]

    telegram.send(message(text="/start"))  # 7 has a private chat with the bot from now on, nobody else has
    telegram.send(message(GROUP, text='/event start "Ana & Bo"', sender=user(7)))
    await bot.until(lambda: card("0 photos · 0 people"))
    shown = [message(GROUP, photo=photo(name), sender=user(7 + number)) for number, name in enumerate(photos[:3])]
    telegram.send(*shown, message(GROUP, video=video("big", 30 << 20), sender=user(8)))
    await bot.until(lambda: card("3 photos · 3 people · 1 too big (send it smaller)"))
    telegram.admins.add(BOT["id"])
    telegram.send(reaction(GROUP, shown[1]["message_id"], "👎", by=7))  # nobody takes out what is another's
    telegram.send(reaction(GROUP, shown[1]["message_id"], "👎", by=8))
    await bot.until(lambda: card("2 photos · 2 people · 1 too big (send it smaller)"))
    telegram.send(message(GROUP, left_chat_member=user(9), sender=user(9)))
    await bot.until(lambda: card("1 photo · 1 person · 1 too big (send it smaller)"))
    telegram.send(message(GROUP, text="/event sheet", sender=user(7)))
    await bot.until(lambda: any("photo" in one for one in telegram.messages.values()))
    sheet = next(one for one in telegram.messages.values() if "photo" in one)
    (film, first) = sheet["reply_markup"]["inline_keyboard"][0]
    telegram.send(tap(GROUP, sheet, first["callback_data"], sender=user(8)))  # everybody may
    await bot.until(lambda: bot.says("✂️ 0 in the film · out: 1", chat=GROUP.id))
    await bot.until(lambda: toasts() == ["✂️ 0 in the film · out: 1 · nothing left of User 7"])
    telegram.send(message(GROUP, text="bring back 1", reply_to_message=sheet, sender=user(7)))
    await bot.until(lambda: bot.says("✂️ 1 in the film", chat=GROUP.id))
    telegram.admins.add(7)
    telegram.send(message(GROUP, text="/event allow make admins", sender=user(7)))
    await bot.until(lambda: bot.says("make: admins", chat=GROUP.id))
    telegram.send(tap(GROUP, sheet, film["callback_data"], sender=user(8)))
    await bot.until(lambda: toasts()[1:] == ["The admins of this group have reserved that."])
    telegram.send(message(GROUP, text="/remove", sender=user(7)), message(GROUP, text="/remove", sender=user(8)))
    await bot.until(lambda: bot.says("Answer a photo") and bot.says("Answer a photo", chat=GROUP.id))
    assert nemo.seen == []
    telegram.send(tap(GROUP, sheet, film["callback_data"], sender=user(7)))
    await bot.until(lambda: telegram.films(GROUP.id))
    await bot.until(lambda: bot.says("For you alone"))
    head, line = telegram.texts(7)[-1].splitlines()
    assert head.endswith("what is not in “Ana & Bo”:")
    assert line.startswith("• 1 too big (send it smaller): video_")
    assert line.endswith(".mp4 (User 8)")
    assert not bot.says("reserved", chat=GROUP.id)
    assert sum("Answer a photo" in text for text in telegram.texts(GROUP.id)) == 1
    assert len(nemo.asked("upload")) == 1
    assert telegram.asked("sendPoll") == []
    assert sum(text.startswith("📸 Ana & Bo: ") for text in telegram.texts(GROUP.id)) == 1


def test_large_groups_tell_admins_who_leaves():
    def told(status, **more):
        change = {"chat": GROUP.json, "from": user(7), "date": 1}
        change |= {"old_chat_member": {"status": "member", "user": user(8)}}
        return {"update_id": 5, "chat_member": change | {"new_chat_member": {"status": status, "user": user(8)} | more}}

    def event(update):
        return translate(Update.de_json(update_of(update, now=1), None), ME, lambda _: Choices())

    for gone in (told("left"), told("kicked"), told("restricted", is_member=False)):
        assert (event(gone).command, event(gone).sender.id) == ("left", "8")
    assert [event(there) for there in (told("member"), told("restricted", is_member=True))] == [None, None]


async def test_after_a_long_absence_votes_are_asked_for_once_and_who_left_is_not_in_the_film(
    telegram: TelegramServer, nemo: NemoServer, photos: list[str], tmp_path: Path
) -> None:
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot") as bot:
        telegram.send(message(GROUP, text='/event start "Ana & Bo"', sender=user(7)))
        telegram.send(*(message(GROUP, photo=photo(name), sender=user(7 + n)) for n, name in enumerate(photos[:3])))
        await bot.until(lambda: any(text.endswith("3 photos · 3 people") for text in telegram.texts(GROUP.id)))
        await bot.until(lambda: heard(tmp_path))
    rewrite(tmp_path, time.time() - 2 * gaps.KEPT)
    telegram.gone.add(8)
    for _ in range(2):
        async with bot_on_telegram(telegram, nemo, tmp_path / "bot") as bot:
            await bot.until(lambda: heard(tmp_path) > time.time() - gaps.KEPT)
            await bot.until(lambda: any(text.endswith("2 photos · 2 people") for text in telegram.texts(GROUP.id)))
    assert sum("did not reach me, for “Ana & Bo”" in text for text in telegram.texts(GROUP.id)) == 1
    telegram.gone.add(9)
    async with bot_on_telegram(telegram, nemo, tmp_path / "bot") as bot:
        telegram.send(message(GROUP, text="/event go", sender=user(7)))
        await bot.until(lambda: telegram.films(GROUP.id))
    assert len(nemo.asked("upload")) == 1


def knows(folder: Path, poll: str) -> bool:
    """Whether the bot has written down what a poll is about."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        asked = "SELECT 1 FROM bot_notes WHERE key = ?"
        return connection.execute(asked, (f"poll/{poll}/",)).fetchone() is not None


def heard(folder: Path) -> float:
    """When the bot last noted that updates arrive."""
    with closing(sqlite3.connect(folder / "bot" / DATABASE)) as connection:
        found = connection.execute("SELECT value FROM bot_notes WHERE key = ?", (gaps.NOTE,)).fetchone()
    return float(found[0]) if found else 0.0


def rewrite(folder: Path, at: float) -> None:
    """The bot's note as if its last one were of another time."""
    with closing(sqlite3.connect(folder / "bot" / DATABASE)) as connection, connection:
        connection.execute("UPDATE bot_notes SET value = ? WHERE key = ?", (str(at), gaps.NOTE))


async def test_where_reactions_are_not_told_there_is_one_poll(
    bot: Bot, telegram: TelegramServer, nemo: NemoServer, photos: list[str], tmp_path: Path
) -> None:
    telegram.send(message(GROUP, text="/event start", sender=user(7)))
    telegram.send(*(message(GROUP, photo=photo(name), sender=user(7 + n)) for n, name in enumerate(photos[:3])))
    await bot.until(
        lambda: bot.says("3 photos · 3 people", chat=GROUP.id) and not bot.says("downloading", chat=GROUP.id)
    )
    for words in ("/event sheet", "/event sheet"):
        telegram.send(message(GROUP, text=words, sender=user(7)))
    sent = telegram.messages.values()
    await bot.until(lambda: sum("photo" in one for one in sent) == 2 and any("poll" in one for one in sent))
    (poll,) = [one["poll"] for one in telegram.messages.values() if "poll" in one]
    assert [option["text"] for option in poll["options"]] == ["1 · User 7", "2 · User 8", "3 · User 9"]
    await bot.until(lambda: knows(tmp_path / "bot", poll["id"]))
    telegram.send(vote(poll, 1, by=7), vote(poll, 0, 2, by=8), vote(poll, 2, 9, by=9), vote(poll, by=7))
    telegram.send(vote({"id": "nobody's"}, 0, by=9))
    await bot.until(lambda: votes(tmp_path / "bot") == ["telegram:8", "telegram:8", "telegram:9"])
    telegram.send(message(GROUP, text="/event go", sender=user(7)))
    await bot.until(lambda: telegram.films(GROUP.id))
    assert telegram.files[photos[2]] in nemo.asked("upload")[0].body
