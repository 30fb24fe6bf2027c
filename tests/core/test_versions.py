import pytest

from bot.core.commands import route_command, version_in
from bot.core.intents import Intent


@pytest.mark.parametrize(
    ("words", "number"),
    [("v1", 1), ("2", 2), ("version 3", 3), ("第2版", 2), ("", 0), ("the first", 0), ("v1 please", 0)],
)
def test_a_version_behind_last(words, number):
    assert version_in(words) == number


def test_the_words_that_make_an_events_film():
    go = route_command("event", "go", default_prompt="make it", has_media=False)
    assert go is not None
    assert (go.intents, go.text, go.highlight) == ((Intent.EDIT,), "make it", True)
    link = route_command("start", "join_AB12", default_prompt="", has_media=False)
    assert link is not None
    assert (link.intents, link.text) == ((Intent.EVENT,), "join_AB12")
