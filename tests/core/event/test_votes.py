import pytest

from bot.core.event.votes import Sign, arranged, is_out, sign_of, signs_of
from tests.core.event.making import share


@pytest.mark.parametrize(
    ("emoji", "sign"),
    [
        ("❤", Sign.LIKE),
        ("❤️", Sign.LIKE),
        ("👍", Sign.LIKE),
        ("🚫", Sign.OUT),
        ("👎", Sign.OUT),
        ("👀", None),
        ("", None),
    ],
)
def test_what_an_emoji_says(emoji, sign):
    assert sign_of(emoji) is sign


def test_several_say_what_each_says():
    assert signs_of(["❤️", "🔥", "👀", "🚫"]) == {Sign.LIKE, Sign.OUT}
    assert is_out(" 🚫 ")
    assert not is_out("🚫 no")
    assert not is_out("👎")
    assert is_out("Not this one!", file=True)
    assert is_out("这张不要。", file=True)
    assert not is_out("not this one")
    assert not is_out("not this one but the other", file=True)


@pytest.mark.parametrize(
    ("shares", "order"),
    [
        ([share(1, minutes=2), share(2, minutes=1)], [2, 1]),
        ([share(1), share(2), share(3, votes=1)], [3, 1, 2]),
        ([share(1), share(2, votes=2), share(3, votes=2)], [2, 1, 3]),
        ([share(1), share(2, lead=2, votes=5), share(3, lead=1)], [3, 2, 1]),
        ([], []),
    ],
)
def test_what_begins_the_film(shares, order):
    assert arranged(shares) == order
