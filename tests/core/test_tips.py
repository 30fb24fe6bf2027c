import pytest

from bot.core.tips import changes_shape, is_vague, tip_for


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("make it look better", True),
        ("Make it better!", True),
        ("could you make this nicer", True),
        ("improve it", True),
        ("弄得好看一点", True),
        ("make it look better with warm music", False),
        ("make it shorter", False),
        ("turn these photos into a highlight reel", False),
    ],
)
def test_a_vague_wish_is_noticed(text, vague):
    assert is_vague(text) is vague


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("make it vertical", True),
        ("9:16 please", True),
        ("change the aspect ratio", True),
        ("改成竖屏", True),
        ("at 0:16 add a title", False),
        ("make it calmer", False),
        ("a portraitist's reel", False),
    ],
)
def test_another_shape_is_noticed(text, shape):
    assert changes_shape(text) is shape


def test_the_tip_that_fits():
    assert tip_for(photos=20, largest_video=0) == ""
    assert tip_for(photos=21, largest_video=0) == "tips.many_photos"
    assert tip_for(photos=21, largest_video=100_000_000) == "tips.many_photos"
    assert tip_for(photos=21, largest_video=100_000_001) == "tips.long_footage"
