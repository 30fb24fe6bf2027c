"""The last value that counts and the first that does not, of every limit around an event."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.event.brief import CREDITS, LONGEST, SHORTEST, brief, ending, quotable, seconds
from bot.core.event.choice import chosen, read
from bot.core.event.clocks import ASTRAY, STEP, TOLERANCE, moments
from bot.core.event.dates import HORIZON, moment
from bot.core.event.ledger import is_over
from bot.core.event.pace import MINUTE, Pace
from bot.core.event.twins import ALIKE_BITS, twins
from bot.core.media import MediaKind
from tests.core.event.making import START, share

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(("bits", "same"), [(0, True), (1, True), (4, True), (5, False), (64, False)])
def test_how_alike_two_versions_of_a_picture_are(bits, same):
    one, other = share(1, likeness=0, pixels=2), share(2, likeness=2**bits - 1, pixels=1)
    assert twins([one, other]) == ({2: 1} if same else {})
    assert ALIKE_BITS == 4


def test_which_of_two_versions_is_kept():
    def kept(*shares):
        (one,) = twins(shares).values()
        return one

    same = {"digest": "a"}
    assert kept(share(1, pixels=1, size=9, **same), share(2, pixels=2, size=1, **same)) == 2
    assert kept(share(1, size=1, **same), share(2, size=9, **same)) == 2
    assert kept(share(2, size=None, **same), share(1, size=None, **same)) == 1
    assert twins([share(1, digest=""), share(2, digest="")]) == {}, "what was not read is nobody's twin"
    assert twins([share(1, likeness=1), share(2, likeness=None)]) == {}
    assert twins([share(1, looked=False), share(2, looked=False)]) == {}
    clips = [share(number, likeness=1, kind=MediaKind.VIDEO) for number in (1, 2)]
    assert twins(clips) == {}
    assert twins([share(1, likeness=1), clips[1]]) == {}
    assert twins([share(1, kind=MediaKind.VIDEO, **same), share(2, kind=MediaKind.VIDEO, **same)]) == {2: 1}


@pytest.mark.parametrize(("ahead", "back"), [(0, 0), (5, 0), (6, 30), (30, 30), (31, 60), (60, 60), (-400, 0)])
def test_how_far_a_clock_that_is_ahead_is_set_back(ahead, back):
    one = share(1, taken=10 + ahead, minutes=10)
    assert moments([one])[1] == START + timedelta(minutes=10 + ahead - back)
    assert (timedelta(minutes=5), timedelta(minutes=30)) == (TOLERANCE, STEP)


@pytest.mark.parametrize(("hours", "astray"), [(35, False), (36, False), (37, True)])
def test_a_clock_so_far_behind_everybody_elses_was_never_set(hours, astray):
    mine, theirs = share(1, "Ana", taken=-hours * 60, minutes=40), share(2, "Bo", taken=0, minutes=1)
    assert moments([mine, theirs])[1] == (START + timedelta(minutes=40) if astray else START - timedelta(hours=hours))
    assert moments([mine])[1] == START - timedelta(hours=hours), "alone it may be right"
    assert timedelta(hours=36) == ASTRAY


def test_a_camera_without_a_zone_shows_universal_time():
    one = share(1, taken=0)
    naive = share(1).__class__(**{
        **{name: getattr(one, name) for name in ("id", "person", "name", "ref", "state", "sent")},
        "look": one.look.__class__(digest="a", taken=START.replace(tzinfo=None)),
    })  # fmt: skip
    assert moments([naive])[1] == START


@pytest.mark.parametrize("words", ["the monsoon", "salmon", "a sunset", "wedding", "24 novice", "2 marks", "1 maybe"])
def test_a_word_that_only_begins_like_a_day_or_month_is_none(words):
    assert moment(words, NOW) is None


def test_a_year_ahead_and_no_further():
    assert moment("2027-11-20 14:00", NOW) == NOW + timedelta(days=365)
    assert moment("2027-11-21 14:00", NOW) == NOW + HORIZON
    assert moment("2027-11-21 14:01", NOW) is None


@pytest.mark.parametrize(("files", "length"), [(0, 20), (9, 20), (10, 20), (11, 22), (59, 118), (60, 120), (61, 120)])
def test_how_long_a_film_of_so_many_files_is(files, length):
    assert seconds(files) == length
    assert (SHORTEST, LONGEST) == (20, 120)


def test_what_the_agent_is_asked_for():
    assert brief(" make a film. ", chinese=False, files=3, title="Ana", names=["Bo", "Cy"]) == (
        'make a film. Make it 20 seconds long. Keep the upload order. Title "Ana". End credits "Bo, Cy".'
    )
    assert brief("做个片子。", chinese=True, files=3, title="小安", names=["小波", "小川"]) == (
        "做个片子。一共20秒。按上传顺序排列。标题“小安”。片尾写“小波、小川”。"
    )
    for length in ("10 s", "one minute", "五分钟", "三分鐘", "一分", "半分"):
        assert "seconds long" not in brief(f"a film, {length}", chinese=False, files=3, title="", names=[])
    assert (
        brief("x", chinese=False, files=3, title="", names=[]) == "x. Make it 20 seconds long. Keep the upload order."
    )


def test_names_that_just_fit():
    assert ending(["x" * CREDITS]) == "x" * CREDITS
    assert ending(["x" * (CREDITS + 9)]) == "x" * CREDITS
    assert ending(["x" * (CREDITS - 3), "y"]) == "x" * (CREDITS - 3) + ", y"
    assert ending(["x" * (CREDITS - 2), "y"]) == "x" * (CREDITS - 2) + ", +1"
    assert quotable(' a "b"\n«c» ') == "a b c"
    assert len(quotable("x" * 999)) == CREDITS


def test_the_minute_ends_when_it_is_over():
    pace = Pace(member=1, chat=9)
    assert pace.lets(0, member="a", chat="1")
    assert not pace.lets(MINUTE - 0.01, member="a", chat="1")
    assert pace.lets(MINUTE, member="a", chat="1")
    assert MINUTE == 60


def test_the_last_file_that_is_taken():
    shares = [share(number, "Ana" if number % 2 else "Bo", looked=False) for number in range(1, 7)]
    over = [is_over(shares, one, member=2, chat=99) for one in shares]
    assert over == [False, False, False, False, True, True]
    assert [is_over(shares, one, member=99, chat=5) for one in shares] == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("去掉两张", {2}),
        ("去掉兩張", {2}),
        ("去掉十", {10}),
        ("去掉第二十张", {20}),
        ("去掉第二十三张", {23}),
        ("drop 3-3", {3}),
    ],
)
def test_numbers_as_people_write_them(words, numbers):
    choice = read(words)
    assert choice is not None
    assert choice.drop == numbers


def test_a_choice_among_numbers_that_nobody_has():
    choice = read("drop 3, 9, start with 2")
    assert choice is not None
    assert chosen({1: 11, 2: 12, 3: 13}, frozenset({11}), (), choice) == (frozenset({11, 13}), (12,), (9,))
    back = read("bring back 1")
    assert back is not None
    assert chosen({1: 11, 2: 12}, frozenset({11}), (12,), back) == (frozenset(), (12,), ())
