import pytest

from bot.core.commands import route_command
from bot.core.intents import Intent
from bot.core.versions import version_in, version_wanted


@pytest.mark.parametrize(
    ("words", "number"),
    [("v1", 1), ("2", 2), ("version 3", 3), ("第2版", 2), ("第二版", 2), ("", 0), ("the first", 0), ("v1 please", 0)],
)
def test_a_version_behind_last(words, number):
    assert version_in(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("use v1", 1),
        ("Please use version 2.", 2),
        ("go back to v1", 1),
        ("let's take v 3", 3),
        ("send me v1 again", 1),
        ("I like v1 better", 1),
        ("back to the first version", 1),
        ("use the second cut instead!", 2),
        ("用v1", 1),
        ("用第一版", 1),
        ("还是用回第 2 版吧", 2),
        ("回到第一个版本", 1),
        ("发第1版给我", 1),
        ("use v1 but with jazz", 0),
        ("use 1", 0),
        ("use the first photo", 0),
        ("make a version 2 for instagram", 0),
        ("make v2", 0),
        ("要3个版本", 0),
        ("第一版的音乐换掉", 0),
        ("", 0),
    ],
)
def test_a_version_in_plain_words(words, number):
    assert version_wanted(words) == number


def test_the_words_that_make_an_events_film():
    go = route_command("event", "go", default_prompt="make it", has_media=False)
    assert go is not None
    assert (go.intents, go.text, go.highlight) == ((Intent.EDIT,), "make it", True)
    link = route_command("start", "join_AB12", default_prompt="", has_media=False)
    assert link is not None
    assert (link.intents, link.text) == ((Intent.EVENT,), "join_AB12")
