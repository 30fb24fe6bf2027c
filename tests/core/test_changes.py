"""What of a change is told: which kinds, how many, with which figures."""

from bot.core import timeline
from bot.core.changes import NAMED_SHOTS, TOLD, Change, changes


def video(*labels, length=1000, **more):
    return {"tt": 0, "sg": [{"d": length, "m": {"title": label}} for label in labels], **more}


def told(before, after):
    return changes(timeline.read(before), timeline.read(after))


def kinds(before, after):
    return [change.key.removeprefix("change.") for change in told(before, after)]


def test_the_canvas_is_told_only_when_it_is_known():
    wide, tall = {"width": 16, "height": 9}, {"width": 9, "height": 16}
    film = {"t": [video("a")]}
    assert kinds(film, film | {"m": wide}) == ["canvas_set"]
    assert kinds(film | {"m": {"width": 16}}, film | {"m": wide}) == ["canvas_set"]
    assert kinds(film | {"m": wide}, film | {"m": tall}) == ["canvas"]
    assert kinds(film | {"m": wide}, film | {"m": {"width": 9}}) == ["details"]
    assert told(film | {"m": wide}, film | {"m": wide | {"height": 10}})[0].params == {
        "width": "16", "height": "10", "old_width": "16", "old_height": "9",
    }  # fmt: skip


def test_so_many_shots_are_named():
    assert NAMED_SHOTS == 3
    film = {"t": [video("a", "b", "c", "d")], "d": 9000}
    assert kinds(film, {"t": [video("x", "y", "c", "d")], "d": 9000}) == [*["shot_removed"] * 2, *["shot_added"] * 2]
    assert kinds(film, {"t": [video("x", "y", "z", "d")], "d": 9000}) == [*["shot_removed"] * 3, *["shot_added"] * 3]
    assert kinds(film, {"t": [video("x", "y", "z", "q")], "d": 9000}) == ["shots_exchanged"]
    assert kinds(film, {"t": [video("a", "", "c", "d")], "d": 9000}) == ["shots_exchanged"]
    assert kinds(film, {"t": [video("a", "b", "c", "d", "")], "d": 9000}) == ["shots"]
    assert kinds(film, {"t": [video("b", "a", "c", "d")], "d": 9000}) == ["order"]
    assert told(film, {"t": [video("x", "y", "z", "q")], "d": 9000})[0].params == {"count": 4}


def test_an_order_names_five():
    five, six = [*"abcde"], [*"abcdef"]
    assert told({"t": [video(*five)]}, {"t": [video(*five[::-1])]})[0].params == {
        "old": "a, b, c, d, e", "new": "e, d, c, b, a",
    }  # fmt: skip
    assert told({"t": [video(*six)]}, {"t": [video(*six[::-1])]})[0].params == {
        "old": "a, b, c, d, e …", "new": "f, e, d, c, b …",
    }  # fmt: skip


def test_shots_of_another_length():
    def film(*lengths, label="a"):
        parts = [{"d": length, "m": {"title": f"{label}{at}" if label else ""}} for at, length in enumerate(lengths)]
        return {"t": [{"tt": 0, "sg": parts}], "d": 60_000}

    assert kinds(film(1, 1, 1, 1), film(2, 2, 2, 1)) == ["shot_length"] * 3
    assert kinds(film(1, 1, 1, 1), film(2, 2, 2, 2)) == ["shots_retimed"]
    assert told(film(1, 1, 1, 1), film(2, 2, 2, 2))[0].params == {"count": 4}
    assert kinds(film(1, label=""), film(2, label="")) == ["shots_retimed"]
    assert told(film(1000, 500), film(1000, 1500)) == (
        Change(key="change.shot_length", params={"name": "a1", "old": 0.5, "new": 1.5}),
    )


def test_shots_that_are_there_twice_are_counted():
    film = {"t": [video("a", "a", "b")], "d": 9000}
    assert kinds(film, {"t": [video("a", "b")], "d": 9000}) == ["shot_removed"]
    assert kinds(film, {"t": [video("a", "a", "a", "b")], "d": 9000}) == ["shot_added"]


def test_titles_and_music_without_a_name():
    film = {"t": [video("a")], "d": 9000}
    music, title = ({"tt": kind, "sg": [{"d": 1000}]} for kind in (1, 7))
    assert told(film, {**film, "t": [video("a"), music]})[0].params["name"] == "BGM"
    assert told(film, {**film, "t": [video("a"), title]})[0].params["name"] == "…"
    assert told({**film, "t": [video("a"), music]}, film)[0].params == {"name": "BGM", "start": 0, "end": 1}


def test_music_that_does_not_say_its_volume_is_full():
    def film(**meta):
        return {"t": [video("a"), {"tt": 1, "m": {"title": "m", **meta}, "sg": [{"d": 1000}]}], "d": 9000}

    assert told(film(), film(volume=0.5))[0].params == {"name": "m", "old": 100, "new": 50}
    assert kinds(film(volume=0.5), film(volume=0.501)) == ["details"]
    assert kinds(film(), {**film(), "t": [video("a")]}) == ["audio_removed"]


def test_so_many_changes_are_told():
    def film(count):
        titles = [{"s": at * 1000, "d": 500, "m": {"title": f"t{at}"}} for at in range(count)]
        return {"t": [video("a"), {"tt": 7, "sg": titles}], "d": 60_000}

    assert TOLD == 6
    assert kinds(film(0), film(6)) == ["text_added"] * 6
    assert kinds(film(0), film(7)) == [*["text_added"] * 6, "more"]
    assert told(film(0), film(9))[-1].params == {"count": 3}


def test_the_first_film_counts_its_shots():
    film = {"t": [video("a", "b"), {"tt": 7, "sg": [{"d": 1}]}]}
    assert told(None, film)[0].params == {"seconds": 2, "count": 2}
