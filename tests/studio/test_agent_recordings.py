"""What becomes of recordings: moments chosen, listed, changed one by one, beside photos and music; versions."""

import dataclasses
import json

import pytest

from bot.studio.agent import Media, converse
from bot.studio.film.model import parse
from tests.studio.instructions import PROJECTS, recording
from tests.studio.test_agent import SONG, Talk, photos

MATCH = PROJECTS["raw"][0][0]


def clip(name, minutes, *, at=None, size=(1920, 1080)):
    return Media(
        id=name,
        name=f"{name}.mp4",
        kind="video",
        width=size[0],
        height=size[1],
        duration_ms=minutes * 60_000,
        taken_at=at,
        recording=recording(minutes, [*range(1, minutes, 2)]),
    )


def canvas(talk):
    return talk.draft["m"]["width"], talk.draft["m"]["height"]


def moments(talk):
    return [(one["m"]["asset"], one["m"].get("in"), one["d"]) for one in talk.track(0)]


@pytest.mark.parametrize(("minutes", "length"), [(10, 60), (45, 180)])
def test_without_a_length_it_is_one_or_three_minutes_and_that_is_said(minutes, length):
    talk = Talk([clip("game", minutes)]).say("make a highlight reel")
    assert talk.draft["d"] == pytest.approx(length * 1000, rel=0.02)
    assert f"I chose about {length} s" in talk.text
    assert "I chose about" not in Talk([clip("game", minutes)]).say("a 40 second reel").text


def test_a_reel_has_its_own_sound_short_crossfades_and_neither_music_nor_title():
    talk = Talk([MATCH]).say("a one minute reel")
    assert (talk.track(1), talk.track(7)) == ([], [])
    assert {one["m"]["sound"] for one in talk.track(0)} == {"keep"}
    assert {one["m"]["transition"] for one in talk.track(0)[1:]} == {"crossfade"}
    assert {one["m"]["td"] for one in talk.track(0)[1:]} == {500}
    talk.say("add music")
    assert {one["m"]["sound"] for one in talk.track(0)} == {"duck"}
    talk.say("no music, fast cuts")
    assert {one["m"]["sound"] for one in talk.track(0)} == {"keep"}
    assert {one["m"]["transition"] for one in talk.track(0)[1:]} == {"cut"}


def test_a_track_of_ones_own_beside_a_recording_goes_down_where_somebody_speaks():
    talk = Talk([MATCH, SONG]).say("a one minute reel")
    assert talk.track(1)[0]["m"]["asset"] == "s1"
    assert {one["m"]["sound"] for one in talk.track(0)} == {"duck"}


@pytest.mark.parametrize(
    ("size", "said", "expected"),
    [
        ((1280, 720), "make a reel", (1280, 720)),
        ((720, 1280), "make a reel", (720, 1280)),
        ((640, 480), "make a reel", (640, 480)),
        ((3840, 2160), "make a reel", (1920, 1080)),
        ((853, 480), "make a reel", (1920, 1080)),
        ((1280, 720), "make a 16:9 reel", (1280, 720)),
        ((1280, 720), "make a vertical reel", (1080, 1920)),
    ],
)
def test_the_canvas_is_that_of_the_recording_where_films_can_have_it(size, said, expected):
    assert canvas(Talk([clip("game", 5, size=size)]).say(said)) == expected


def test_a_change_of_one_moment_leaves_the_others_to_the_millisecond():
    talk = Talk([MATCH]).say("a one minute reel")
    before = moments(talk)
    talk.say("add two seconds before the third")
    asset, start, length = before[2]
    assert moments(talk) == [*before[:2], (asset, start - 2000, length + 2000), *before[3:]]
    after = moments(talk)
    talk.say("replace the second with another one")
    assert [one for place, one in enumerate(moments(talk)) if place != 1] == [
        one for place, one in enumerate(after) if place != 1
    ]
    assert moments(talk)[1] not in before
    assert talk.text.count("\n") == len(before)


def test_what_was_dropped_is_not_chosen_again_unless_its_time_is_asked_for():
    talk = Talk([MATCH]).say("a one minute reel")
    _, start, length = moments(talk)[1]
    talk.say("drop the second").say("make it 90 seconds")
    assert not any(begin < start + length and begin + slot > start for _, begin, slot in moments(talk))
    asked = start // 1000 + 1
    talk.say(f"{asked // 60}:{asked % 60:02} to {asked // 60}:{asked % 60 + 3:02} must be in")
    assert any(begin <= asked * 1000 and begin + slot >= asked * 1000 + 3000 for _, begin, slot in moments(talk))


def test_photos_and_moments_are_shown_in_the_order_in_which_they_were_taken():
    shots = [dataclasses.replace(one, taken_at=at) for one, at in zip(photos(3), (500.0, 1090.0, 9000.0), strict=True)]
    talk = Talk([*shots, clip("game", 4, at=1000.0)]).say("a 30 second film")
    order = talk.order
    assert (order[0], order[-1]) == ("p1", "p3")
    cut = order.index("p2")
    starts = [one["m"]["in"] for one in talk.track(0) if one["m"]["kind"] == "video"]
    assert all(start < 90_000 for start in starts[: cut - 1])
    assert all(start > 90_000 for start in starts[cut - 1 :])
    assert [one["d"] for one in talk.track(0) if one["m"]["kind"] == "photo"] == [3000] * 3
    assert talk.draft["d"] == pytest.approx(30_000, rel=0.02)


def test_many_photos_make_room_for_what_has_to_be_in():
    talk = Talk([*photos(8), clip("game", 10)]).say("a 30 second film, 2:10 to 2:22 must be in")
    assert any(begin <= 130_000 and begin + slot >= 142_000 for asset, begin, slot in moments(talk) if asset == "game")
    assert {one["d"] for one in talk.track(0) if one["m"]["kind"] == "photo"} == {1875}
    assert talk.draft["d"] == pytest.approx(30_000, rel=0.02)
    assert "from clips" not in talk.text


def test_one_sentence_may_concern_one_of_several_recordings():
    talk = Talk([clip("first", 10), clip("other", 10)]).say("a one minute reel")
    assert {asset for asset, _, _ in moments(talk)} == {"first", "other"}
    talk.say("2:30 to 2:50 in the second recording must be in")
    assert any(asset == "other" and start <= 150_000 for asset, start, _ in moments(talk))
    assert "1. first.mp4 " in talk.text


def test_several_stretches_of_one_sentence_are_all_chosen_from_and_a_later_one_instead():
    talk = Talk([MATCH]).say("a one minute reel only from 2:00 to 10:00 and from 30:00 to 40:00")
    starts = [start for _, start, _ in moments(talk)]
    assert min(starts) < 600_000 < 1_800_000 <= max(starts)
    assert not any(600_000 < start < 1_800_000 for start in starts)
    talk.say("only from 20:00 to 30:00")
    assert all(1_200_000 <= start < 1_800_000 for _, start, _ in moments(talk))


def test_what_a_recording_does_not_have_is_said():
    talk = Talk([clip("game", 10)]).say("a 40 second reel")
    before = talk.draft
    assert talk.say("12:30 to 13:10 must be in").draft == before
    assert talk.text == "The recording ends at 10:00."
    assert "no recording here" in Talk(photos(3)).say("go").say("first half only").text
    assert "Only clips have a speed" in Talk(photos(3)).say("go").say("slow motion").text
    assert talk.say("drop 40").draft == before
    assert "There is no number 40" in talk.text


def test_speed_and_looks_reach_the_renderer():
    talk = Talk([MATCH]).say("a one minute reel")
    _, start, length = moments(talk)[1]
    talk.say("second one in slow motion, black and white except the first")
    assert moments(talk)[1] == ("match", start, 2 * length)
    film = parse(talk.draft)
    assert [shot.speed for shot in film.shots[:3]] == [1.0, 0.5, 1.0]
    assert [shot.look for shot in film.shots[:3]] == ["plain", "mono", "mono"]


def test_it_is_what_was_spoken_of_last():
    talk = Talk([MATCH]).say("a one minute reel")
    before = talk.draft
    assert talk.say("start it 3 s later").draft == before
    assert talk.text.startswith("Which one do you mean?")
    talk.say("make the second one longer")
    _, start, _ = moments(talk)[1]
    talk.say("start it 3 s later")
    assert moments(talk)[1][1] == start + 3000


def test_going_back_by_number_loses_nothing():
    talk = Talk([MATCH]).say("a one minute reel")
    first = talk.draft
    talk.say("drop the second")
    second = talk.draft
    assert talk.say("use v1").draft == first
    assert talk.say("go back to version 2").draft == second
    assert talk.say("undo").draft == first
    assert talk.say("use v9").text == "I have the versions 1 to 4."
    assert [line.split(":")[0] for line in talk.say("what versions are there").text.split("\n")] == [
        f"Version {number}" for number in range(1, 5)
    ]
    assert talk.text.split("\n")[2].endswith("(this one)")


def test_numbers_go_on_where_old_versions_were_given_up():
    talk = Talk(photos(4)).say("go")
    for number in range(60):
        talk.say(f"title 'Day {number}'")
    assert talk.say("use v1").text == "I have the versions 11 to 61."
    assert talk.say("use v11").words("title") == ["Day 9"]


def test_a_project_of_an_earlier_release_is_read():
    recipe = {"shots": [{"asset": "p1", "at": 0.5, "caption": "Alfama"}], "dropped": ["p2"], "mood": "calm", "seed": 3}
    project = {"present": recipe, "past": [], "future": [], "known": ["p1", "p2"]}
    reply = converse(json.loads(json.dumps(project)), "slower", photos(2), "en")
    assert [one["m"]["asset"] for one in reply.draft["t"][0]["sg"]] == ["p1"]
    assert reply.draft["t"][1]["sg"][0]["m"]["mood"] == "calm"


def test_the_list_is_short_whatever_the_reel():
    talk = Talk([MATCH]).say("a five minute reel, about 10 s each")
    assert len(talk.order) > 20
    lines = talk.text.split("\n")
    assert len(lines) == 13
    assert lines[-1] == f"… and {len(talk.order) - 11} more"
