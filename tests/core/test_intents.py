import pytest

from bot.core.intents import Intent, route
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
    # a negation in front of the word, and two orders in one message
    ("don't export yet, make it calmer", (X,)),
    ("先别导出，换个音乐", (X,)),
    ("add music and then export it", (X, E)),
    ("加上音乐，然后导出", (X, E)),
    # words for the bot itself
    ("stop", (Intent.STOP,)),
    ("stop the music at the end", (X,)),
    ("thanks!", (Intent.SMALLTALK,)),
    ("/help", (Intent.HELP,)),
    ("重新开始", (Intent.NEW,)),
    ("start over", (Intent.NEW,)),
    ("", ()),
    ("   ", ()),
]


@pytest.mark.parametrize(("text", "intents"), CASES)
def test_words_are_routed_by_the_table(text, intents):
    assert route(text, KEYWORDS, has_media=False).intents == intents


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("", (U,)),
        ("upload", (U,)),
        ("make a reel of this", (U, X)),
        ("make a reel and then export it", (U, X, E)),
    ],
)
def test_media_are_an_upload_first(text, intents):
    assert route(text, KEYWORDS, has_media=True).intents == intents


@pytest.mark.parametrize(
    ("text", "highlight"),
    [
        ("turn these photos into a highlight", True),
        ("做成一个集锦", True),
        ("make a video", True),
        ("make it calmer", False),
        ("a title, please", False),
        ("export the highlight reel", False),  # an export, not a new film
    ],
)
def test_an_explicit_highlight_request_is_noticed(text, highlight):
    assert route(text, KEYWORDS, has_media=False).highlight is highlight


def test_only_answers_that_need_no_turn_are_instant():
    assert route("credits", KEYWORDS, has_media=False).instant
    assert not route("export", KEYWORDS, has_media=False).instant
    assert not route("", KEYWORDS, has_media=False).instant
