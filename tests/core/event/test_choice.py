import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.event.choice import Choice, chosen, read


def of(*, drop=(), back=(), only=(), first=(), flip=(), everything=False):
    return Choice(
        drop=frozenset(drop),
        back=frozenset(back),
        only=frozenset(only),
        first=tuple(first),
        flip=frozenset(flip),
        everything=everything,
    )


@pytest.mark.parametrize(
    ("words", "choice"),
    [
        ("drop 3, 7", of(drop=[3, 7])),
        ("drop 3 and 7", of(drop=[3, 7])),
        ("Please remove photos 3, 7 and 9.", of(drop=[3, 7, 9])),
        ("leave out 2-4", of(drop=[2, 3, 4])),
        ("without #12", of(drop=[12])),
        ("drop no. 3", of(drop=[3])),
        ("take out 2 to 4, 9", of(drop=[2, 3, 4, 9])),
        ("start with 5", of(first=[5])),
        ("start with 5, then 2", of(first=[5, 2])),
        ("5 first", of(first=[5])),
        ("put number 5 at the start", of(first=[5])),
        ("drop 3, 7, start with 5", of(drop=[3, 7], first=[5])),
        ("start with 5 and drop 3 and 7", of(drop=[3, 7], first=[5])),
        ("keep only 1-6", of(only=range(1, 7))),
        ("only 1–3 and 8", of(only=[1, 2, 3, 8])),
        ("keep 1 to 6, start with 2", of(only=range(1, 7), first=[2])),
        ("bring back 3", of(back=[3])),
        ("drop 4, bring back 3", of(drop=[4], back=[3])),
        ("use all", of(everything=True)),
        ("Use everything!", of(everything=True)),
        ("use all, start with 5", of(everything=True, first=[5])),
        ("drop 3, put 5 first", of(drop=[3], first=[5])),
        ("use all except 3", of(everything=True, drop=[3])),
        ("use all but drop 3", of(everything=True, drop=[3])),
        ("去掉3、7", of(drop=[3, 7])),
        ("不要第3张和第7张", of(drop=[3, 7])),
        ("去掉三、七", of(drop=[3, 7])),
        ("删掉第十二张", of(drop=[12])),
        ("请去掉3到5", of(drop=[3, 4, 5])),
        ("从5开始", of(first=[5])),
        ("以第五张开头", of(first=[5])),
        ("把5放最前面", of(first=[5])),
        ("先放5", of(first=[5])),
        ("去掉3、7，从5开始", of(drop=[3, 7], first=[5])),
        ("只留1到6", of(only=range(1, 7))),
        ("只要第1-6张", of(only=range(1, 7))),
        ("全部都用", of(everything=True)),
        ("全都要", of(everything=True)),
        ("恢复3", of(back=[3])),
        ("把3加回来", of(back=[3])),
    ],
)
def test_choices_as_people_word_them(words, choice):
    assert read(words) == choice


@pytest.mark.parametrize(
    "words",
    [
        "",
        "drop",
        "3, 7",
        "drop the music",
        "drop the beat at 3 seconds",
        "make it 30 seconds",
        "start with a bang",
        "keep it short",
        "keep only 6-1",
        "drop 3, keep only 4",
        "drop 0",
        "drop 1234567",
        "3 all",
        "drop 3, 5 first",
        "drop 3 start with",
        "去掉字幕",
        "前3秒不要",
        "keep 1-6 and make it 30 seconds",
    ],
)
def test_what_is_no_choice_is_left_to_others(words):
    assert read(words) is None


NUMBERS = {1: 11, 2: 12, 3: 13, 4: 14}


@pytest.mark.parametrize(
    ("dropped", "lead", "choice", "after"),
    [
        ([], [], of(drop=[2, 9]), ([12], (), (9,))),
        ([12], [], of(back=[2]), ([], (), ())),
        ([12], [14], of(only=[2, 3]), ([11, 14], (), ())),
        ([12], [], of(everything=True), ([], (), ())),
        ([12], [11], of(first=[2, 3]), ([], (12, 13), ())),
        ([], [13], of(drop=[1]), ([11], (13,), ())),
        ([], [13], of(drop=[3]), ([13], (), ())),
        ([12], [], of(only=[8]), ([12], (), (8,))),
        ([12], [13], of(flip=[2, 3, 9]), ([13], (), (9,))),
    ],
)
def test_what_a_choice_changes(dropped, lead, choice, after):
    out, first, unknown = chosen(NUMBERS, frozenset(dropped), lead, choice)
    assert (sorted(out), first, unknown) == after


@given(st.text(alphabet="drop kestart with ony 0123456789,-去掉从开始只留全部第张三十"))
def test_any_words_are_a_choice_of_valid_numbers_or_none(words):
    choice = read(words)
    if choice is not None:
        assert choice != Choice()
        assert all(0 < number <= 999 for number in choice.drop | choice.only | choice.back | {*choice.first})
