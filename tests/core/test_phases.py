import pytest

from bot.core.intents import Intent
from bot.core.phases import phases


@pytest.mark.parametrize(
    ("intents", "turns"),
    [
        ("", ""),
        ("edit", "edit"),
        ("edit export", "edit export"),
        ("upload edit export", "upload edit export"),
        ("export edit", "export | edit"),
        ("export credits", "export | credits"),
        ("credits state", "credits state"),
        ("state export credits", "state | export | credits"),
        ("new edit", "new | edit"),
        ("stop edit", "stop | edit"),
        ("stop credits", "stop | credits"),
        ("upload credits edit", "upload | credits | edit"),
    ],
)
def test_a_compound_is_split_into_turns(intents, turns):
    expected = tuple(tuple(Intent(word) for word in turn.split()) for turn in turns.split("|") if turn)
    assert phases([Intent(word) for word in intents.split()]) == expected
