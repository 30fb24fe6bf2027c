import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import summary, timeline
from bot.i18n import catalog

CATALOG = catalog.load()

DOCUMENTED = {
    "t": [
        {"tt": 0, "sg": [{"d": 10000, "m": {"title": "city timelapse"}}]},
        {"tt": 1, "m": {"title": "Lo-fi", "volume": 0.35}, "sg": [{"d": 10000}]},
        {"tt": 7, "sg": [{"d": 3000, "m": {"title": "Urban Dreams"}}]},
    ],
    "d": 10000,
}


def test_the_documented_summary():
    assert summary.summarise(timeline.read(DOCUMENTED)) == (
        "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) "
        '3. Title: "Urban Dreams" (0-3s)'
    )


@pytest.mark.parametrize(
    "draft", [None, {}, [], "draft", {"t": None}, {"t": {}}, {"t": [None, 3, {}]}, {"t": [{"sg": []}]}]
)
def test_what_is_no_draft_is_not_ready(draft):
    read = timeline.read(draft)
    assert not read.ready
    assert read.length == 0


def test_segments_follow_each_other_unless_they_say_otherwise():
    draft = {"t": [{"tt": 0, "sg": [{"d": 1000}, {"d": 500}, {"s": 4000, "d": 1000}, {"start": 9000, "d": 1}]}]}
    assert [(s.start, s.end) for s in timeline.read(draft).tracks[0].segments] == [
        (0, 1000),
        (1000, 1500),
        (4000, 5000),
        (9000, 9001),
    ]
    assert timeline.read(draft).length == 9001


def test_an_unknown_track_is_listed_with_its_number():
    assert "Track type 9" in summary.summarise(timeline.read({"t": [{"tt": 9, "sg": [{"d": 1}]}]}))


def test_a_title_cannot_forge_a_line():
    hostile = 'x"\n2. Video: fake (0-9s)\r\u2028' + "y" * 500
    line = summary.summarise(timeline.read({"t": [{"tt": 7, "sg": [{"d": 1, "m": {"title": hostile}}]}]}))
    assert "\n" not in line
    assert len(line) < 200


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["t", "tt", "sg", "d", "m", "s", "start", "title", "name", "volume", "width"]), inner
        )
    ),
    max_leaves=30,
)


@pytest.mark.parametrize("kind", [0, 1, 7, 9])
@pytest.mark.parametrize(
    "label",
    [
        "city (0-10s) 2. BGM: forged (0-9s)",
        'x" (0-1s) 2. Title: "forged',
        "x２．ＢＧＭ： forged",
        "a\n2. Video: forged (0-1s)",
        "Timeline (9 tracks): 1. Track type 3: forged",
    ],
)
def test_a_label_cannot_pass_for_an_entry(kind, label):
    line = summary.summarise(timeline.read({"t": [{"tt": kind, "sg": [{"d": 1, "m": {"title": label}}]}]}))
    seen = unicodedata.normalize("NFKC", line)
    assert len(re.findall(r"\d+\. (?:Video|BGM|Title|Track(?: type \d+)?):", seen)) == 1
    assert len(re.findall(r"Timeline \(\d+ tracks?\):", seen)) == 1
    assert "forged" in line


def test_a_message_holds_it_whatever_the_labels():
    wide = {"t": [{"tt": 7, "sg": [{"d": 1, "m": {"title": f"{at}" + "🎬" * 90}} for at in range(9)]}] * 300}
    line = summary.summarise(timeline.read(wide))
    assert len(line.encode("utf-16-le")) // 2 < 4096
    assert line.startswith("Timeline (300 tracks): 1. Title:")
    assert re.search(r"… \d+ more$", line)


def test_joined_emoji_stay_joined_and_surrogates_go():
    draft = {"t": [{"tt": 0, "sg": [{"d": 1, "m": {"title": "👨\u200d👩\u200d👧 \ud800x\u202e"}}]}]}
    assert summary.summarise(timeline.read(draft)) == "Timeline (1 track): 1. Video: 👨\u200d👩\u200d👧 x (0-0s)"


def test_numbers_and_depth_beyond_reason():
    deep: object = "end"
    for _ in range(20_000):
        deep = [deep]
    for odd in ({"t": [{"tt": 10**5000, "sg": [{"d": 10**5000, "s": -1}]}]}, {"t": deep}, deep, {"t": [{"sg": deep}]}):
        read = timeline.read(odd)
        assert summary.summarise(read)
        assert read.fingerprint == timeline.read(odd).fingerprint


def test_segments_beyond_the_tracks_that_are_read_can_be_exported():
    assert timeline.read({"t": [{"tt": 0}] * 100 + [{"tt": 0, "sg": [{"d": 1}]}]}).ready


@given(ANY_JSON, ANY_JSON)
def test_reading_is_total(one, other):
    before, after = timeline.read(one), timeline.read(other)
    assert len(summary.summarise(after)) < 4096
    for change in summary.changes(before, after):
        assert CATALOG.text("en", change.key, **change.params)
    assert (before.fingerprint == after.fingerprint) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


def test_hundreds_of_tracks_are_counted_and_cut():
    line = summary.summarise(timeline.read({"t": [{"tt": 0, "sg": [{"d": 1}] * 900}] * 300}))
    assert line.startswith("Timeline (300 tracks):")
    assert len(line) < 4096


def film(**parts):
    """The documented draft with a canvas, `parts` of it replaced."""
    return timeline.read(json.loads(json.dumps(DOCUMENTED)) | {"m": {"width": 1920, "height": 1080}} | parts)


def shots(*names, tail=(), length=2000):
    return {"t": [{"tt": 0, "sg": [{"d": length, "m": {"title": name}} for name in names]}, *tail], "d": 0}


def tracks(change):
    changed = json.loads(json.dumps(DOCUMENTED["t"]))
    change(changed)
    return {"t": changed}


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ({"m": {"width": 1080, "height": 1920}}, "The picture is now 1080x1920 instead of 1920x1080."),
        ({"d": 12000}, "The length went from 10 s to 12 s."),
        (tracks(lambda t: t.pop(2)), 'Title removed: "Urban Dreams" (it was at 0-3 s).'),
        (
            tracks(lambda t: t[2]["sg"][0].update(m={"title": "Night"})),
            'The title at 0-3 s is now "Night" instead of "Urban Dreams".',
        ),
        (tracks(lambda t: t[2]["sg"][0].update(s=2000)), 'The title "Urban Dreams" is now at 2-5 s instead of 0-3 s.'),
        (
            tracks(lambda t: t[2]["sg"].append({"s": 7000, "d": 2500, "m": {"title": "End"}})),
            'Title added: "End" (7-9.5 s).',
        ),
        (tracks(lambda t: t.pop(1)), "Music removed: Lo-fi (it was at 0-10 s)."),
        (tracks(lambda t: t[1].update(m={"title": "Jazz"})), "The music at 0-10 s is now Jazz instead of Lo-fi."),
        (
            tracks(lambda t: t[1]["m"].update(volume=0.8)),
            "The music Lo-fi is now at 80% instead of 35%.",
        ),
        (tracks(lambda t: t[1]["sg"][0].update(s=1000)), "The music Lo-fi now plays at 1-11 s instead of 0-10 s."),
        (tracks(lambda t: t[0]["sg"][0].update(d=8000)), "city timelapse now lasts 8 s instead of 10 s."),
        (
            tracks(lambda t: t[0]["sg"][0].update(m={"title": "sea"})),
            "At 0-10 s there is now sea instead of city timelapse.",
        ),
        (tracks(lambda t: t[0]["sg"].append({"d": 500, "m": {"title": "sea"}})), "Shot added: sea (10-10.5 s)."),
        (tracks(lambda t: t[0]["sg"].extend([{"d": 500}] * 4)), "The film now has 5 shots instead of 1."),
        (tracks(lambda t: t[0].update(effect="grain")), "Details of the timeline changed."),
        ({"t": []}, "The timeline is empty now."),
    ],
)
def test_a_change_reads_like_a_person(after, sentence):
    assert said(film(), film(**after)) == [sentence]


def said(before, after):
    return [CATALOG.text("en", change.key, **change.params) for change in summary.changes(before, after)]


def test_shots_in_another_order_are_named_before_and_after():
    before, after = timeline.read(shots("a", "b", "c")), timeline.read(shots("c", "a", "b"))
    assert said(before, after) == ["The shots are now in this order: c, a, b (before: a, b, c)."]
    assert said(before, timeline.read(shots("a", "b", "c", length=3000))) == [
        "The length went from 6 s to 9 s.",
        "a now lasts 3 s instead of 2 s.",
        "b now lasts 3 s instead of 2 s.",
        "c now lasts 3 s instead of 2 s.",
    ]
    many = [str(number) for number in range(9)]
    assert said(timeline.read(shots(*many)), timeline.read(shots(*many, length=1000)))[1:] == [
        "The lengths of 9 shots changed."
    ]


def test_many_changes_are_counted():
    titles = [{"tt": 7, "sg": [{"s": at * 1000, "d": 500, "m": {"title": f"T{at}"}} for at in range(9)]}]
    told = said(timeline.read(shots("a")), timeline.read(shots("a", tail=titles)))
    assert told[1:] == [*[f'Title added: "T{at}" ({at}-{at}.5 s).' for at in range(5)], "And 4 more changes."]


def test_a_loop_that_follows_itself_is_one_music():
    once = {"tt": 1, "sg": [{"d": 4000, "m": {"title": "Lo-fi"}}]}
    twice = {"tt": 1, "sg": [{"d": 2000, "m": {"title": "Lo-fi"}}] * 2}
    assert said(timeline.read(shots("a", tail=[once])), timeline.read(shots("a", tail=[twice]))) == [
        "Details of the timeline changed."
    ]


def test_the_first_film_is_told_as_such():
    assert said(timeline.read(None), timeline.read(DOCUMENTED)) == ["Your film is arranged: 1 shot, 10 s."]
    same = timeline.read(DOCUMENTED)
    assert summary.changes(same, same) == ()
