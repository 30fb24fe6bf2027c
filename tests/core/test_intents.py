import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.intents import Intent, route
from bot.core.routing.grammar import TableError
from bot.core.routing.table import keywords
from bot.i18n.catalog import load_keywords

KEYWORDS = load_keywords()
E, C, S, U, X = Intent.EXPORT, Intent.CREDITS, Intent.STATE, Intent.UPLOAD, Intent.EDIT

CASES = [
    # the table, to the letter
    ("export", (E,)),
    ("导出", (E,)),
    ("download", (E,)),
    ("send me the video", (E,)),
    ("credits", (C,)),
    ("积分", (C,)),
    ("balance", (C,)),
    ("余额", (C,)),
    ("status", (S,)),
    ("状态", (S,)),
    ("show tracks", (S,)),
    ("upload", (U,)),
    ("上传", (U,)),
    # with politeness, objects, formats, other case, other width
    ("Export 1080p MP4", (E,)),
    ("could you please EXPORT my reel as MP4?", (E,)),
    ("ＥＸＰＯＲＴ", (E,)),
    ("可以导出了", (E,)),
    ("帮我export视频", (E,)),
    ("我的积分还有多少", (C,)),
    ("what's my balance?", (C,)),
    # everything else goes to the agent
    ("turn these photos into a highlight reel with music and transitions", (X,)),
    ("make it shorter", (X,)),
    ("加一个标题《里斯本》", (X,)),
    ("the exporter in the picture", (X,)),
    # what is said about recordings, single moments and versions
    ("drop the second, add two seconds before the third", (X,)),
    ("12:30 to 13:10 must be in", (X,)),
    ("skip the first ten minutes", (X,)),
    ("the goal at 34:10", (X,)),
    ("replace the third with another one", (X,)),
    ("go back to version 2", (X,)),
    ("what versions are there", (X,)),
    ("which moments are in", (S,)),
    ("第三段前面多留两秒", (X,)),
    ("34:10的进球", (X,)),
    ("有哪些版本", (X,)),
    ("有哪些片段", (S,)),
    ("drop the second, then export it", (X, E)),
    # a negation in front of the word, and two orders in one message
    ("don't export yet, make it calmer", (X,)),
    ("先别导出，换个音乐", (X,)),
    ("add music and then export it", (X, E)),
    ("加上音乐，然后导出", (X, E)),
    # words for the bot itself
    ("stop", (Intent.STOP,)),
    ("stop the music at the end", (X,)),
    ("thanks!", (Intent.SMALLTALK,)),
    ("hello", (Intent.SMALLTALK,)),
    ("/help", (Intent.HELP,)),
    ("/start@highlight_bot", (Intent.HELP,)),
    ("重新开始", (Intent.NEW,)),
    ("start over", (Intent.NEW,)),
    ("what's the weather like?", (Intent.OFF_TOPIC,)),
    # nothing, and nothing but signs
    ("", ()),
    ("   ", ()),
    ("🎬 …", (Intent.SMALLTALK,)),
]


def intents(text, *, has_media=False):
    return route(text, KEYWORDS, has_media=has_media).intents


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words_are_routed_by_the_table(text, expected):
    assert intents(text) == expected


BEFORE = [
    "",
    "please ",
    "could you please ",
    "ok now ",
    "I'd like to ",
    "hey, ",
    "let's ",
    "yes, ",
    "ASAP ",
    "it's time to ",
]
OBJECTS = ["", " it", " my reel", " the video", " this", " our highlight reel", " the final version", " all of it"]
FORMATS = [
    "",
    " as MP4",
    " in 1080p",
    " in 4K please",
    " for TikTok",
    " to my phone",
    " again",
    "!",
    "...",
    " with 60 fps",
]
ZH_BEFORE = ["", "请", "麻烦帮我", "可以", "能不能帮我", "我想", "好的，", "现在", "那就", "请你"]
ZH_OBJECTS = ["", "视频", "我的视频", "这个短片", "成片", "最终版", "高清视频"]
ZH_BEHIND = ["", "吧", "一下", "，谢谢", "成mp4", "为1080p", "给我", "到手机", "！"]


@pytest.mark.parametrize("word", ["export", "download", "Export", "ｄｏｗｎｌｏａｄ"])
def test_an_export_stays_one_with_anything_polite_around_it(word):
    texts = [f"{before}{word}{thing}{form}" for before, thing, form in itertools.product(BEFORE, OBJECTS, FORMATS)]
    assert [text for text in texts if intents(text) != (E,)] == []


@pytest.mark.parametrize("word", ["导出", "下载", "導出"])
def test_a_chinese_export_stays_one_with_anything_polite_around_it(word):
    texts = [
        f"{before}{word}{thing}{behind}"
        for before, thing, behind in itertools.product(ZH_BEFORE, ZH_OBJECTS, ZH_BEHIND)
    ]
    assert [text for text in texts if intents(text) != (E,)] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["credits", "my credits", "balance", "the balance"], C),
        (["status", "the project status", "show tracks"], S),
        (["upload", "upload photos", "upload 12 HEIC photos", "upload my files"], U),
    ],
)
def test_the_other_rows_hold_with_anything_polite_around_them(words, expected):
    behind = ["", " please", "!", "?", " now", ", thanks", " for me"]
    texts = ["".join(parts) for parts in itertools.product(BEFORE, words, behind)]
    assert [text for text in texts if intents(text) != (expected,)] == []


_FRAMES = (Path(__file__).parent / "corpus" / "withheld.txt").read_text(encoding="utf-8").partition("\n")[2]
NOT_NOW, ZH_NOT_NOW = (part.strip().splitlines() for part in _FRAMES.split("\n\n"))


@pytest.mark.parametrize(
    ("frames", "words"), [(NOT_NOW, ["export", "download"]), (ZH_NOT_NOW, ["导出", "下载"])], ids=["en", "zh"]
)
def test_nothing_is_exported_that_nobody_asks_for_now(frames, words):
    texts = [frame.format(word) for frame, word in itertools.product(frames, words)]
    assert [text for text in texts if E in intents(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (U,)),
        ("upload", (U,)),
        ("thanks!", (U,)),
        ("make a reel of this", (U, X)),
        ("make a reel and then export it", (U, X, E)),
        ("2019, Lisbon", (U, X)),
    ],
)
def test_media_are_an_upload_first(text, expected):
    assert intents(text, has_media=True) == expected


@pytest.mark.parametrize(
    ("text", "highlight"),
    [
        ("turn these photos into a highlight", True),
        ("做成一个集锦", True),
        ("生成一个30秒的短片", True),
        ("make a video", True),
        ("make me a 30 second reel", True),
        ("pull the best moments and compile them into a 3-minute highlight reel in HD", True),
        ("turn my photos or images", True),
        ("/highlight", True),
        ("写真で動画を作って", True),
        ("make it calmer", False),
        ("a title, please", False),
        ("make the highlight shorter", False),
        ("make the highlights brighter", False),
        ("put the logo into the reel", False),
        ("把集锦改短一点", False),
        ("把视频做成黑白", False),
        ("export the highlight reel", False),  # an export, not a new film
    ],
)
def test_an_explicit_highlight_request_is_noticed(text, highlight):
    assert route(text, KEYWORDS, has_media=False).highlight is highlight


def test_only_answers_that_need_no_turn_are_instant():
    assert route("credits", KEYWORDS, has_media=False).instant
    assert not route("export", KEYWORDS, has_media=False).instant
    assert not route("", KEYWORDS, has_media=False).instant


PIECES = st.sampled_from(
    [
        "export", "导出", "don't", "别", "then", "再", "and", ",", "?", ":", '"', "“", "if", "上传", "credits",
        "\ud800", "写", "🎬", "https://a.example/b.mp4", "says", "\n", "upload", "stop", "(", "add music", "'",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join)), st.booleans())
@settings(max_examples=400)
def test_any_text_whatever_is_decided_on(text, has_media):
    found = route(text, KEYWORDS, has_media=has_media).intents
    assert bool(found) == (has_media or bool(text.strip()))
    assert len(set(found)) == len(found)
    assert not has_media or found[0] is U


@pytest.mark.parametrize("piece", ["so ", "导", '"', "(", "a b ", "http://", "\n", "e x p o r t"])
def test_what_a_long_message_ends_with_still_counts(piece):
    assert E in intents(piece * 20_000 + "\nexport the video please")
    assert intents("add music. " * 20_000 + "Then export the video please") == (X, E)


@pytest.mark.parametrize(
    "fault",
    [{"means": "exports"}, {"like": ["no_such_class"]}, {"like": ["^ [a-z]"]}, {"means": "edit+exports"}],
)
def test_a_mistake_in_the_table_is_named(fault):
    row = {"name": "mine", "means": "edit", "why": "x", "like": ["^"]} | fault
    raw = {
        "class": {"export": {"en": ["export"]}}, "groups": {}, "typos": {"correct": [], "right": []},
        "row": [row], "caption": [], "highlight": [],
    }  # fmt: skip
    with pytest.raises(TableError, match="mine"):
        keywords(raw, traditional={}, likeness=lambda _: None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("icons for status and export", (X,)),
        ("labels for save and export", (X,)),
        ("save and export", (E,)),
        ("make it match a mood that is not sad and export", (X, E)),  # what is refused is not near the beginning
        ("frobnicate it, then export, thanks", (X, E)),
        ("my client will upload and export", (X,)),
        ("export it. stop.", (Intent.STOP,)),
        ("download the reel, then stop", (Intent.STOP,)),
    ],
)
def test_what_neighbours_make_of_an_order(text, expected):
    assert intents(text) == expected


def test_a_rule_that_is_no_row_is_named_too():
    assert route("don't render and export", KEYWORDS, has_media=False).rule.endswith("held by what stands before it")
    assert route("blorp", KEYWORDS, has_media=False).rule == "nothing known"
