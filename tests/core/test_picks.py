"""A bare answer to "which film?"."""

import pytest

from bot.core.films import Film
from bot.core.picks import picked

FILMS = [
    Film(number=number, name=name, project=-number)
    for number, name in enumerate(["beach.jpg", "Dunes 3.jpg", "beach (2).jpg", "party.mp4"], 1)
]


def number(text):
    film = picked(text, FILMS)
    return film and film.number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", 2),
        ("2.", 2),
        (" #2 ", 2),
        ("２", 2),
        ("no. 2", 2),
        ("number 2 please", 2),
        ("film 2", 2),
        ("the second", 2),
        ("The Second One, please!", 2),
        ("I mean the 3rd one", 3),
        ("it's the first", 1),
        ("the last one", 4),
        ("last", 4),
        ("beach.jpg", 1),
        ("Beach (2).JPG", 3),
        ("2. Dunes 3.jpg", 2),
        ("第二个", 2),
        ("第2个", 2),
        ("二", 2),
        ("两", 2),
        ("第三部影片吧", 3),
        ("最后一个", 4),
        ("最後", 4),
        ("2番目", 2),
        ("二つ目です", 2),
        ("3本目の動画", None),
        ("el segundo", 2),
        ("la primera, por favor", 1),
        ("le deuxième", 2),
        ("la 1re", 1),
        ("das zweite", 2),
        ("den dritten bitte", 3),
        ("das letzte", 4),
        ("o terceiro", 3),
        ("второй", 2),
        ("четвёртый", 4),
        ("2-й", None),
    ],
)
def test_a_bare_answer_names_its_film(text, expected):
    assert number(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "0", "5", "12", "123", "the fifth", "第九个", "2 and 3", "1, 2", "make the second one shorter", "2 seconds",
     "both", "the", "second hand", "Dunes", "第二个加音乐", "2x", "-", "十"],
)  # fmt: skip
def test_everything_else_is_none(text):
    assert picked(text, FILMS) is None


def test_a_name_that_two_films_have_is_none():
    twins = [Film(number=number, name="a.jpg", project=-number) for number in (1, 2)]
    assert picked("a.jpg", twins) is None
    assert picked("2. a.jpg", twins) == twins[1]
