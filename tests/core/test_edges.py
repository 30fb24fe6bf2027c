"""The exact limits and forms of what is said about a timeline, a run and a message."""

import json

import pytest

from bot.core import summary, timeline
from bot.core.events import Said, Worked
from bot.core.intents import Intent, route
from bot.core.routing.text import MAX_CHARACTERS, fold, mask, units
from bot.core.transcript import TEXT_LIMIT, TOOLS_KEPT, Transcript, phase_of
from bot.core.transcript import fold as folded
from bot.i18n.catalog import load_keywords

KEYWORDS = load_keywords()


def video(*labels, length=1000, **more):
    return {"tt": 0, "sg": [{"d": length, "m": {"title": label}} for label in labels], **more}


def line(*tracks):
    return summary.summarise(timeline.read({"t": list(tracks)}))


# the summary


def test_an_empty_timeline_and_an_empty_track():
    assert line() == "Timeline (0 tracks): empty"
    assert line({"tt": 0}) == "Timeline (1 track): 1. Video: empty"
    assert line({"sg": [{"d": 1500}]}) == "Timeline (1 track): 1. Track: untitled (0-1.5s)"
    assert line({"tt": True, "sg": [{}]}) == "Timeline (1 track): 1. Track: untitled (0-0s)"
    assert line({"tt": 999_999}) == "Timeline (1 track): 1. Track type 999999: empty"
    assert line({"tt": 1_000_000}) == line({"tt": -1}) == "Timeline (1 track): 1. Track: empty"


def test_segments_of_one_label_are_one_span_and_others_are_listed():
    assert line(video("a", "a")) == "Timeline (1 track): 1. Video: a (0-2s)"
    assert line(video("a", "b", "")) == "Timeline (1 track): 1. Video: a (0-1s), b (1-2s), untitled (2-3s)"
    six = "a (0-1s), b (1-2s), c (2-3s), d (3-4s), e (4-5s), f (5-6s)"
    assert line(video(*"abcdef")) == f"Timeline (1 track): 1. Video: {six}"
    assert line(video(*"abcdefgh")) == f"Timeline (1 track): 1. Video: {six}, … 2 more"


def test_so_many_tracks_are_listed():
    assert line(*[video("a")] * 12).endswith(" 12. Video: a (0-1s)")
    assert line(*[video("a")] * 13).endswith(" 12. Video: a (0-1s) … 1 more")
    assert line(*[video("a")] * 70).startswith("Timeline (70 tracks): 1. Video")
    assert line(*[video("a")] * 70).endswith(" … 58 more")


def test_marks_of_quotation_in_a_title():
    assert (
        line({"tt": 7, "sg": [{"d": 1000, "m": {"title": 'a "b"'}}]})
        == "Timeline (1 track): 1. Title: \"a 'b'\" (0-1s)"
    )
    assert line(video("1. Video: x")) == 'Timeline (1 track): 1. Video: "1 Video x" (0-1s)'
    assert line(video("ｗｉｄｅ")) == "Timeline (1 track): 1. Video: ｗｉｄｅ (0-1s)"


def test_volumes_are_whole_per_cent_and_the_segments_own_wins():
    music = {"tt": 1, "m": {"title": "a", "volume": 0.355}, "sg": [{"d": 1000}]}
    assert line(music) == "Timeline (1 track): 1. BGM: a (0-1s, 36%)"
    assert line(music | {"sg": [{"d": 1000, "m": {"volume": 0}}]}).endswith("a (0-1s, 0%)")
    assert line(music | {"m": {"title": "a", "volume": 1}}).endswith("a (0-1s, 100%)")
    for odd in (1.01, -0.1, True, "1", float("nan")):
        assert line(music | {"m": {"title": "a", "volume": odd}}).endswith("a (0-1s)")


# reading


@pytest.mark.parametrize(
    ("value", "read"),
    [(1, 1), (99_999, 99_999), (100_000, None), (0, None), (-1, None), (True, None), ("9", None), (9.9, 9)],
)
def test_a_size_is_a_number_of_pixels(value, read):
    film = timeline.read({"m": {"width": value, "height": value}})
    assert (film.width, film.height) == (read, read)


@pytest.mark.parametrize(
    ("value", "length"), [(86_400_000, 86_400_000), (86_400_001, 0), (-1, 0), (True, 0), ("1", 0), (1.9, 1)]
)
def test_a_length_is_within_a_day(value, length):
    assert timeline.read({"d": value}).length == length
    (segment,) = timeline.read({"t": [{"sg": [{"d": value}]}]}).tracks[0].segments
    assert segment.end == length


@pytest.mark.parametrize(
    ("meta", "label"),
    [
        ({"title": "a", "name": "b", "text": "c"}, "a"),
        ({"title": " \n", "name": "b", "text": "c"}, "b"),
        ({"title": 3, "text": "c"}, "c"),
        ({"title": " a \t\n b "}, "a b"),
        ({"title": "a\x00b"}, "a b"),
        ({"title": "x" * 80}, "x" * 80),
        ({"title": "x" * 81}, "x" * 79 + "…"),
        ({"title": "x" * 78 + " yyy"}, "x" * 78 + "…"),
        ({"title": "\u200d"}, ""),
        ({"title": "\u200da\u200d"}, "a"),
        ({"title": " " * 1_000 + "a", "name": "b"}, "b"),
        ({"title": " " * 999 + "a", "name": "b"}, "a"),
    ],
)
def test_a_label_is_one_short_line(meta, label):
    assert timeline.read({"m": meta}).title == label
    assert timeline.read({"t": [{"m": meta, "sg": [{}]}]}).tracks[0].segments[0].label == label


def test_what_is_read_has_a_limit():
    film = timeline.read({"t": [{"sg": [{}] * 10_001}, *[{}] * 64, 3]})
    assert (len(film.tracks), film.more_tracks) == (64, 1)
    assert len(film.tracks[0].segments) == 10_000
    assert timeline.read({"t": [{}] * 64}).more_tracks == 0


def test_a_segment_that_is_none_is_skipped_and_the_others_follow():
    (track,) = timeline.read({"t": [{"sg": [None, {"d": 5}, "x", {"d": 6}]}]}).tracks
    assert [(part.start, part.end) for part in track.segments] == [(0, 5), (5, 11)]
    assert timeline.read({"t": [{"sg": [{"s": 0, "start": 7, "d": 1}]}]}).tracks[0].end == 1
    assert not timeline.read({"t": [{"sg": [None]}]}).ready


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([[], []], [[[]]]),
        ({"a": 1}, {"a": "1"}),
        ([1], [1, 1]),
        ({"a": {}}, {"a": []}),
        (1, 1.0),
        ({"a": 1, "b": 2}, {"a": 2, "b": 1}),
    ],
)
def test_drafts_that_differ_have_other_fingerprints(one, other):
    assert timeline.fingerprint(one) != timeline.fingerprint(other)
    assert timeline.fingerprint(one) == timeline.fingerprint(json.loads(json.dumps(one)))


def test_the_order_of_keys_makes_no_difference():
    assert timeline.fingerprint({"a": [1], "b": 2}) == timeline.fingerprint({"b": 2, "a": [1]})


# a run


def test_the_last_tools_are_kept():
    transcript = Transcript()
    for number in range(TOOLS_KEPT + 5):
        transcript = folded(transcript, Worked(tool=str(number), finished=True))
    assert transcript.tools == tuple(str(number) for number in range(5, 105))


def test_words_that_have_no_end_are_cut_at_the_limit():
    assert TEXT_LIMIT == 20_000
    assert folded(Transcript(), Said(text="x" * 20_001)).text == "x" * 20_000
    assert folded(Transcript(), Said(text="x" * 20_000)).text == "x" * 20_000
    assert folded(Transcript(), Said(text="x" * 30 + ". " + "y" * 20_000)).text == "x" * 30 + "."


@pytest.mark.parametrize(
    ("phase", "tools"),
    [
        ("working_sound", "music suno audio voiceover voice_over tts bgm"),
        ("working_video", "generate_video seedance"),
        ("working_look", "understand analyze analyse"),
        ("working_titles", "title caption subtitle"),
        ("working", "multitrack export"),
    ],
)
def test_every_known_tool_has_its_phase(phase, tools):
    assert {tool: phase_of(f"X_{tool.upper()}_y") for tool in tools.split()} == dict.fromkeys(
        tools.split(), f"status.{phase}"
    )


# a message


def test_the_beginning_and_the_end_of_a_long_message_decide():
    assert MAX_CHARACTERS == 4_000
    assert fold("a" * 4_000, {}) == "a" * 4_000
    assert fold("a" * 2_000 + "b" * 500 + "c" * 2_000, {}) == "a" * 2_000 + "\n" + "c" * 2_000


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ＡＢ É", "ab e"),
        ("it’s", "it's"),
        ("e\u200bx", "ex"),
        ("👍🏽", "👍"),
        ("\ue000x", "x"),
        ("\ue000é", "e"),
    ],
)
def test_letters_are_made_comparable(text, masked):
    assert fold(text, {}) == masked


@pytest.mark.parametrize(
    ("folded_text", "read"),
    [
        ("e x p o r t", ["export"]),
        ("a b c", ["a", "b", "c"]),
        ("see https://a.example/b.mp4 now", ["see", "\ue002", "now"]),
        ("see https://a.example/b now", ["see", "\ue001", "now"]),
        ("www.a.example", ["\ue001"]),
        ("@bot export", ["export"]),
        ('the title "export it"', ["the", "title", "\ue000"]),
        ('"export it"', ['"', "export", "it", '"']),
        ("one\ntwo", ["one", "。", "two"]),
        ("导出4k", ["导", "出", "4k"]),
        ("don't", ["don't"]),
        ("1.5x", ["1.5x"]),
        ("a, b!", ["a", ",", "b", "!"]),
    ],
)
def test_a_message_is_cut_into_units(folded_text, read):
    assert [unit.text for unit in units(mask(folded_text))] == read


def test_a_unit_is_a_word_or_a_sign():
    assert [unit.word for unit in units("ab 导,")] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "has_media", "intents", "rule"),
    [
        ("", False, (), ""),
        ("", True, (Intent.UPLOAD,), "files"),
        ("!!!", False, (Intent.SMALLTALK,), "signs"),
    ],
)
def test_what_says_nothing_has_a_rule_too(text, has_media, intents, rule):
    found = route(text, KEYWORDS, has_media=has_media)
    assert (found.intents, found.rule) == (intents, rule)


def test_the_rules_of_a_compound_are_told_in_order():
    found = route("credits, then export", KEYWORDS, has_media=False)
    assert found.rule.split(" > ") == list(dict.fromkeys(found.rule.split(" > ")))
    assert len(found.rule.split(" > ")) == 2
