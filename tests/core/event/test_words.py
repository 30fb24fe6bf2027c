"""The words around an event, each with what it asks: none can go missing unnoticed. And those that are on disk."""

from datetime import UTC, datetime

import pytest

from bot.core.event.collection import DROPPED, DUPLICATE, OPTED_OUT, OVER, REMOVED, WITHDRAWN
from bot.core.event.ledger import Fate
from bot.core.event.orders import COMMANDS, Ask, asks_for_film, join_code, read, wants_everything
from bot.core.event.rights import Deed, Rules, Who, changed
from bot.core.event.votes import Sign, sign_of

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # a Friday
LIKING, OUT = "❤ ♥ 👍 🔥 😍 🥰 ⭐ 🌟 🏆 💯 👏 🤩 💘 ❤\u200d🔥 🎉", "🚫 👎 ⛔ ❌"
ASKS = "start close keep go all who join leave optout optin remove left names no_names rules sheet flip choose how"


def asked(text, command="event"):
    return read(command, text, NOW).ask


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (Ask.START, "start begin open new 开始 開始 发起 新建"),
        (Ask.CLOSE, "close end stop finish 关闭 關閉 结束 結束 截止"),
        (Ask.KEEP, "keep 继续 繼續"),
        (Ask.GO, "go make film 出片 制作 製作"),
        (Ask.ALL, "all everything 全部"),
        (Ask.WHO, "who status 谁 誰 名单 名單"),
        (Ask.NAMES, "names 署名"),
        (Ask.NO_NAMES, "nonames anonymous 匿名"),
        (Ask.RULES, "allow let cap limit no 允许 允許 上限 不限"),
        (Ask.JOIN, "join link 加入"),
        (Ask.LEAVE, "leave 退出"),
        (Ask.SHEET, "sheet choose pick numbers 挑选 挑選 选片 選片 样片 樣片"),
        (Ask.HOW, "dance starting 跳舞 ?"),
    ],
)
def test_every_word_behind_the_command_asks_for_its_own(ask, words):
    assert {word: asked(word) for word in words.split()} == dict.fromkeys(words.split(), ask)
    assert {word: asked(f" {word.upper()} ") for word in words.split()} == dict.fromkeys(words.split(), ask)


@pytest.mark.parametrize(
    ("command", "ask"),
    [
        ("who", Ask.WHO),
        ("join", Ask.JOIN),
        ("link", Ask.JOIN),
        ("optout", Ask.OPT_OUT),
        ("optin", Ask.OPT_IN),
        ("remove", Ask.REMOVE),
        ("left", Ask.LEFT),
    ],
)
def test_every_command_asks_for_its_own(command, ask):
    assert asked("", command) is ask
    assert read(command, "k7-m2", NOW).code == ("K7M2" if ask is Ask.JOIN else "")
    assert command in COMMANDS
    assert "event" in COMMANDS


@pytest.mark.parametrize(
    ("text", "film", "everything"),
    [
        ("go", True, False),
        ("Make it now", True, False),
        ("出片", True, False),
        ("all", True, True),
        ("全部", True, True),
        ("close", False, False),
        ("", False, False),
        ("123", False, False),
    ],
)
def test_what_wants_the_film_and_what_wants_all_of_it(text, film, everything):
    assert asks_for_film(text) is film
    assert wants_everything("event", text) is everything
    assert not wants_everything("who", text)


@pytest.mark.parametrize(
    ("text", "ask", "words"),
    [("flip 12", Ask.FLIP, "12"), ("flip", Ask.HOW, ""), ("flip x", Ask.HOW, ""), ("no limit", Ask.RULES, "no limit")],
)
def test_what_an_order_carries(text, ask, words):
    order = read("event", text, NOW)
    assert (order.ask, order.words) == (ask, words)


@pytest.mark.parametrize("off", ["off", "no", "关", "關", "不要"])
def test_names_are_switched_off(off):
    assert asked(f"names {off}") is Ask.NO_NAMES
    assert asked(f"names {off}ish" if off.isascii() else "names on") is Ask.NAMES


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("start Ana till Sunday", "Ana", 22),
        ("start Ana  and\nBo UNTIL sunday", "Ana and Bo", 22),
        ("开始 小安 截至周日止", "小安", 22),
        ("开始 小安 截止到周日为止", "小安", 22),
        ('start until Sunday "Ana"', "Ana", 22),
        ("start " + "x" * 100, "x" * 60, None),
        ("start „Ana” till noon", "Ana", None),
    ],
)
def test_a_title_and_until_when(text, title, day):
    order = read("event", text, NOW)
    assert order.title == title
    assert order.until == (day and datetime(2026, 11, day, 23, 59, tzinfo=UTC))


def test_a_code_is_short_and_plain():
    assert read("event", "join " + "ab c-" * 9, NOW).code == "ABC" * 4
    assert {join_code(text) for text in (" join-k7m2 ", "JOIN_k7m2")} == {"K7M2"}
    assert {join_code(text) for text in ("join_k7 m2", "xjoin_a", "")} == {""}


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (Who.EVERYONE, "everyone everybody all 所有人 大家"),
        (Who.REQUESTER, "requester starter 发起人 發起人"),
        (Who.ADMINS, "admins admin 管理员 管理員"),
    ],
)
def test_every_word_for_a_person_and_a_deed(who, words):
    deeds = {"start": "start 开始 開始", "spend": "spend make 制作 製作", "stop": "stop 停止"}
    none = Rules(start=Who.ADMINS, spend=Who.REQUESTER, stop=Who.ADMINS, cap=7)
    for word in words.split():
        for deed, names in deeds.items():
            for name in names.split():
                rules = changed(none, f"allow {name} {word.upper()}")
                assert rules is not None, (name, word)
                kept = {other: none.of(Deed(other)) for other in deeds}
                assert {other: rules.of(Deed(other)) for other in deeds} == kept | {deed: who}
                assert rules.cap == 7


@pytest.mark.parametrize(
    ("words", "cap"),
    [
        ("cap 3", 3),
        ("Limit: 12 a day", 12),
        ("上限5", 5),
        ("no limit", 0),
        ("without cap", 0),
        ("不限", 0),
    ],
)
def test_a_cap_in_words(words, cap):
    assert changed(Rules(cap=1, stop=Who.ADMINS), words) == Rules(cap=cap, stop=Who.ADMINS)


def test_every_sign_of_liking():
    assert {
        sign_of(emoji)
        for emoji in ["❤", "♥", "👍", "🔥", "😍", "🥰", "⭐", "🌟", "🏆", "💯", "👏", "🤩", "💘", "❤\u200d🔥", "🎉"]
    } == {Sign.LIKE}
    assert {sign_of(emoji) for emoji in ["🚫", "👎", "⛔", "❌"]} == {Sign.OUT}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Deed, "start spend stop"),
        (Who, "everyone requester admins"),
        (Fate, "in coming duplicate dropped over too_big unusable left_out withdrawn"),
        (Sign, "like out"),
        (Ask, ASKS),
    ],
)
def test_stored_words_stay(kind, words):
    assert [str(member) for member in kind] == words.split()
    assert all(member.name.lower().replace("_", "") == str(member).replace("_", "") for member in kind)


def test_stored_reasons_stay():
    reasons = [OPTED_OUT, REMOVED, DUPLICATE, DROPPED, OVER]
    assert reasons == ["event.opted_out", "event.removed", "event.duplicate", "event.dropped", "event.over"]
    assert {"event.opted_out", "event.removed"} == WITHDRAWN
