"""An event in a Telegram group: who leaves, what a reply means, how guests come in."""

from __future__ import annotations

from telegram import Update

from adapters.telegram.choices import Choices
from adapters.telegram.translate import translate
from adapters.telegram.words import Me
from bot.core.chat import ChatKind, Inbound
from tests.servers.telegram_updates import BOT, GROUP, message, photo, user

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


def test_a_deep_link_carries_its_code():
    came = read(message(text="/start join_AB12CD34"))
    assert isinstance(came, Inbound)
    assert (came.command, came.text) == ("start", "join_AB12CD34")
    assert came.chat_kind is ChatKind.PRIVATE
