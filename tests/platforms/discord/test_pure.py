"""Decisions without a server: translation, gates, limits, addresses, texts."""

from __future__ import annotations

import copy
import json
import time

import pytest

from adapters.discord import commands, payloads
from adapters.discord.addresses import Addresses
from adapters.discord.faults import Dead, Gone, Lost, Refused, TooLarge, Wait
from adapters.discord.gate import Gate
from adapters.discord.limits import DEFAULT, MIB, SizeLimits, below
from adapters.discord.markdown import parts, plain
from adapters.discord.media import expired, message_media
from adapters.discord.request import Wishes, from_modal, modal_values
from adapters.discord.tickets import event_of
from adapters.discord.translate import inbound_of_message, place_of, without_mention
from adapters.discord.wording import LOCALES, Wording
from bot.core.chat import ChatKind, ChatRef
from bot.core.media import MediaKind
from bot.i18n import catalog
from tests.platforms.discord.conftest import notebook_in
from tests.servers import discord_objects as objects

WORDING = Wording(catalog.load())
GENERAL = objects.text_channel(objects.CHANNEL, "general")


@pytest.mark.parametrize(
    ("addresses", "url", "expected"),
    [
        (Addresses(), "https://discord.com/api/v10/users/@me", "https://discord.com/api/v10/users/@me"),
        (Addresses(api="http://h:1"), "https://discord.com/api/v10/users/@me", "http://h:1/api/v10/users/@me"),
        (Addresses(api="http://h:1/api/v10/"), "https://discord.com/api/v10/gateway", "http://h:1/api/v10/gateway"),
        (Addresses(api="http://h:1/api"), "https://discord.com/api/v10/gateway", "http://h:1/api/gateway"),
    ],
)
def test_requests_go_to_the_server_in_use(addresses, url, expected):
    assert addresses.rest(url) == expected


def test_the_gateway_is_the_named_one_or_the_announced_one():
    default = "wss://gateway.discord.gg/?v=10&encoding=json"
    assert Addresses().socket(default, "ws://h:1/") == default
    assert Addresses(api="http://h:1").socket(default, "ws://h:1/gw") == "ws://h:1/gw?v=10&encoding=json"
    assert Addresses(gateway="ws://g:2/").socket(default, "ws://h:1/") == "ws://g:2/?v=10&encoding=json"
    resume = "ws://resume:3/?v=10"
    assert Addresses(gateway="ws://g:2/").socket(resume, "") == resume


def test_files_keep_path_and_signature():
    url = "https://cdn.discordapp.com/attachments/1/2/a%20b.jpg?ex=6f&is=1&hm=ab&"
    assert Addresses(cdn="http://c:1/").file(url) == "http://c:1/attachments/1/2/a%20b.jpg?ex=6f&is=1&hm=ab&"
    assert Addresses(cdn="http://c:1").file("http://elsewhere/x") == "http://elsewhere/x"
    assert Addresses().file(url) == url


def test_a_link_is_over_when_it_says_so():
    assert expired(f"https://cdn.discordapp.com/a/b?ex={int(time.time()) - 5:x}&is=1")
    assert not expired(f"https://cdn.discordapp.com/a/b?ex={int(time.time()) + 3600:x}")
    assert not expired("https://cdn.discordapp.com/a/b")
    assert not expired("https://cdn.discordapp.com/a/b?ex=never")


def message(content="", *, channel=GENERAL, person=objects.ANA, **more):
    return objects.message(channel, person, content, **more)


PHOTO = objects.attachment("5", "IMG_1.HEIC", 9, "image/heic", "https://cdn.discordapp.com/x")
TEXT = objects.attachment("6", "notes.txt", 9, "text/plain; charset=utf-8", "https://cdn.discordapp.com/y")
ME = {"id": objects.BOT}


@pytest.mark.parametrize(
    ("said", "collecting", "expected"),
    [
        (message("hello"), False, None),
        (message("hello", attachments=[PHOTO]), False, None),
        (message("hello", attachments=[PHOTO, TEXT]), True, ("", "hello", 1, False)),
        (message("hello", attachments=[TEXT]), True, None),
        (message(f"<@{objects.BOT}> make it short", mentions=[ME]), False, ("", "make it short", 0, True)),
        (message(f"<@!{objects.BOT}>", mentions=[ME]), False, ("help", "", 0, True)),
        (message(f"<@{objects.BOT}>", mentions=[ME], attachments=[PHOTO]), False, ("", "", 1, True)),
        (message("shorter", type=19, referenced_message={"author": ME}), False, ("", "shorter", 0, True)),
        (message("<@&77> go", mention_roles=["77"]), False, ("", "go", 0, True)),
        (message("hi", person=objects.BOT_USER, mentions=[ME]), False, None),
        (message("hi", webhook_id="8", mentions=[ME]), False, None),
        (message("", type=7, mentions=[ME]), False, None),
        (message("no one", mentions=[{"id": "1"}]), False, None),
    ],
)
def test_messages_in_a_channel(said, collecting, expected):
    place = place_of(GENERAL, guild=objects.GUILD)
    inbound = inbound_of_message(said, place, me=objects.BOT, my_role="77", collecting=collecting)
    found = inbound and (inbound.command, inbound.text, len(inbound.media), inbound.addressed)
    assert found == expected


def test_in_private_everything_counts():
    place = place_of(objects.dm_channel("3", objects.ANA), guild="")
    inbound = inbound_of_message(message("hello", attachments=[TEXT]), place, me="1", collecting=False)
    assert inbound.chat_kind is ChatKind.PRIVATE
    assert inbound.addressed
    assert [ref.kind for ref in inbound.media] == [MediaKind.OTHER]
    assert inbound.event_id.startswith("discord:0")


def test_threads_are_chats_of_their_own():
    place = place_of(objects.thread("9", "2", "trip"), guild=objects.GUILD)
    assert place.chat == ChatRef(platform="discord", chat_id="2", thread_id="9")
    assert place.kind is ChatKind.GROUP


def test_a_forwarded_message_brings_its_files():
    said = message("", message_snapshots=[{"message": {"attachments": [PHOTO]}}])
    (ref,) = message_media(said)
    assert ref.name == "IMG_1.HEIC"
    assert json.loads(ref.locator)["message"] == said["id"]


def test_only_the_bots_own_mention_is_taken_away():
    assert without_mention("<@1> and <@2>  go\nnow <@!1>", "1") == "and <@2>  go\nnow"


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ({"user": "1", "roles": [], "channels": ["c"]}, True),
        ({"user": "2", "roles": ["r"], "channels": ["c"]}, True),
        ({"user": "2", "roles": ["q"], "channels": ["c"]}, False),
        ({"user": "1", "roles": [], "channels": ["d"]}, False),
        ({"user": "1", "roles": [], "channels": ["thread", "c"]}, True),
        ({"user": "1", "roles": [], "channels": []}, True),
        ({"user": "9", "roles": [], "channels": ["d"]}, True),
    ],
)
def test_the_gate(who, allowed):
    gate = Gate(owners=frozenset("9"), users=frozenset("1"), roles=frozenset("r"), channels=frozenset("c"))
    assert gate.admits(**who) is allowed
    assert Gate().admits(**who)


def test_commands_are_registered_when_they_differ():
    wanted = commands.definitions(WORDING)
    found = [
        copy.deepcopy(command) | {"id": "1", "version": "2", "nsfw": False, "default_member_permissions": None}
        for command in wanted
    ]
    found[8]["default_member_permissions"] = str(wanted[8]["default_member_permissions"])
    assert wanted[8]["name"] == "settings"
    assert not commands.differs(wanted, found)
    for change in (
        lambda them: them.pop(),
        lambda them: them[0].update(description="other"),
        lambda them: them[0]["options"][4]["choices"].pop(),
        lambda them: them[1]["name_localizations"].update({"zh-CN": "x"}),
        lambda them: them[8].update(default_member_permissions=None),
        lambda them: them.append({"type": 1, "name": "old"}),
    ):
        changed = copy.deepcopy(found)
        change(changed)
        assert commands.differs(wanted, changed)


def test_names_and_choices_keep_discords_limits():
    for command in commands.definitions(WORDING):
        assert 1 <= len(command["name"]) <= 32
        assert len(command.get("description", "")) <= 100
        for option in command.get("options", []):
            assert len(option["description"]) <= 100
            assert all(len(text) <= 100 for text in option["description_localizations"].values())
            assert len(option.get("choices", [])) <= 25


def test_every_language_of_the_catalogue_has_its_names():
    assert set(LOCALES.values()) | {"en"} == set(WORDING.catalog.languages)
    for command in commands.definitions(WORDING):
        assert set(command["name_localizations"]) == set(LOCALES)
        options = command.get("options", [])
        for locale in LOCALES:
            names = {option["name_localizations"][locale] for option in options}
            assert len(names) == len(options), (command["name"], locale)
    highlight = commands.definitions(WORDING)[0]
    assert highlight["description_localizations"]["de"] == WORDING.text("de", "discord.about_highlight")
    assert highlight["options"][6]["choices"][0]["name_localizations"]["ja"] == WORDING.text("ja", "discord.music_calm")


def test_wishes_travel_in_the_form_and_become_words():
    wishes = Wishes.of({"instruction": " our trip ", "length": 30, "aspect": "9:16", "music": "none", "last": 5})
    assert wishes.prompt(WORDING, "en-US") == "our trip, 30 seconds long, aspect ratio 9:16, no music"
    assert from_modal({"custom_id": wishes.modal_id}) == Wishes.of({"length": 30, "aspect": "9:16", "music": "none"})
    assert wishes.prompt(WORDING, "de") == wishes.prompt(WORDING, "en-US")  # the agent knows two languages for sure
    assert wishes.prompt(WORDING, "zh-CN") == "our trip, 时长 30 秒, 画面比例 9:16, 不要音乐"
    assert Wishes(music="calm").prompt(WORDING, "ja") == f"{WORDING.text('en', 'edit.default_prompt')}, calm music"
    assert Wishes().prompt(WORDING, "de") == ""
    assert from_modal({"custom_id": Wishes().modal_id}) == Wishes()
    assert from_modal({"custom_id": "hb:modal:1e9:evil:evil"}) == Wishes()
    assert from_modal({"custom_id": "hb:modal:30:9x16:calm:evil"}) == Wishes(length=30, aspect="9:16", music="calm")
    assert from_modal({"custom_id": "something else"}) is None
    assert from_modal({}) is None
    assert len(wishes.modal_id) <= 100
    assert Wishes.of({"length": 31, "aspect": "17:9", "music": "x", "message": "x"}) == Wishes()


def test_what_is_entered_in_a_form_counts_more_than_what_opened_it():
    fields = {"hb:length": ["60"], "hb:aspect": [], "hb:music": ["epic"]}
    components = [{"type": 18, "component": {"custom_id": name, "values": values}} for name, values in fields.items()]
    components.append({"type": 18, "component": {"custom_id": "hb:words", "value": " our trip "}})
    opened = Wishes(length=15, aspect="1:1", message="77")
    found = from_modal({"custom_id": opened.modal_id, "components": components})
    assert found == Wishes(instruction="our trip", length=60, aspect="1:1", music="epic", message="77")


def test_forms_of_both_layouts_are_read():
    labels = [{"type": 18, "component": {"type": 19, "custom_id": "f", "values": ["1"]}}]
    rows = [{"type": 1, "components": [{"type": 4, "custom_id": "w", "value": "x"}]}]
    assert modal_values({"components": labels + rows}) == {"f": ["1"], "w": "x"}


@pytest.mark.parametrize(("refused", "limit"), [(15 * MIB, 10 * MIB), (10 * MIB, 8 * MIB), (600 * MIB, 500 * MIB)])
def test_a_refusal_teaches_the_next_tier(refused, limit):
    assert below(refused) == limit


async def test_limits_are_remembered(tmp_path):
    chat, other = ChatRef(platform="discord", chat_id="1"), ChatRef(platform="discord", chat_id="2")
    async with notebook_in(tmp_path) as notebook:
        sizes = SizeLimits(notebook)
        assert sizes.of(chat, guild=None) == DEFAULT
        assert sizes.of(chat, guild=50 * MIB) == 50 * MIB
        for one in (chat, other):
            await sizes.announce(one, "g", 20 * MIB)
        await sizes.refused(chat, 15 * MIB)
        again = SizeLimits(notebook)
        await again.load()
        assert again.of(other, guild=50 * MIB) == 10 * MIB, "learned for the whole guild"


def test_texts_are_cut_with_their_code_blocks_whole():
    text = "Look:\n```json\n" + "\n".join(f'"line {number}"' for number in range(400)) + "\n```\nDone."
    found = parts(text, payloads.MESSAGE_LIMIT)
    assert len(found) > 1
    for part in found:
        assert len(part) <= payloads.MESSAGE_LIMIT
        assert part.count("```") % 2 == 0
    assert "".join(found).count("line") == 400


def test_names_from_outside_mean_nothing():
    assert plain("**@everyone** <@1>") != "**@everyone** <@1>"
    assert "**" not in plain("**bold**").replace("\\*", "")


def test_message_bodies_stay_within_limits():
    body = payloads.words("x", buttons=[("label " * 40, f"hb:{n}") for n in range(30)], nonce=payloads.nonce_of("k"))
    assert [len(row["components"]) for row in body["components"]] == [5, 5, 5, 5, 5]
    assert all(len(one["label"]) <= 80 for row in body["components"] for one in row["components"])
    assert len(body["nonce"]) == 25
    assert body["allowed_mentions"] == {"parse": [], "users": []}


def test_the_event_of_a_message_key():
    assert event_of("discord:0001:film:x") == "discord:0001"


class Answer:
    """What discord.py keeps of a response."""

    def __init__(self, status):
        self.status, self.reason, self.headers = status, "", {}


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, 50027, Dead),
        (404, 10015, Dead),
        (404, 10008, Gone),
        (403, 50013, Refused),
        (413, 40005, TooLarge),
        (400, 40005, TooLarge),
        (429, 0, Wait),
        (503, 0, Lost),
    ],
)
def test_refusals_by_their_meaning(status, code, kind):
    import discord

    from adapters.discord.faults import classified

    assert type(classified(discord.HTTPException(Answer(status), {"code": code, "message": ""}))) is kind
