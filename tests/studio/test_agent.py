"""What a message does to a film, and what is said about it: the agent as a pure function."""

import re
from itertools import pairwise

import pytest

from bot.studio.agent import Media, converse
from bot.studio.film.fit import fit
from bot.studio.film.grid import Grid
from bot.studio.film.model import parse
from bot.studio.film.music.moods import MOODS, beats


def photos(count, *, width=4000, height=3000, start=0, times=True):
    return [
        Media(
            id=f"p{number}",
            name=f"IMG_{number}.jpg",
            kind="photo",
            width=width,
            height=height,
            taken_at=1000.0 + number if times else None,
        )
        for number in range(start + 1, start + count + 1)
    ]


def clip(name="c1", seconds=60):
    return Media(id=name, name=f"{name}.mp4", kind="video", width=1920, height=1080, duration_ms=seconds * 1000)


SONG = Media(id="s1", name="ours.mp3", kind="audio", duration_ms=90_000)


class Talk:
    """A project that is talked to."""

    def __init__(self, media, language="en"):
        self.media, self.language = list(media), language
        self.project, self.draft, self.text = None, None, ""

    def say(self, message):
        reply = converse(self.project, message, self.media, self.language)
        self.project, self.draft, self.text = reply.project, reply.draft, reply.text
        return self

    def track(self, kind):
        return next((track["sg"] for track in self.draft["t"] if track["tt"] == kind), [])

    @property
    def order(self):
        return [segment["m"]["asset"] for segment in self.track(0)]

    @property
    def slots(self):
        return [segment["d"] for segment in self.track(0)]

    def words(self, style):
        return [segment["m"]["title"] for segment in self.track(7) if segment["m"]["style"] == style]


def test_the_first_film_has_every_photo_in_the_order_it_was_taken_in_thirty_seconds_with_cuts_on_the_beat():
    media = photos(10)
    media.reverse()
    talk = Talk(media).say("turn these photos into a highlight reel with music and transitions")
    assert talk.order == [f"p{number}" for number in range(1, 11)]
    assert sum(talk.slots) == talk.draft["d"] == 30_000
    beat = beats("warm")
    cut = 0
    for slot in talk.slots[:-1]:
        cut += slot
        assert abs(cut / beat - round(cut / beat)) * beat < 2
    assert talk.draft["m"] == {"width": 1920, "height": 1080, "fps": 30, "dialect": 1}
    assert talk.track(1) == [{"d": 30_000, "m": {"title": "Warm", "mood": "warm", "seed": 1, "volume": 1.0}}]
    assert talk.track(7) == []
    assert "10 photos in 30 s at 16:9, in the order in which they were taken, to warm music" in talk.text
    assert "transition" not in talk.track(0)[0]["m"]
    styles = [segment["m"]["transition"] for segment in talk.track(0)[1:]]
    assert styles.count("crossfade") >= len(styles) / 2
    motions = [segment["m"]["motion"] for segment in talk.track(0)]
    assert all(one != other for one, other in pairwise(motions))


def test_any_first_words_make_a_film_when_photos_are_there():
    assert Talk(photos(3)).say("our wonderful weekend").draft["d"] == 18_000


@pytest.mark.parametrize(("count", "length"), [(1, 6000), (4, 24_000), (5, 30_000), (25, 30_000)])
def test_the_natural_length_is_thirty_seconds_and_at_most_six_per_photo(count, length):
    assert Talk(photos(count)).say("make a video").draft["d"] == length


def test_when_more_photos_are_there_than_fit_the_rule_is_told_and_all_can_be_asked_for():
    talk = Talk(photos(40)).say("make a video")
    assert len(talk.order) == 23
    assert min(talk.slots) > 1200
    assert (talk.order[0], talk.order[-1]) == ("p1", "p40")
    assert "23 of 40 pictures fit into 30 s at 1.3 s each" in talk.text
    talk.say("use all photos")
    assert len(talk.order) == 40
    assert 48_000 <= talk.draft["d"] <= 56_000
    assert min(talk.slots) >= 1000


def test_photos_without_a_time_stay_where_they_were_uploaded():
    media = [*photos(2, start=4), *photos(2, times=False), *photos(2, start=8)]
    assert Talk(media).say("go").order == ["p5", "p6", "p1", "p2", "p9", "p10"]
    assert "in the order in which" not in Talk(photos(3, times=False)).say("go").text


@pytest.mark.parametrize(
    ("sizes", "canvas"),
    [
        ([(3, 4), (3, 4), (4, 3)], (1080, 1920)),
        ([(4, 3), (3, 4)], (1920, 1080)),
        ([(1, 1), (1, 1), (4, 3)], (1080, 1080)),
    ],
)
def test_the_majority_decides_the_shape(sizes, canvas):
    media = [
        Media(id=f"p{index}", name="x.jpg", kind="photo", width=width * 100, height=height * 100)
        for index, (width, height) in enumerate(sizes)
    ]
    draft = Talk(media).say("go").draft
    assert (draft["m"]["width"], draft["m"]["height"]) == canvas


def test_an_asked_length_wins_within_what_can_be_watched():
    assert Talk(photos(3)).say("make a 30 second video").draft["d"] == 30_000
    talk = Talk(photos(3)).say("make a 5 minute video")
    assert talk.draft["d"] == 45_000
    assert "With 3 pictures the film can be 45 s" in talk.text
    talk = Talk(photos(10)).say("make a 6 second video")
    assert (talk.draft["d"], len(talk.order)) == (6000, 4)
    assert "4 of 10 pictures fit into 6 s at 1.5 s each" in talk.text
    assert Talk(photos(4)).say("2 seconds per photo").draft["d"] == 8000


def test_a_change_says_the_values_before_and_after():
    talk = Talk(photos(10)).say("go").say("make it 15 seconds, vertical, upbeat music and call it Lisbon")
    assert talk.text == (
        "I changed the length from 30 s to 15 s, changed the format from 16:9 to 9:16, changed the music from warm to "
        "upbeat and added the title “Lisbon”."
    )
    assert (talk.draft["d"], talk.draft["m"]["width"], talk.draft["m"]["title"]) == (15_000, 1080, "Lisbon")
    assert talk.track(1)[0]["m"]["mood"] == "upbeat"
    assert talk.track(7)[0]["s"] == 300
    talk.say("标题改成《里斯本》，横屏")
    assert talk.text == "我把画幅从9:16改为16:9，把标题从“Lisbon”改为“里斯本”。"


def test_what_is_so_already_is_not_claimed_as_a_change():
    talk = Talk(photos(3)).say("go").say("title “Lisbon”")
    before = talk.draft
    talk.say("title “Lisbon”")
    assert talk.draft == before
    assert "title" not in talk.text.split(".")[0]


def test_a_small_change_leaves_everything_else_as_it_was():
    talk = Talk(photos(8)).say("go")
    before = talk.track(0)
    talk.say("title 'Lisbon'").say("volume 40%")
    assert talk.track(0) == before
    assert talk.track(1)[0]["m"]["volume"] == 0.4


def test_pictures_are_dropped_kept_moved_and_swapped_by_number():
    talk = Talk(photos(6)).say("go")
    assert talk.say("drop 3 and the last photo").order == ["p1", "p2", "p4", "p5"]
    assert "IMG_3.jpg, IMG_6.jpg (4 in the film now)" in talk.text
    assert talk.say("start with photo 4").order == ["p5", "p1", "p2", "p4"]
    assert talk.say("swap 1 and 2").order == ["p1", "p5", "p2", "p4"]
    assert talk.say("move photo 2 to the end").order == ["p1", "p2", "p4", "p5"]
    assert talk.say("reverse the order").order == ["p5", "p4", "p2", "p1"]
    assert talk.say("keep only 1 and 2").order == ["p5", "p4"]
    assert talk.say("drop 7").order == ["p5", "p4"]
    assert talk.text == "There is no number 7: the film has 2 pictures."
    assert talk.say("drop 1 and 2").order == ["p5", "p4"]
    assert "would leave no picture" in talk.text
    assert talk.say("use all photos").order == ["p5", "p4", "p1", "p2", "p3", "p6"]
    assert talk.say("in chronological order").order == [f"p{number}" for number in range(1, 7)]


def test_photos_that_come_later_join_with_the_next_request_but_dropped_ones_stay_out():
    talk = Talk(photos(4)).say("go").say("drop 2")
    talk.media += photos(2, start=4)
    talk.say("make it 20 seconds")
    assert talk.order == ["p1", "p3", "p4", "p5", "p6"]
    assert "took in IMG_5.jpg, IMG_6.jpg" in talk.text
    talk.media += photos(1, start=6)
    assert "p7" not in talk.say("undo").order
    assert "p7" in talk.say("add the new ones").order


def test_undo_goes_back_version_by_version_and_redo_forward():
    talk = Talk(photos(4)).say("go")
    drafts = [talk.draft, talk.say("15 seconds").draft, talk.say("no music").draft]
    assert talk.say("undo").draft == drafts[1]
    assert talk.text == "I changed the music from none to warm."
    assert talk.say("撤销").draft == drafts[0]
    assert talk.say("undo").draft == drafts[0]
    assert talk.text == "There is nothing to undo."
    assert talk.say("redo").draft == drafts[1]
    assert talk.say("redo").draft == drafts[2]


def test_again_keeps_what_was_asked_and_makes_the_rest_anew():
    talk = Talk(photos(8)).say("20 seconds, title 'Lisbon'")
    before = talk.draft
    talk.say("again")
    assert talk.draft != before
    assert (talk.draft["d"], talk.words("title"), talk.order) == (20_000, ["Lisbon"], [f"p{n}" for n in range(1, 9)])
    assert talk.track(1)[0]["m"]["seed"] == 2
    assert "made a new version" in talk.text
    talk.say("start over")
    assert (talk.draft["d"], talk.words("title")) == (30_000, [])


def test_temper():
    talk = Talk(photos(8)).say("go").say("calmer")
    assert {segment["m"].get("transition") for segment in talk.track(0)} <= {None, "crossfade", "defocus", "dip"}
    assert talk.track(0)[1]["m"]["td"] >= 900
    assert talk.track(1)[0]["m"]["mood"] == "calm"
    talk.say("faster")
    assert talk.draft["d"] == 22_000
    assert talk.track(0)[1]["m"]["td"] <= 250


@pytest.mark.parametrize(
    ("said", "style"),
    [
        ("hard cuts", "cut"),
        ("slide transitions", "slide"),
        ("wipe transitions", "wipe"),
        ("zoom transitions", "zoom"),
        ("fade to black", "dip"),
        ("push transitions", "push"),
        ("iris transitions", "iris"),
        ("叠化", "crossfade"),
    ],
)
def test_each_of_eight_transitions(said, style):
    talk = Talk(photos(4)).say(said)
    assert [segment["m"]["transition"] for segment in talk.track(0)[1:]] == [style] * 3


def test_captions_and_credits():
    talk = Talk(photos(4)).say("go").say("caption photo 2 'Alfama' and end credits 'Ana & Bo'")
    [caption] = [segment for segment in talk.track(7) if segment["m"]["style"] == "caption"]
    start, end = talk.slots[0], sum(talk.slots[:2])
    assert start < caption["s"] < caption["s"] + caption["d"] < end
    [card] = [segment for segment in talk.track(7) if segment["m"]["style"] == "credits"]
    assert card["s"] + card["d"] == talk.draft["d"]
    assert talk.say("with the caption 'Summer'").words("caption") == ["Summer"]
    assert talk.say("remove the captions and no end credits").track(7) == []


def test_captions_from_file_names_where_these_are_words():
    media = [
        Media(id="a", name="Alfama_at_7_am.jpg", kind="photo"),
        Media(id="b", name="IMG_0412.JPG", kind="photo"),
        Media(id="c", name="里斯本-海边.png", kind="photo"),
    ]
    talk = Talk(media).say("make a video with captions")
    assert talk.words("caption") == ["Alfama at 7 am", "里斯本 海边"]
    assert "not all of these are words" in talk.text


def test_clips_are_shown_and_long_ones_give_several_moments():
    talk = Talk([*photos(2), clip(seconds=60)]).say("make a video")
    starts = [segment["m"]["in"] for segment in talk.track(0) if segment["m"]["kind"] == "video"]
    assert len(starts) > 3
    assert starts == sorted(starts)
    for segment in talk.track(0):
        if segment["m"]["kind"] == "video":
            assert 0 <= segment["m"]["in"] <= 60_000 - segment["d"]
    assert "moments from clips" in talk.text
    short = Talk([clip(seconds=2)]).say("make a video")
    assert short.draft["d"] == 2000


def test_an_uploaded_song_is_the_music_until_a_mood_is_asked_for():
    talk = Talk([*photos(3), SONG]).say("make a video")
    assert talk.track(1)[0]["m"] == {"title": "ours.mp3", "asset": "s1", "volume": 1.0}
    assert "to your track ours.mp3" in talk.text
    assert talk.say("calm music").track(1)[0]["m"]["mood"] == "calm"
    assert talk.say("use my song").track(1)[0]["m"]["asset"] == "s1"
    assert talk.say("no music").track(1) == []
    assert "send me an MP3" in Talk(photos(2)).say("use my song").text


def test_a_mood_that_is_not_there_is_replaced_by_its_nearest_and_that_is_said():
    talk = Talk(photos(3)).say("romantic music")
    mood = talk.track(1)[0]["m"]["mood"]
    assert mood == "romantic" or f"{mood} comes nearest" in talk.text


@pytest.mark.parametrize(
    ("message", "session", "start"),
    [
        ("title “里斯本”", "zh", "Your film"),
        ("call it 里斯本", "zh", "Your film"),
        ("标题“Lisbon”", "en", "影片"),
        ("帮我做个vlog", "en", "影片"),
        ("9:16", "zh-CN", "影片"),
        ("9:16", "fr", "Your film"),
    ],
)
def test_the_answer_is_in_the_language_of_the_words_outside_quotations(message, session, start):
    assert Talk(photos(2), session).say(message).text.startswith(start)


def test_characters_that_no_font_has_are_named():
    assert "do not have 𓂀" in Talk(photos(2)).say("title “Nile 𓂀”").text


def test_nothing_is_said_to_be_done_that_is_not():
    talk = Talk(photos(4)).say("go")
    before = talk.draft
    for message in ("remove the dog", "make it brighter", "add subtitles", "hello", "今天天气不错"):
        assert talk.say(message).draft == before
        assert not re.search(r"\bI (?:changed|added|removed|took|made)\b|^我(?:把|加上|去掉)", talk.text)


def test_an_answer_has_one_to_three_sentences():
    talk = Talk(photos(40))
    for message in ("make a video", "drop 3, title 'A', no music, 10 seconds", "undo", "calmer", "drop 99", "help"):
        talk.say(message)
        assert 1 <= len(re.findall(r"[.。?](?:\s|$)", talk.text)) <= 3, talk.text


def test_without_media_the_wishes_are_kept():
    talk = Talk([]).say("a 20 second vertical film called 'Lisbon'")
    assert talk.draft is None
    talk.media = photos(5)
    talk.say("go")
    assert (talk.draft["d"], talk.draft["m"]["height"], talk.words("title")) == (20_000, 1920, ["Lisbon"])


def test_cuts_lie_on_the_beats_of_the_users_own_track():
    grid = Grid(beats=tuple(range(700, 90_000, 540)), downbeat=2, start=650, end=89_900)
    song = Media(id="s1", name="ours.mp3", kind="audio", duration_ms=90_000, grid=grid)
    talk = Talk([*photos(10), song]).say("make a video")
    assert "to your track ours.mp3 with the cuts on its beat" in talk.text
    music = talk.track(1)[0]["m"]
    fitted = fit(grid, 30_000)
    assert music["pieces"] == [list(piece) for piece in fitted.pieces]
    cuts = [sum(talk.slots[:number]) for number in range(1, 10)]
    assert set(cuts) <= set(fitted.beats)
    assert parse(talk.draft).sound.pieces == fitted.pieces
    without = Media(
        id="s1", name="waves.mp3", kind="audio", duration_ms=90_000, grid=Grid(beats=(), downbeat=0, start=0, end=9)
    )
    talk = Talk([*photos(10), without]).say("make a video")
    assert "to your track waves.mp3, " in talk.text
    assert "pieces" not in talk.track(1)[0]["m"]
    assert len(set(talk.slots)) == 1


def test_other_music_is_another_mood_and_another_tune_where_a_mood_is_named():
    talk = Talk(photos(3)).say("make a video")
    heard = []
    for _ in range(len(MOODS)):
        talk.say("other music")
        heard.append(talk.track(1)[0]["m"]["mood"])
    assert set(heard) == set(MOODS)
    talk.say("换一首欢快的音乐")
    first = talk.track(1)[0]["m"]
    talk.say("another upbeat track")
    second = talk.track(1)[0]["m"]
    assert (first["mood"], second["mood"]) == ("upbeat", "upbeat")
    assert first["seed"] != second["seed"]
    assert "another piece of the same kind" in talk.text
    order = talk.order
    talk.say("upbeat music")
    assert talk.track(1)[0]["m"] == second, "it is upbeat already"
    assert talk.order == order


def test_the_sound_of_clips():
    talk = Talk([clip(), *photos(3)]).say("make a video")
    assert "sound" not in talk.track(0)[-1]["m"], "the renderer listens and decides"
    for message, sound in (
        ("keep the original sound", "keep"),
        ("说话时音乐小一点", "duck"),
        ("mute the clips", "drop"),
    ):
        talk.say(message)
        assert {segment["m"].get("sound") for segment in talk.track(0) if segment["m"]["kind"] == "video"} == {sound}
    assert talk.text == "I changed the clips' own sound from “heard, with the music lower beneath it” to “off”."
    assert "There is no clip in the film" in Talk(photos(3)).say("go").say("keep the sound of the clips").text
