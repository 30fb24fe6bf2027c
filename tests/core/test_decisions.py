"""Small decisions, each with its table: commands, batches, links, kinds of files, the order of turns."""

from dataclasses import MISSING, fields
from datetime import UTC, datetime

import pytest

from bot.core import errors
from bot.core.batch import PARTS_MOST, asks_for_each, plan
from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender
from bot.core.commands import COMMANDS, route_command
from bot.core.intents import Intent, Route
from bot.core.links import LINKS_MOST, links_in
from bot.core.media import MediaKind, MediaRef, extension, kind_of, max_bytes
from bot.core.names import LENGTH, safe_name, unique_names
from bot.core.phases import PHASES_MOST
from bot.core.session import ProjectState, RenderState, RenderStatus, Session, Uploaded
from bot.core.transcript import Transcript
from bot.core.turn import (
    Item,
    ItemState,
    Turn,
    TurnId,
    TurnState,
    again_id,
    event_of,
    is_part,
    lane_order,
    part_id,
    part_project,
    stands_alone,
    then_id,
)

PROMPT = "a reel, please"


# commands


@pytest.mark.parametrize(
    ("command", "intents"),
    [
        ("start", (Intent.HELP,)),
        ("help", (Intent.HELP,)),
        ("highlight", (Intent.EDIT,)),
        ("export", (Intent.EXPORT,)),
        ("status", (Intent.STATE,)),
        ("credits", (Intent.CREDITS,)),
        ("new", (Intent.NEW,)),
        ("stop", (Intent.STOP,)),
        ("last", (Intent.LAST,)),
        ("fetch", (Intent.FETCH,)),
        ("retry", (Intent.RETRY,)),
        ("forget", (Intent.FORGET,)),
    ],
)
def test_a_command_means_one_thing(command, intents):
    route = route_command(command, "  calm ", default_prompt=PROMPT, has_media=False)
    assert route == Route(intents=intents, text="calm", highlight=command == "highlight")
    bare = route_command(command, " ", default_prompt=PROMPT, has_media=False)
    assert bare is not None
    assert bare.text == (PROMPT if command == "highlight" else "")


def test_a_command_with_files_uploads_them_where_it_edits():
    with_files = {name: route_command(name, "", default_prompt=PROMPT, has_media=True) for name in COMMANDS}
    assert with_files["highlight"].intents == (Intent.UPLOAD, Intent.EDIT)
    assert all(Intent.UPLOAD not in route.intents for name, route in with_files.items() if name != "highlight")
    assert route_command("settings", "", default_prompt=PROMPT, has_media=False) is None


# batches


def item(number, name="a.jpg"):
    ref = MediaRef(platform="test", locator=name, name=name, kind=MediaKind.PHOTO)
    return Item(id=number, ref=ref, state=ItemState.ARRIVED, arrived=datetime.now(UTC))


@pytest.mark.parametrize(
    "text",
    [
        "edit each of these separately",
        "make every photo into a film on its own",
        "Separately, please",
        "individually",
        "one video per photo",
        "one clip for each",
        "separate videos",
        "one by one",
        "分别做成视频",
        "每张都单独做",
        "逐个处理",
        "一张一个",
    ],
)
def test_films_of_each_file_are_asked_for(text):
    assert asks_for_each(text)


@pytest.mark.parametrize("text", ["make a reel", "one video of all", "every photo in one film", "每张照片都放进去", ""])
def test_one_film_of_all_is_the_usual_wish(text):
    assert not asks_for_each(text)


def test_a_batch_is_planned_in_the_order_of_its_files():
    items = [item(1, "a.jpg"), item(2, "b.jpg"), item(3, "c.jpg")]
    each = plan("each separately", items, {2: "make it blue"})
    assert [(part.item, part.name, part.prompt) for part in each] == [
        (1, "a.jpg", "each separately"),
        (2, "b.jpg", "make it blue"),
        (3, "c.jpg", "each separately"),
    ]
    ordered = plan("", items, {3: "slow", 1: "fast"})
    assert [(part.item, part.prompt) for part in ordered] == [(1, "fast"), (3, "slow")]


def test_what_makes_no_batch():
    items = [item(1), item(2)]
    assert plan("a reel", items, {}) == ()
    assert plan("a reel", items, {1: "slow"}) == ()
    assert plan("a reel", items, {1: "slow", 2: "slow"}) == ()
    assert plan("each separately", items[:1], {}) == ()
    assert len(plan("each separately", items, {})) == 2
    assert len(plan("each separately", [item(n) for n in range(99)], {})) == PARTS_MOST == 30


# links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://a.example/x.mp4, and http://b.example/y!", ("https://a.example/x.mp4", "http://b.example/y")),
        ("(HTTPS://a.example/x)", ("HTTPS://a.example/x",)),
        ("看https://a.example/x。好", ("https://a.example/x",)),
        ("https://a.example https://a.example", ("https://a.example",)),
        ('<https://a.example/x> "https://b.example"', ("https://a.example/x", "https://b.example")),
        ("https:// http:// ftp://a.example nothing", ()),
        ("", ()),
    ],
)
def test_links_are_found_without_the_punctuation_around_them(text, links):
    assert links_in(text) == links


def test_a_message_has_so_many_links_at_most():
    assert len(links_in(" ".join(f"https://{n}.example" for n in range(40)))) == LINKS_MOST == 10


# files


@pytest.mark.parametrize(
    ("kind", "extensions"),
    [
        (MediaKind.PHOTO, "jpg jpeg jpe png gif webp heic heif hif avif bmp tif tiff"),
        (MediaKind.VIDEO, "mp4 mov avi webm mkv m4v 3gp mpg mpeg ts mts m2ts wmv flv"),
        (MediaKind.AUDIO, "mp3 wav m4a aac ogg oga opus flac"),
        (MediaKind.OTHER, "txt pdf exe zip"),
    ],
)
def test_a_kind_is_known_by_the_name(kind, extensions):
    assert {extension: kind_of(f"x.{extension.upper()}") for extension in extensions.split()} == dict.fromkeys(
        extensions.split(), kind
    )


@pytest.mark.parametrize(
    ("mime", "kind"),
    [
        ("IMAGE/x", MediaKind.PHOTO),
        ("image/svg/x", MediaKind.PHOTO),
        ("video/x", MediaKind.VIDEO),
        ("audio/x", MediaKind.AUDIO),
        ("a/b", MediaKind.OTHER),
    ],
)
def test_a_kind_is_known_by_the_mime_type_first(mime, kind):
    assert kind_of("x", mime) is kind
    assert kind_of("x.mp3", mime) is (MediaKind.AUDIO if kind is MediaKind.OTHER else kind)


def test_limits_are_decimal_megabytes():
    assert [max_bytes(kind) for kind in MediaKind] == [200_000_000, 500_000_000, 500_000_000, 500_000_000]


@pytest.mark.parametrize(
    ("name", "found"), [("a.JPG", "jpg"), ("a.b.c", "c"), ("a", ""), (".jpg", ""), ("a.", ""), ("a.j g", ""), ("", "")]
)
def test_an_extension_is_what_is_behind_the_last_dot(name, found):
    assert extension(name) == found


def test_names_are_cut_where_they_are_too_long():
    assert LENGTH == 80
    assert safe_name("x" * 80 + ".jpg") == "x" * 76 + ".jpg"
    assert safe_name("x" * 76 + ".jpg") == "x" * 76 + ".jpg"
    assert safe_name("x" * 90) == "x" * 80
    assert safe_name("a." + "y" * 8) == "a." + "y" * 8
    assert safe_name("a." + "y" * 90) == "a." + "y" * 78
    assert safe_name("___", fallback="film") == "film"
    assert safe_name("_a_") == "_a_"
    assert safe_name("  a   b .jpg.. ") == "a b .jpg"


def test_names_are_told_apart_by_number():
    assert unique_names(["a.jpg", "A.png", "a", "b.jpg", "a.jpg"]) == ["a.jpg", "A-2.png", "a-3", "b.jpg", "a-4.jpg"]


# turns


def turn(turn_id, sequence=7):
    chat = ChatRef(platform="test", chat_id="1")
    route = Route(intents=(Intent.EDIT,), text="")
    return Turn(id=TurnId(turn_id), chat=chat, sequence=sequence, route=route, language="en", project=1)


def test_parts_come_after_their_batch_and_before_the_next_message():
    batch = TurnId("test:1")
    parts = [turn(part_id(batch, number)) for number in (1, 2, 10, 30)]
    orders = [lane_order(each) for each in (turn(batch), *parts, turn("test:2", sequence=8))]
    assert orders == sorted(set(orders)) == [7000, 7001, 7002, 7010, 7030, 8000]
    assert {event_of(part.id) for part in parts} == {EventId("test:1")} == {event_of(batch)}
    assert lane_order(turn("test:odd#partx")) == 7000


def test_what_a_message_asked_for_then_comes_after_the_parts_of_its_beginning():
    first = TurnId("test:1")
    second, third = then_id(first, 1), then_id(first, 2)
    line = [first, part_id(first, 1), part_id(first, 30), second, part_id(second, 1), part_id(second, 30), third]
    orders = [lane_order(turn(each)) for each in line]
    assert orders == sorted(set(orders))
    assert lane_order(turn(then_id(first, PHASES_MOST))) < lane_order(turn("test:2", sequence=8))
    assert {event_of(each) for each in line} == {EventId("test:1")}
    assert [is_part(each) for each in line] == [False, True, True, False, True, True, False]
    assert lane_order(turn("test:odd#thenx")) == 7000


def test_films_that_are_tried_again_come_in_order_and_stand_by_themselves():
    first = TurnId("test:1")
    line = [first, again_id(first, 1), again_id(first, 29)]
    orders = [lane_order(turn(each)) for each in line]
    assert orders == sorted(set(orders))
    assert orders[-1] < lane_order(turn("test:2", sequence=8))
    assert {event_of(each) for each in line} == {EventId("test:1")}
    assert [stands_alone(each) for each in line] == [False, True, True]
    assert not stands_alone(then_id(first, 1))
    assert lane_order(turn("7")) == 7000


def test_parts_have_projects_of_their_own():
    first = TurnId("test:1")
    parts = [part_id(first, 1), part_id(first, 2), part_id(then_id(first, 1), 1)]
    assert [part_project(turn(part)) for part in parts] == [-7001, -7002, -7032]
    assert part_project(turn(parts[0], sequence=8)) == -8001


def test_chats_are_told_apart_whatever_their_ids_contain():
    chats = [("a/b", "c", ""), ("a", "b/c", ""), ("a%2Fb", "c", ""), ("a", "b", "c")]
    keys = [ChatRef(platform=p, chat_id=c, thread_id=t).key for p, c, t in chats]
    assert keys == ["a%2Fb/c/", "a/b%2Fc/", "a%252Fb/c/", "a/b/c"]
    with pytest.raises(ValueError, match="unpack"):
        ChatRef.from_key("a/b")


# what is stored and what is left out


@pytest.mark.parametrize("kind", [ChatKind, MediaKind, ItemState, TurnState, RenderState])
def test_a_state_is_stored_by_its_name(kind):
    assert [each.value for each in kind] == [each.name.lower() for each in kind]


@pytest.mark.parametrize(
    "kind", [ChatRef, Inbound, Item, MediaRef, ProjectState, RenderStatus, Route, Sender, Session, Transcript, Uploaded]
)
def test_what_is_left_out_is_empty(kind):
    left_out = {part.name: part.default for part in fields(kind) if part.default is not MISSING}
    unusual = {"language": "en"} if kind is Session else {"addressed": True} if kind is Inbound else {}
    assert left_out
    assert {name: value for name, value in left_out.items() if value} == unusual


# errors


def test_an_error_says_its_key_and_what_fills_it():
    error = errors.MediaError("media.too_large", name="a.mp4", limit=500)
    assert str(error) == "media.too_large(name='a.mp4', limit=500)"
    assert (error.key, error.params) == ("media.too_large", {"name": "a.mp4", "limit": 500})
    assert str(errors.RenderFailed()) == "editor.render_failed()"
