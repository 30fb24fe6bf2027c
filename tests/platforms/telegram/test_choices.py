"""What a group has chosen outlives the process and goes along when the group gets another id."""

from adapters.telegram.choices import ChoiceBook
from tests.adapters.notes import Notes


async def test_a_topic_may_have_a_shape_of_its_own() -> None:
    notes = Notes()
    book = ChoiceBook(notes)
    await book.choose_shape(-1, "", "1:1")
    await book.choose_shape(-1, "31", "9:16")
    await book.moved(-1, -100)
    book = ChoiceBook(notes)
    await book.recall()
    assert [book.shape(-100, topic) for topic in ("", "31", "32")] == ["1:1", "9:16", "1:1"]
    await book.choose_shape(-100, "31", "")
    assert book.shape(-100, "31") == "1:1"
    assert book.shape(-2, "") == ""
