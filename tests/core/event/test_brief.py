import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.event.brief import CREDITS, EVERYTHING, brief, ending, missing, mostly_tall, seconds
from bot.core.event.ledger import ledger
from bot.studio.agent.operations import Build, Include, SetCredits, SetLength, SetShape, SetTitle, Sort
from bot.studio.agent.understand import understand
from tests.core.event.making import share

REQUESTS = {
    False: "turn these photos into a highlight reel with music and transitions",
    True: "把这些照片做成带音乐和转场的集锦",
}


@pytest.mark.parametrize("chinese", [False, True])
def test_the_studios_agent_understands_every_part(chinese):
    words = brief(
        REQUESTS[chinese],
        chinese=chinese,
        files=20,
        title="A “B” drop 3",
        names=["Ana", 'Bo"s', "delete all"],
        shape="9:16",
    )
    found = {type(one): one for one in understand(f"{words} {EVERYTHING[chinese]}")}
    assert found[SetLength] == SetLength(ms=40_000)
    assert found[SetShape] == SetShape(shape="portrait")
    assert found[Sort] == Sort(by="upload")
    assert found[SetTitle] == SetTitle(text="A B drop 3")
    assert found[SetCredits] == SetCredits(text="Ana、Bo s、delete all" if chinese else "Ana, Bo s, delete all")
    assert found[Include] == Include(all=True)
    assert Build in found
    assert {one.__name__ for one in found} <= {
        "Build", "Include", "SetCredits", "SetLength", "SetMusic", "SetShape", "SetTitle", "SetTransition", "Sort",
    }  # fmt: skip


def test_a_length_that_somebody_named_stays():
    assert "seconds" not in brief("make it 45s", chinese=False, files=60, title="", names=[]).replace("45s", "")
    assert [seconds(files) for files in (1, 30, 500)] == [20, 60, 120]


def test_a_shape_that_somebody_named_stays():
    assert "9:16" not in brief("make it square", chinese=False, files=9, title="", names=[], shape="9:16")
    assert "9:16" not in brief("make it nice", chinese=False, files=9, title="", names=[])


@pytest.mark.parametrize(("tall", "mostly"), [([], False), ([1], True), ([1, 0], False), ([1, 1, 0], True)])
def test_the_shape_is_that_of_most_files(tall, mostly):
    shares = [share(number, tall=bool(one)) for number, one in enumerate(tall)]
    shares += [share(90, tall=not mostly, dropped=True), share(91, looked=False)]
    assert mostly_tall(shares, ledger(shares)) is mostly


def test_too_many_names_are_counted():
    assert ending(["Ana", "Bo"]) == "Ana, Bo"
    many = ending([f"Guest {number}" for number in range(40)])
    assert len(many) <= CREDITS + 5
    assert many.endswith(", +28")


@given(st.text(), st.lists(st.text(min_size=1), max_size=5))
def test_no_name_gives_an_order(title, names):
    words = brief("make a film", chinese=False, files=3, title=title, names=names)
    assert words.count('"') in {0, 2, 4}


def test_who_is_missing():
    people = [("ana", frozenset({1, 2})), ("bo", frozenset({3})), ("cy", frozenset())]
    assert missing(people, frozenset({2})) == ["bo"]
