import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import summary, timeline
from bot.core.summary import Change

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
        'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)'
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


@given(ANY_JSON, ANY_JSON)
def test_reading_is_total(one, other):
    before, after = timeline.read(one), timeline.read(other)
    assert len(summary.summarise(after)) < 4096
    summary.changes(before, after)
    assert (before.fingerprint == after.fingerprint) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


def test_hundreds_of_tracks_are_counted_and_cut():
    line = summary.summarise(timeline.read({"t": [{"tt": 0, "sg": [{"d": 1}] * 900}] * 300}))
    assert line.startswith("Timeline (300 tracks):")
    assert len(line) < 4096


def _changed(**edit):
    draft = json.loads(json.dumps(DOCUMENTED)) | {"m": {"width": 1920, "height": 1080}}
    changed = json.loads(json.dumps(draft))
    for path, value in edit.items():
        track, kind = path.split("_")
        tracks = changed["t"]
        if kind == "title":
            tracks[int(track[1:])]["sg"][0]["m"] = {"title": value}
        elif kind == "gone":
            del tracks[int(track[1:])]
        elif kind == "sg":
            tracks[int(track[1:])]["sg"] = value
    return timeline.read(draft), timeline.read(changed)


def test_changes_are_named():
    assert summary.changes(*_changed(t2_title="Night")) == (
        Change(key="change.text_replaced", params={"old": "Urban Dreams", "new": "Night"}),
    )
    assert summary.changes(*_changed(t2_gone=True)) == (
        Change(key="change.text_removed", params={"name": "Urban Dreams"}),
    )
    assert summary.changes(*_changed(t0_sg=[{"d": 1}, {"d": 2}])) == (
        Change(key="change.shots", params={"old": 1, "new": 2}),
    )
    same = timeline.read(DOCUMENTED)
    assert summary.changes(same, same) == ()
    assert summary.changes(timeline.read(None), same) == (
        Change(key="change.created", params={"seconds": "10", "count": 1}),
    )
