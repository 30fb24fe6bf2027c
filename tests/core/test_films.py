"""Which film of a batch words are about."""

import pytest

from bot.core.films import Film, aim, is_pinned, pinned, unpinned

NAMES = ["beach.jpg", "dunes (2).jpg", "IMG_0007.HEIC", "party.mp4"]


def films(latest=(0, 0, 0, 0)):
    places = enumerate(zip(NAMES, latest, strict=True), 1)
    return [Film(number=number, name=name, project=-7000 - number, latest=last) for number, (name, last) in places]


def number(text, latest=(0, 0, 0, 0)):
    film = aim(text, films(latest)).film
    return film and film.number


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        ((0, 0, 0, 0), 4),  # none has come yet
        ((1, 2, 3, 0), 3),  # the fourth failed
        ((1, 2, 3, 4), 4),
        ((1, 9, 3, 4), 2),  # spoken of since
        ((5, 0, 0, 0), 1),
    ],
)
@pytest.mark.parametrize("text", ["make it shorter", "", "加点音乐", "export"])
def test_plain_words_are_for_the_film_that_came_or_was_spoken_of_last(text, latest, expected):
    assert number(text, latest) == expected
    assert aim(text, films(latest)).text == text


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        ("film 2: make it shorter", 2, "film: make it shorter"),
        ("make the second one shorter", 2, "make it shorter"),
        ("add music to the first film", 1, "add music to the film"),
        ("Add music to the Third Video please", 3, "Add music to the Video please"),
        ("export the 3rd reel", 3, "export the reel"),
        ("the last one is too dark", 4, "it is too dark"),
        ("number 2 needs a title", 2, "it needs a title"),
        ("#3: slower", 3, "it: slower"),
        ("video #2 in black and white", 2, "video in black and white"),
        ("crop the 2nd photo", 2, "crop the photo"),
        ("第二个视频加音乐", 2, "这个视频加音乐"),
        ("把第三个导出", 3, None),
        ("第1条短一点", 1, None),
        ("第二個影片加字幕", 2, "这个视频加字幕"),
        ("最后一个太暗了", 4, "这个视频太暗了"),
        ("视频3：慢一点", 3, "这个视频：慢一点"),
        ("Film 2: kürzer", 2, "Film: kürzer"),
        ("vídeo 2: más corto", 2, "vídeo: más corto"),
        ("фильм 1: короче", 1, "фильм: короче"),
        ("動画2：もっと短く", 2, None),
        ("2本目をもっと短く", 2, "この動画をもっと短く"),
        ("make img_0007.heic brighter", 3, "make img_0007.heic brighter"),
        ("make beach.jpg brighter", 1, "make beach.jpg brighter"),
    ],
)
def test_words_that_name_a_film_are_for_it(text, expected, left):
    meant = aim(text, films((1, 2, 3, 9)))
    assert meant.film is not None
    assert meant.film.number == expected
    assert left is None or meant.text == left


@pytest.mark.parametrize(
    "text",
    [
        "make the film 20 seconds long",
        "make the video 2x faster",
        "video 9:16 please",
        "cut the first second",
        "the first 3 seconds are boring",
        "the first one of the transitions is odd",
        'add a title "The second film"',
        "加标题“第一部影片”",
        "第二秒剪掉",
        "第一个镜头太长",
        "視頻 20 秒",
        "add #1 dad as a sticker",
        "film 2023 style",
        "make it one film",
        "play at 2nd street",
        "",
    ],
)
def test_numbers_of_other_things_name_no_film(text):
    meant = aim(text, films((1, 2, 9, 4)))
    assert meant.film is not None
    assert (meant.film.number, meant.text) == (3, text)


@pytest.mark.parametrize(
    "text",
    [
        "make the fifth one shorter",
        "film 0: shorter",
        "film 12: shorter",
        "第九个视频短一点",
        "film 1 and film 3 need music",
        "make all of them shorter",
        "all films in black and white",
        "every video needs a title",
        "one of them is too dark",
        "the other one was better",
        "film 2 and all the other videos",
        "所有视频都加上音乐",
        "其中一个太长",
        "另一个更好",
        "beach.jpg and party.mp4 are too long",
    ],
)
def test_words_about_several_or_none_are_asked_back(text):
    assert aim(text, films((1, 2, 3, 4))).film is None
    assert aim(text, films()).text == text


@pytest.mark.parametrize("said", ["make it shorter", "", "第二个视频: x", "two\nlines: (a): b"])
def test_a_button_stays_about_its_film(said):
    for film in films((9, 1, 2, 3)):
        text = pinned(film, said)
        assert is_pinned(text)
        assert unpinned(text) == said
        assert [number(text, (1, 2, 3, 4)), number(text, (4, 3, 2, 1))] == [film.number, film.number]
        assert aim(text, films()).film == Film(number=film.number, name=film.name, project=film.project)
        assert aim(text, films()).text == said


def test_a_button_of_an_older_batch_is_asked_back():
    old = Film(number=2, name="another.jpg", project=-1)
    assert aim(pinned(old, "shorter"), films()).film is None


@pytest.mark.parametrize("text", ["shorter", "#2: shorter", "film 2 (x): shorter", ""])
def test_other_words_are_no_button(text):
    assert not is_pinned(text)
    assert unpinned(text) == text


def test_a_name_on_two_lines_is_still_known():
    film = Film(number=1, name="a \n b", project=-1)
    assert aim(pinned(film, "x"), [film]).film == film
