import pytest

from bot.core.chat import ChatRef
from bot.core.intents import Intent, Route
from bot.core.phases import PHASES_MOST, may_follow, phases, project_after
from bot.core.turn import Turn, TurnId, TurnState


@pytest.mark.parametrize(
    ("intents", "turns"),
    [
        ("", ""),
        ("edit", "edit"),
        ("edit export", "edit export"),
        ("upload edit export", "upload edit export"),
        ("export edit", "export | edit"),
        ("edit edit", "edit | edit"),
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


def test_an_endless_message_becomes_a_bounded_number_of_turns():
    assert len(phases([Intent.EXPORT, Intent.CREDITS] * 100)) == PHASES_MOST


@pytest.mark.parametrize(
    ("later", "earlier", "runs"),
    [
        ("export", "", True),
        ("export", "edit:done", True),
        ("export", "edit:failed", False),
        ("export", "edit:stopped", False),
        ("edit export", "export:failed", False),
        ("edit", "export:done, edit:failed", False),
        ("edit", "edit:failed, export:done", False),
        ("new", "export:failed", False),
        ("credits", "export:failed", True),
        ("state help", "upload edit:failed", True),
        ("credits edit", "export:failed", False),
        ("export", "credits:failed", True),
        ("export", "credits:failed, edit:failed", False),
        ("edit", "stop:done", True),
        ("edit", "new:done", True),
        ("edit", "new:failed", False),
        ("edit", "state:running", True),
    ],
)
def test_a_later_turn_runs_only_on_what_worked(later, earlier, runs):
    before = []
    for turn in filter(None, earlier.split(", ")):
        intents, state = turn.split(":")
        before.append(([Intent(word) for word in intents.split()], TurnState(state)))
    assert may_follow([Intent(word) for word in later.split()], before) is runs


def in_line(*turns):
    return [
        Turn(
            id=TurnId(f"test:{number}"),
            chat=ChatRef(platform="test", chat_id="1"),
            sequence=number,
            route=Route(intents=(intent,)),
            language="en",
            project=project,
        )
        for number, (intent, project) in enumerate(turns)
    ]


@pytest.mark.parametrize(
    ("ahead", "project"),
    [
        ([], 3),
        ([(Intent.EDIT, 3)], 3),
        ([(Intent.NEW, 3)], 4),
        ([(Intent.NEW, 3), (Intent.EDIT, 4), (Intent.NEW, 4)], 5),
        ([(Intent.NEW, 2)], 3),  # it has begun its project, though it has not ended yet
        ([(Intent.EDIT, -3000), (Intent.NEW, 3)], 4),
    ],
)
def test_words_belong_to_the_project_that_the_last_new_beginning_in_line_will_bring(ahead, project):
    assert project_after(3, in_line(*ahead)) == project
