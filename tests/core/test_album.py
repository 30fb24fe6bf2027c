import pytest

from bot.core.album import in_order


@pytest.mark.parametrize(
    ("files", "ordered"),
    [
        ([], []),
        ([(1, "", "9"), (2, "", "8")], [1, 2]),
        ([(1, "a", "12"), (2, "a", "9"), (3, "a", "10")], [2, 3, 1]),
        ([(1, "a", "12"), (2, "", "1"), (3, "b", "30"), (4, "a", "11"), (5, "b", "29")], [4, 2, 5, 1, 3]),
        ([(1, "a", "7"), (2, "a", "7"), (3, "a", "6")], [3, 1, 2]),
        ([(1, "a", "x"), (2, "a", "2"), (3, "a", "1")], [1, 3, 2]),
    ],
)
def test_an_album_is_in_the_order_of_its_messages(files: list[tuple[int, str, str]], ordered: list[int]) -> None:
    assert in_order(files) == ordered
