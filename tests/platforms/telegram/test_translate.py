"""From updates to meanings, as tables: no server, no clock."""

from __future__ import annotations

import contextlib
import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from adapters.telegram.choices import Activation, Choices, Projects
from adapters.telegram.events import Declined, Joined, Moved, Own, Tap
from adapters.telegram.faults import NONSENSE
from adapters.telegram.ids import event_id, origin, topic_of
from adapters.telegram.lenient import essence_of, update_of
from adapters.telegram.translate import translate
from adapters.telegram.words import Me
from bot.core.chat import ChatKind, Inbound
from bot.core.media import MediaKind
from bot.store import records
from tests.servers.telegram_updates import (
    ANA,
    BOT,
    GROUP,
    Room,
    document,
    entities,
    membership,
    message,
    photo,
    tap,
    timed,
    user,
    video,
)

ME = Me(id=BOT["id"], username=BOT["username"])
AT = f"@{BOT['username']}"
STICKER = {"file_id": "s", "file_unique_id": "u", "width": 1, "height": 1, "type": "regular", "is_animated": False}
STICKER |= {"is_video": False}
FORUM = Room(-1002, "supergroup", "Forum", is_forum=True)


def read(content: dict[str, Any], choices: Choices | None = None) -> Any:
    whole = {"callback_query", "my_chat_member", "edited_message"}
    update = content if content.keys() & whole else {"message": content}
    parsed = Update.de_json({"update_id": 5, **update}, None)
    return translate(parsed, ME, lambda _: choices or Choices())


def bot_message(room: Room = GROUP) -> dict[str, Any]:
    return {"message_id": 9, "date": 1, "chat": room.json, "from": BOT, "text": "here is your film"}


@pytest.mark.parametrize(
    ("content", "kind", "locator", "name", "size"),
    [
        ({"photo": photo("p", 900)}, MediaKind.PHOTO, "p", "photo_{}.jpg", 900),
        ({"photo": photo("p")[::-1]}, MediaKind.PHOTO, "p", "photo_{}.jpg", 1000),
        ({"video": video("v", 7)}, MediaKind.VIDEO, "v", "video_{}.mp4", 7),
        ({"video": video("v", file_name="Sea.MOV")}, MediaKind.VIDEO, "v", "Sea.MOV", 1000),
        ({"video_note": timed("n", length=240)}, MediaKind.VIDEO, "n", "video_note_{}.mp4", 1000),
        ({"voice": timed("o", mime_type="audio/ogg")}, MediaKind.AUDIO, "o", "voice_{}.ogg", 1000),
        ({"audio": timed("a", file_name="song.mp3")}, MediaKind.AUDIO, "a", "song.mp3", 1000),
        ({"audio": timed("a", title="Waltz", mime_type="audio/mpeg")}, MediaKind.AUDIO, "a", "Waltz.mp3", 1000),
        ({"document": document("d", "IMG_1.HEIC", "image/heic")}, MediaKind.PHOTO, "d", "IMG_1.HEIC", 1000),
        ({"document": document("d", "a.mov", "video/quicktime")}, MediaKind.VIDEO, "d", "a.mov", 1000),
        ({"document": document("d", "x.jpg", "application/octet-stream")}, MediaKind.PHOTO, "d", "x.jpg", 1000),
        ({"document": document("d", "x", "application/octet-stream")}, MediaKind.OTHER, "d", "x", 1000),
    ],
)
def test_kinds_of_media(content, kind, locator, name, size):
    sent = message(**content)
    (ref,) = read(sent).media
    assert (ref.kind, ref.locator, ref.size) == (kind, locator, size)
    assert ref.name == name.format(sent["message_id"])


def test_what_telegram_repeats_for_old_clients_counts_once():
    animation = video("v", file_name="cat.mp4")
    (ref,) = read(message(animation=animation, document=document("v", "cat.mp4", "video/mp4"))).media
    assert ref.kind is MediaKind.VIDEO
    live = timed("motion", width=640, height=480, mime_type="video/mp4", photo=photo("still"))
    (ref,) = read(message(live_photo=live, photo=photo("still"))).media
    assert (ref.locator, ref.kind) == ("motion", MediaKind.VIDEO)


@pytest.mark.parametrize(
    "content",
    [
        {
            "sticker": {
                **timed("s"),
                "width": 1,
                "height": 1,
                "type": "regular",
                "is_animated": False,
                "is_video": False,
            }
        },
        {"contact": {"phone_number": "1", "first_name": "Bo"}},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"document": document("d", "tax.pdf", "application/pdf")},
    ],
)
def test_what_no_film_can_use_is_declined_where_the_bot_is_meant(content):
    assert isinstance(read(message(**content)), Declined)
    assert read(message(GROUP, **content)) is None
    assert isinstance(read(message(GROUP, reply_to_message=bot_message(), **content)), Declined)


KINDS = {
    "plain": {"text": "make it calmer"},
    "mention": {"text": f"{AT} make it calmer"},
    "reply": {"text": "make it calmer", "reply_to_message": bot_message()},
    "command": {"text": "/highlight make it calmer"},
    "command for us": {"text": f"/highlight{AT} make it calmer"},
    "command for another": {"text": "/highlight@other_bot make it calmer"},
}


@pytest.mark.parametrize(
    ("activation", "answered"),
    [
        (Activation.COMMAND, {"command", "command for us"}),
        (Activation.MENTION, {"mention", "reply", "command", "command for us"}),
        (Activation.ALWAYS, {"plain", "mention", "reply", "command", "command for us"}),
    ],
)
def test_activation(activation, answered):
    for name, content in KINDS.items():
        event = read(message(GROUP, **copy.deepcopy(content)), Choices(activation=activation))
        assert (event is not None) == (name in answered), name
        if event is not None:
            assert event.addressed
            assert event.text == "make it calmer"
            assert event.command == ("highlight" if "command" in name else "")


def test_group_media_without_a_word_are_kept_and_nothing_more():
    event = read(message(GROUP, photo=photo("p")))
    assert isinstance(event, Inbound)
    assert (event.addressed, event.chat_kind, len(event.media)) == (False, ChatKind.GROUP, 1)
    meant = read(message(GROUP, photo=photo("p"), caption=f"{AT} go", media_group_id="g"))
    assert (meant.addressed, meant.text, meant.group_id) == (True, "go", "g")


def test_a_command_in_answer_to_a_photo_takes_it():
    theirs = message(GROUP, photo=photo("p"), media_group_id="g", sender=user(8))
    event = read(message(GROUP, text="/highlight with music", reply_to_message=theirs))
    assert (event.media[0].locator, event.group_id, event.text) == ("p", "g", "with music")
    assert read(message(GROUP, text="/status", reply_to_message=theirs)).media == ()


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/start", "start", ""),
        ("/start help", "help", ""),
        ("/start promo17", "start", "promo17"),
        ("/HELP", "help", ""),
        ("/export now please", "export", "now please"),
        ("/nonsense", "help", ""),
        ("not a /command", "", "not a /command"),
    ],
)
def test_commands_in_private(text, command, rest):
    event = read(message(text=text))
    assert (event.command, event.text) == (command, rest)


def test_own_commands_are_not_the_engines():
    assert read(message(GROUP, text="/settings")).command == "settings"
    assert isinstance(read(message(text="/doctor")), Own)
    assert read(message(GROUP, text="/unknown")) is None


@pytest.mark.parametrize(
    ("room", "more", "thread"),
    [
        (FORUM, {"message_thread_id": 31, "is_topic_message": True}, "31"),
        (FORUM, {}, ""),
        (FORUM, {"message_thread_id": 1, "is_topic_message": True}, ""),
        (GROUP, {"message_thread_id": 77}, ""),
        (ANA, {"message_thread_id": 5, "is_topic_message": True}, "5"),
    ],
)
def test_only_real_topics_are_chats_of_their_own(room, more, thread):
    event = read(message(room, text="/status", **more))
    assert event.chat.thread_id == thread
    assert topic_of(event.chat) == (int(thread) if thread else None)


def test_a_project_of_ones_own():
    personal = Choices(projects=Projects.PERSONAL)
    one, two = (read(message(GROUP, text="/status", sender=user(number)), personal).chat for number in (8, 9))
    assert (one.thread_id, two.thread_id, topic_of(one)) == ("@8", "@9", None)
    assert read(message(ANA, text="/status"), personal).chat.thread_id == ""
    topic = {"message_thread_id": 31, "is_topic_message": True}
    chat = read(message(FORUM, text="/status", sender=user(8), **topic), personal).chat
    assert (chat.thread_id, topic_of(chat)) == ("31@8", 31)


def test_in_a_topic_everything_seems_to_answer_its_opening():
    opening = bot_message() | {"forum_topic_created": {"name": "Trip", "icon_color": 1}}
    opening.pop("text")
    assert read(message(FORUM, text="hi", reply_to_message=opening)) is None


def test_moves_joins_and_taps():
    basic = Room(-5, "group", "Old")
    assert read(message(basic, migrate_to_chat_id=-1005)) == Moved(old=-5, new=-1005)
    assert read(message(Room(-1005, "supergroup"), migrate_from_chat_id=-5)) == Moved(old=-5, new=-1005)
    joined = read(membership(GROUP, {"status": "left"}, {"status": "member"}))
    assert isinstance(joined, Joined)
    assert (joined.admin, joined.speaks) == (False, True)
    assert read(membership(GROUP, {"status": "member"}, {"status": "left"})) is None
    assert read(membership(ANA, {"status": "member"}, {"status": "kicked", "until_date": 0})) is None
    pressed = read(tap(GROUP, bot_message(), "abc", sender=user(8)))
    assert isinstance(pressed, Tap)
    assert (pressed.data, pressed.sender.id, pressed.message_id) == ("abc", "8", 9)


def test_who_speaks():
    assert read(message(text="hi", sender=user(8, is_bot=True))) is None
    anonymous = user(1087968824, is_bot=True)
    event = read(message(GROUP, text="/status", sender=anonymous, sender_chat=GROUP.json))
    assert event.sender.id == str(GROUP.id)
    assert read(message(Room(-9, "channel", "News"), text="hi")) is None


def test_entities_are_counted_in_utf16():
    text = f"😀 {AT} 👨‍👩‍👧 calmer"
    assert read(message(GROUP, text=text)).text.split() == ["😀", "👨‍👩‍👧", "calmer"]
    wild = [{"type": "mention", "offset": 900, "length": 5}, {"type": "bot_command", "offset": 0, "length": 900}]
    assert isinstance(read(message(text="hello", entities=wild)), Inbound)


def test_event_ids_say_whom_they_answer():
    key = f"{event_id(12, 34, '-1007')}:edit.offer_export"
    found = origin(key)
    assert (found.message_id, found.user_id) == (34, "-1007")
    assert origin("console:1:2") is None
    assert event_id(9, 1, "1") < event_id(10, 1, "1")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("\ud800x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
SAMPLES = [
    {"message": message(GROUP, text=f"/highlight {AT}", photo=photo("p"), reply_to_message=bot_message())},
    {"message": message(caption="x", video=video("v"), media_group_id="1", entities=entities("/a @b"))},
    tap(GROUP, bot_message(), "abc"),
    membership(GROUP, {"status": "left"}, {"status": "member"}),
]


@given(st.sampled_from(SAMPLES), st.sampled_from([update_of, essence_of]), st.data())
def test_a_spoiled_update_is_read_or_refused_by_name(sample, form, data):
    update = {"update_id": 1, **copy.deepcopy(sample)}
    place: Any = update
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        inner = place[key]
        if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
            place = inner
            continue
        place[key] = data.draw(JSON)
        break
    event = None
    with contextlib.suppress(NONSENSE):
        event = translate(Update.de_json(form(update, now=1_790_000_000), None), ME, lambda _: Choices())
    if isinstance(event, Inbound):
        assert records.inbound(records.dump(event)) == event
