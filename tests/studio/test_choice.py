"""Which photos the agent leaves out, what it says about them, and how what it keeps meets the canvas."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.studio.agent import Media
from bot.studio.agent.dates import written
from bot.studio.agent.grading import grades
from bot.studio.agent.places import caption_place, focus_of, keeping, title_place
from bot.studio.agent.when import capture_times, clock
from bot.studio.analyse.measures import Measures
from bot.studio.film import crop
from bot.studio.film.model import parse
from tests.studio.test_agent import Talk

GOOD = Measures(
    hash="0" * 16,
    structure=40.0,
    colours="80" * 48,
    sharpness=0.75,
    light=0.5,
    contrast=0.2,
    brightest=0.95,
    tint=(0.0, 0.0),
    screen=0.0,
    palette=("#808080",),
    box=(0, 0, 1000, 1000),
    heat="1" * 64,
    taken_by="shutter",
    zone=120,
)
MAY = datetime(2024, 5, 4, 8, tzinfo=UTC).timestamp()


def photo(number, *, name=None, minutes=None, **measured):
    """A photo like no other, unless its hash is given."""
    bits = f"{(0x9E3779B97F4A7C15 * (number + 1)) % 2**63:016x}"
    return Media(
        id=f"p{number}",
        name=name or f"IMG_{number}.jpg",
        kind="photo",
        width=4000,
        height=3000,
        taken_at=MAY + 60 * (number if minutes is None else minutes),
        measures=replace(GOOD, **{"hash": bits} | measured),
    )


def album(count, *others):
    return [photo(number) for number in range(1, count + 1)] + list(others)


def spoilt():
    """Thirty photos, six of which are better left out."""
    good = album(24)
    same = {"hash": good[3].measures.hash}
    return [
        *good,
        photo(30, **same, sharpness=0.6),
        photo(31, **same, sharpness=0.5),
        photo(32, hash=good[7].measures.hash, sharpness=0.6),
        photo(33, sharpness=0.2),
        photo(34, sharpness=0.1),
        photo(35, brightest=0.03, light=0.01),
    ]


def test_duplicates_blurred_and_black_photos_are_left_out_and_that_is_told():
    talk = Talk(spoilt()).say("make a one minute video")
    assert talk.order == [f"p{number}" for number in range(1, 25)]
    assert "I used 24 of 30 photos: 3 near duplicates, 2 blurred, 1 black." in talk.text
    reasons = {row["asset"]: row["reason"] for row in talk.draft["m"]["left_out"]}
    assert reasons == dict.fromkeys(("p30", "p31", "p32"), "duplicate") | {
        "p33": "blurred",
        "p34": "blurred",
        "p35": "black",
    }
    assert next(row for row in talk.draft["m"]["left_out"] if row["asset"] == "p32")["instead"] == "p8"
    parse(talk.draft)


def test_the_sharpest_of_duplicates_is_kept():
    twin = photo(9, hash=photo(2).measures.hash, sharpness=0.9)
    talk = Talk(album(4, twin)).say("go")
    assert talk.order == ["p1", "p3", "p4", "p9"]
    assert talk.draft["m"]["left_out"] == [{"asset": "p2", "reason": "duplicate", "instead": "p9"}]


def test_what_was_left_out_can_be_asked_for_and_got_back():
    talk = Talk(spoilt()).say("make a one minute video")
    draft = talk.draft
    for question in ("which ones did you leave out?", "哪些照片没用上？"):
        talk.say(question)
        assert talk.draft == draft
        for name in ("IMG_30.jpg", "IMG_33.jpg", "IMG_35.jpg"):
            assert name in talk.text
        assert "IMG_5.jpg" not in talk.text
    assert "几乎重复" in talk.text
    assert "like IMG_8.jpg" in talk.say("why didn't you use IMG_32.jpg?").text
    assert "IMG_33" not in talk.text
    assert "IMG_5.jpg is in the film, as number 5" in talk.say("why is IMG_5.jpg missing?").text
    talk.say("use the blurred ones too")
    assert {"p33", "p34"} <= set(talk.order)
    assert "p35" not in talk.order
    talk.say("全部都用")
    assert len(talk.order) == 30
    assert "left_out" not in talk.draft["m"]
    talk.media.append(photo(50, sharpness=0.1))
    assert "p50" in talk.say("add the new ones").order, "who wants everything wants what comes later too"
    assert "去掉了" in talk.say("去掉模糊的照片").text
    assert not {"p33", "p34", "p50"} & set(talk.order)
    assert "p35" in talk.order
    assert "all 3 pictures are in the film" in Talk(album(3)).say("go").say("what did you leave out?").text


@pytest.mark.parametrize("words", ["make a video, use all photos", "全部都用，做个视频", "use all of them"])
def test_nothing_is_left_out_when_everything_is_wanted(words):
    assert len(Talk(spoilt()).say(words).order) == 30


def test_never_more_than_half_and_never_of_two():
    all_dark = [photo(number, brightest=0.02, light=0.01) for number in range(9)]
    assert len(Talk(all_dark).say("go").order) == 5
    assert len(Talk([photo(1), photo(2, hash=photo(1).measures.hash)]).say("go").order) == 2
    same = [photo(number, hash="0" * 16) for number in range(10)]
    assert len(Talk(same).say("go").order) == 5


def test_what_most_photos_have_is_meant():
    soft = [photo(number, sharpness=0.3) for number in range(6)]
    assert len(Talk(soft).say("go").order) == 6
    screens = [photo(number, screen=0.9) for number in range(4)]
    assert len(Talk([*screens, photo(9)]).say("go").order) == 5
    assert len(Talk([*screens[:1], *album(4)[1:]]).say("go").order) == 3
    named = photo(7, name="Screenshot_2024-05-04.png", screen=0.4)
    assert "p7" not in Talk(album(4, named)).say("go").order


def test_a_burst_is_judged_more_strictly_than_a_place_visited_twice():
    near = f"{int(photo(2).measures.hash, 16) ^ 0b111111111111:016x}"
    assert len(Talk(album(4, photo(9, hash=near, minutes=2.2))).say("go").order) == 4
    assert len(Talk(album(4, photo(9, hash=near, minutes=300))).say("go").order) == 5


def test_what_is_in_the_film_stays_when_its_twin_comes_later():
    talk = Talk(album(4)).say("go")
    talk.media.append(photo(9, hash=photo(2).measures.hash, sharpness=0.99))
    talk.say("15 seconds")
    assert talk.order == ["p1", "p2", "p3", "p4"]
    assert "I used 4 of 5 photos: 1 near duplicate." in talk.text
    assert "left_out" not in talk.say("undo").draft["m"]


def test_variety_when_not_everything_fits():
    """Of forty photos, three of four of one thing, those are taken that show something else, and the sharper ones."""
    media = [
        photo(number, colours=("808080" if number % 4 else f"{number * 5:02x}9050") * 16, sharpness=0.6)
        for number in range(1, 41)
    ]
    talk = Talk(media).say("use only 10 photos")
    assert len(talk.order) == 10
    assert sum(int(key[1:]) % 4 == 0 for key in talk.order) >= 5
    assert talk.order == sorted(talk.order, key=lambda key: int(key[1:]))


def test_order_by_clocks_of_several_kinds():
    """Two cameras, one of which writes no zone; a name with a time; a picture without any."""
    local = MAY + 2 * 3600
    media = {
        one.id: one
        for one in (
            replace(photo(1), taken_at=MAY + 60),
            replace(photo(2), taken_at=local + 30, measures=replace(GOOD, zone=None)),
            Media(id="p3", name="IMG_20240504_100030.jpg", kind="photo"),
            Media(id="p4", name="whatever.jpg", kind="photo"),
            replace(photo(5), taken_at=MAY + 20),
        )
    }
    times = capture_times(media)
    assert sorted(times, key=lambda key: times[key]) == ["p5", "p2", "p3", "p4", "p1"]
    assert [told.trust if (told := clock(one)) else 0 for one in media.values()] == [0.98, 0.9, 0.6, 0, 0.98]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_20240504_183015.jpg", "2024-05-04T18:30:15+00:00"),
        ("PXL_20240504_183015123.jpg", "2024-05-04T18:30:15+00:00"),
        ("WhatsApp Image 2024-05-04 at 18.30.15.jpeg", "2024-05-04T18:30:15+00:00"),
        ("Screenshot_2024-05-04-18-30-15-99.png", "2024-05-04T18:30:15+00:00"),
        ("IMG-20240504-WA0003.jpg", "2024-05-04T12:00:00+00:00"),
        ("20240231_101010.jpg", None),
        ("IMG_4127.jpg", None),
        ("1714838400000.jpg", None),
        ("photo 20240504123456789012.jpg", None),
    ],
)
def test_times_in_names(name, expected):
    told = clock(Media(id="x", name=name, kind="photo"))
    assert (datetime.fromtimestamp(told.at, UTC).isoformat() if told else None) == expected


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        ((2024, 5, 4), (2024, 5, 4), "4 May 2024", "2024年5月4日"),
        ((2024, 5, 4), (2024, 5, 6), "4–6 May 2024", "2024年5月4日至6日"),
        ((2024, 4, 30), (2024, 5, 2), "30 April – 2 May 2024", "2024年4月30日至5月2日"),
        ((2023, 12, 31), (2024, 1, 1), "31 December 2023 – 1 January 2024", "2023年12月31日至2024年1月1日"),
    ],
)
def test_days_in_words(first, last, english, chinese):
    days = date(*first), date(*last)
    assert (written(*days, "en"), written(*days, "zh")) == (english, chinese)


def test_a_title_without_words_is_the_place_and_the_days():
    media = album(3)
    assert Talk(media).say("make a video and add a title").words("title") == ["4 May 2024"]
    assert Talk(media).say("做个视频，加上日期").words("title") == ["2024年5月4日"]
    talk = Talk(media).say("make a video, title “Lisbon” with the date")
    [title] = [segment["m"] for segment in talk.track(7)]
    assert (title["title"], title["under"]) == ("Lisbon", "4 May 2024")
    assert talk.say("no dates").track(7)[0]["m"] == {"title": "Lisbon", "style": "title"}
    placed = [replace(one, measures=replace(one.measures, place="Sintra")) for one in media]
    [title] = [segment["m"] for segment in Talk(placed).say("a film with a date title").track(7)]
    assert (title["title"], title["under"]) == ("Sintra", "4 May 2024")
    nobody_knows = [replace(one, taken_at=None) for one in media]
    assert "What should the title say" in Talk(nobody_knows).say("add a title").text
    assert "None of the pictures says when" in Talk(nobody_knows).say("with the date").text
    talk = Talk(media).say("add a title").say("add a title")
    assert "What should the title say" in talk.text, "there are dates already"


def test_the_day_is_that_of_the_camera_s_zone_and_stands_under_each_picture():
    late = MAY + 15 * 3600  # one in the morning, two hours east of Greenwich
    media = [*album(2), replace(photo(9), taken_at=late)]
    talk = Talk(media).say("go").say("caption each photo with its date")
    assert talk.words("caption") == ["4 May 2024", "5 May 2024"]
    talk.say("caption photo 1 “Alfama”")
    first = talk.track(7)[0]["m"]
    assert (first["title"], first["under"]) == ("Alfama", "4 May 2024")
    parse(talk.draft)


def test_a_caption_waits_for_the_title_where_there_is_time():
    talk = Talk(album(5)).say("make a 30 second video with a title and captions with dates")
    title, caption = (segment for segment in talk.track(7))
    assert caption["s"] == title["s"] + title["d"]
    short = Talk(album(5)).say("a 10 second film, title 'Lisbon', caption photo 1 'Alfama'").track(7)
    assert short[1]["s"] < short[0]["s"] + short[0]["d"]


def test_crops_keep_what_the_eye_goes_to():
    size, canvas = (4000, 3000), (1920, 1080)
    for top in range(0, 900, 100):
        focus = (300, top, 600, top + 100)
        assert crop.choose(size, canvas, focus).crop
        assert crop.lost(focus, size, crop.crop_rect(size, canvas, focus)) == 0
    low = crop.crop_rect(size, canvas, (400, 850, 600, 990))
    assert low[1] > crop.crop_rect(size, canvas)[1]
    assert not crop.choose(size, canvas, (400, 10, 600, 990)).crop, "rather shown whole than beheaded"
    assert not crop.choose((3000, 3000), canvas).crop
    assert crop.choose((3000, 3000), canvas, (300, 300, 600, 600)).crop
    assert not crop.choose((3000, 4000), canvas, (300, 300, 600, 500)).crop, "too little of it would be seen"


def test_motion_does_not_lead_away_from_it():
    names = ("in", "out", "in-left", "in-right", "pan-left", "pan-right", "pan-up", "pan-down")
    corner = replace(photo(1), measures=replace(GOOD, box=(10, 300, 120, 600)))
    assert set(keeping(names, corner, 180, (1920, 1080))) == {"in-left"}
    middle = replace(photo(1), measures=replace(GOOD, box=(400, 350, 600, 600)))
    assert set(keeping(names, middle, 120, (1920, 1080))) == set(names)
    assert keeping(names, photo(1), 120, (1920, 1080)) == list(names)
    assert focus_of(photo(1)) is None


def heat(*cells):
    return "".join("f" if divmod(index, 8) in cells else "0" for index in range(64))


@pytest.mark.parametrize(
    ("rows", "place"), [((3, 4), "upper"), ((2, 3, 4), "lower"), ((0, 7), "usual"), (range(8), "usual")]
)
def test_a_title_goes_where_it_covers_nothing(rows, place):
    busy = replace(photo(1), measures=replace(GOOD, heat=heat(*((row, column) for row in rows for column in (3, 4)))))
    calm = replace(photo(2), measures=replace(GOOD, heat=heat((0, 0))))
    assert title_place([(busy, 3000), (calm, 500)], (1920, 1080)) == place
    assert title_place([(busy, 300), (calm, 3200)], (1920, 1080)) == "usual"


def test_a_caption_goes_to_the_side_that_is_free():
    left = replace(photo(1), measures=replace(GOOD, heat=heat((6, 1), (6, 2), (5, 1))))
    right = replace(photo(1), measures=replace(GOOD, heat=heat((6, 6), (6, 5))))
    assert (caption_place(left, (1920, 1080)), caption_place(right, (1920, 1080))) == ("right", "usual")
    talk = Talk([left, photo(2)]).say("caption photo 1 “Alfama”")
    assert talk.track(7)[0]["m"]["place"] == "right"


def test_neighbours_are_brought_together_a_little_and_sunsets_are_left_alone():
    def lit(number, light, tint=(0.0, 0.0)):
        return replace(photo(number), measures=replace(GOOD, light=light, tint=tint))

    found = grades([lit(1, 0.50), lit(2, 0.44, (-4.0, 3.0)), lit(3, 0.52)])
    assert found[1][0] > 0 > found[0][0]
    assert found[1][1] > 0 > found[1][2]
    assert grades([lit(1, 0.5), lit(2, 0.06), lit(3, 0.5)])[1] == (0, 0, 0), "night stays night"
    assert grades([lit(1, 0.5)]) == [(0, 0, 0)]
    for step in range(0, 100, 5):
        pair = grades([lit(1, 0.5), lit(2, step / 100, (step / 2 - 20, 20 - step / 2))])
        assert all(abs(value) <= most for grade in pair for value, most in zip(grade, (12, 4, 4), strict=True))
    assert grades([Media(id="c", name="c.mp4", kind="video"), lit(1, 0.5)]) == [(0, 0, 0)] * 2


def test_a_project_from_before_there_were_measures_is_read():
    talk = Talk(album(3)).say("go")
    for recipe in (talk.project["present"], *talk.project["past"]):
        for key in ("left", "everything", "dated", "caption_dates"):
            del recipe[key]
    assert talk.say("15 seconds").order == ["p1", "p2", "p3"]
