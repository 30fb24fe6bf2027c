"""Words that are on disk: a row written by an older version is read back by them, so they stay as they are."""

from datetime import UTC, datetime

import pytest

from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender, person_key
from bot.core.events import Complained
from bot.core.gui import Action, ActionKind, Translated
from bot.core.intents import INSTANT, Intent, Route
from bot.core.media import MediaKind
from bot.core.session import RenderState
from bot.core.turn import ItemState, TurnState


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ChatKind, {"private", "group"}),
        (MediaKind, {"photo", "video", "audio", "other"}),
        (RenderState, {"pending", "processing", "completed", "failed", "unknown_id"}),
        (TurnState, {"waiting", "running", "done", "failed", "stopped"}),
        (ItemState, {"arrived", "uploaded", "refused"}),
        (
            Intent,
            {
                *("export", "credits", "state", "upload", "edit", "help", "stop", "new", "smalltalk", "off_topic"),
                *("last", "original", "retry", "forget", "event", "fetch", "amend"),
            },
        ),
    ],
)
def test_stored_words_stay(kind, words):
    assert {str(member) for member in kind} == words
    assert {member.name.lower() for member in kind} == words


def test_answers_that_need_no_turn_in_the_lane():
    assert {str(intent) for intent in INSTANT} == {
        *("credits", "state", "help", "stop", "smalltalk", "off_topic", "retry", "event", "amend"),
    }


@pytest.mark.parametrize(
    ("chat", "key"),
    [
        (("telegram", "-100123", ""), "telegram/-100123/"),
        (("discord", "7", "8"), "discord/7/8"),
        (("a/b", "%2F", "100%"), "a%2Fb/%252F/100%25"),
        (("x", "%", "/"), "x/%25/%2F"),
        (("x", "%25", "%%2F/"), "x/%2525/%25%252F%2F"),
    ],
)
def test_a_chat_is_found_under_the_same_key_for_good(chat, key):
    platform, chat_id, thread_id = chat
    reference = ChatRef(platform=platform, chat_id=chat_id, thread_id=thread_id)
    assert reference.key == key
    assert ChatRef.from_key(key) == reference


def test_what_an_event_does_not_say_it_does_not_mean():
    chat = ChatRef(platform="telegram", chat_id="1")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    bare = Inbound(
        event_id=EventId("1"), chat=chat, chat_kind=ChatKind.PRIVATE, message_id="1", sender=Sender(id="7"), at=at
    )
    assert (bare.text, bare.command, bare.media, bare.language, bare.group_id, bare.reply_to) == (
        "",
        "",
        (),
        "",
        "",
        "",
    )
    assert bare.addressed
    assert (bare.sender.name, chat.thread_id) == ("", "")
    route = Route(intents=(Intent.EDIT,))
    assert (route.text, route.rule, route.highlight, route.instant) == ("", "", False, False)
    assert Complained(code="1", message="x").error == ""
    assert Action(kind=ActionKind.EDIT, optional=False).prompt == ""
    assert (Translated(text="x").actions, Translated(text="x").kinds) == ((), ())


def test_a_person_is_known_by_the_platforms_id():
    assert person_key("telegram", Sender(id="7", name="Any")) == "telegram:7"


@pytest.mark.parametrize("key", ["", "telegram", "a/b", "a/b/c/d"])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(ValueError, match="values to unpack"):
        ChatRef.from_key(key)
