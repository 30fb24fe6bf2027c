"""Several films from one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.batch import asks_for_each
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer
from tests.servers.nemo_script import answer


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("make a highlight of each of these separately", True),
        ("one video per photo please", True),
        ("turn every clip into its own reel", True),
        ("separate videos, please", True),
        ("把这些照片分别做成视频", True),
        ("每张单独做一个", True),
        ("turn these photos into a highlight reel", False),
        ("give each photo three seconds", False),
        ("每张照片三秒", False),
        ("keep the intro and the outro apart", False),
    ],
)
def test_each_separately(text: str, each: bool) -> None:
    assert asks_for_each(text) is each


async def test_each_file_becomes_a_film_of_its_own(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("make a reel of each of these separately", *photos)
        await chat.until(lambda: len(chat.films) == 3 and not chat.open_lines)
        await chat.send("status")
        await chat.until(lambda: any("Timeline (" in text for text in chat.texts))
    assert [len(nemo.asked(call)) for call in ("open", "upload", "run", "render")] == [3, 3, 3, 3]
    assert "3 films" in chat.texts[0]
    assert any(line.startswith("2 of 3 (photo2.jpg) · 🎬") for line in chat.lines)


async def test_one_failure_names_its_file_and_the_rest_goes_on(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    failed = answer({"status": "failed"})
    nemo.on("poll", failed, failed)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("make a reel of each of these separately", *photos)
        await chat.until(lambda: len(chat.films) == 2 and not chat.open_lines)
        await chat.send("", command="retry")
        await chat.until(lambda: len(chat.films) == 3 and not chat.open_lines)
        assert _sessions(nemo, "run")[3:] == _sessions(nemo, "run")[:1]
        assert any(line.startswith("1 of 3 (photo1.jpg) · 🎬") for line in chat.lines[-20:])
        await chat.send("", command="retry")
        await chat.until(lambda: any("try again" in text for text in chat.texts[-1:]))
    assert any(text.startswith("1 of 3 (photo1.jpg): The render failed") for text in chat.texts)


async def test_captions_that_are_different_orders_make_a_batch(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat, album_quiet=0.4):
        await chat.send("make it black and white", photos[0], group_id="g")
        await chat.send("", photos[1], group_id="g")
        await chat.send("add a title saying Porto", photos[2], group_id="g")
        await chat.until(lambda: len(chat.films) == 2 and not chat.open_lines)
    prompts = [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]
    assert prompts == ["make it black and white", "add a title saying Porto"]


async def test_one_caption_is_the_order_for_the_whole_album(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat, album_quiet=0.4):
        await chat.send("", photos[0], group_id="g")
        await chat.send("make a calm reel of these", photos[1], group_id="g")
        await chat.send("", photos[2], group_id="g")
        await chat.until(lambda: chat.films and not chat.open_lines)
    assert [len(nemo.asked(call)) for call in ("upload", "run")] == [3, 1]


async def test_captions_that_are_no_orders_go_along_with_their_places(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat, album_quiet=0.4):
        await chat.send("make a calm reel of these", photos[0], group_id="g")
        await chat.send("", photos[1], group_id="g")
        await chat.send("grandma\ndances", photos[2], group_id="g")
        await chat.until(lambda: chat.films and not chat.open_lines)
    (prompt,) = [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]
    assert prompt == "make a calm reel of these\n(file 1: make a calm reel of these; file 3: grandma dances)"


async def test_a_batch_survives_a_restart(nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("make a reel of each of these separately", *photos)
        await chat.until(lambda: chat.films)
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.until(lambda: len(chat.films) == 3)
    assert len({film.path for film in chat.films}) == 3
    assert len(nemo.asked("run")) == 3


async def test_what_follows_a_failure_in_one_message_is_left_and_said_once(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    failed = answer({"status": "failed"})
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("turn these photos into a highlight reel", *photos)
        await chat.until(lambda: chat.films and not chat.open_lines)
        nemo.on("poll", failed, failed)
        await chat.send("export it, then make it shorter, export it again, and then show me my credits")
        await chat.until(lambda: any("60 available" in text for text in chat.texts))
        await chat.send("make it shorter, then export it")
        await chat.until(lambda: len(chat.films) == 2)
    assert sum("left out the rest of your message" in text for text in chat.texts) == 1
    assert [len(nemo.asked(call)) for call in ("run", "render")] == [2, 4]  # two tries of the one that failed


async def test_an_order_behind_a_batch_does_not_cost_a_film(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("make a reel of each of these separately, then show me my credits", *photos)
        await chat.until(lambda: any("60 available" in text for text in chat.texts))
        assert len(chat.films) == 3  # the credits came after


def _sessions(nemo: NemoServer, call: str) -> list[str]:
    return [seen.json["session_id"] for seen in nemo.asked(call)]


async def test_words_after_a_batch_are_for_one_of_its_films(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("make a reel of each of these separately", *photos)
        await chat.until(lambda: len(chat.films) == 3 and not chat.open_lines)
        first, second, third = _sessions(nemo, "run")
        await chat.send("calmer, please")
        await chat.until(lambda: chat.buttons)
        export = chat.buttons[0]
        await chat.send("make the first one longer")
        await chat.until(lambda: len(nemo.asked("run")) == 5 and not chat.open_lines)
        await chat.press(export)  # below the words about the third film, though the first was spoken of since
        await chat.until(lambda: len(chat.films) == 4 and not chat.open_lines)
        await chat.send("make all of them warmer")
        await chat.until(lambda: any("Which film do you mean?" in text for text in chat.texts))
        await chat.press(next(button for button in chat.buttons if button.label == "2. photo2.jpg"))
        await chat.until(lambda: len(nemo.asked("run")) == 6 and not chat.open_lines)
        await chat.send("make both of them warmer")
        await chat.until(lambda: sum("Which film do you mean?" in text for text in chat.texts) == 2)
        await chat.send("the third")
        await chat.until(lambda: len(nemo.asked("run")) == 7 and not chat.open_lines)
    assert _sessions(nemo, "run") == [first, second, third, third, first, second, third]
    assert len({first, second, third}) == 3
    prompts = [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")[3:]]
    assert prompts == ["calmer, please", "make it longer", "make all of them warmer", "make both of them warmer"]
    assert any(line.startswith("1 of 3 (photo1.jpg)") for line in chat.lines[-30:])


async def test_a_new_file_or_a_new_beginning_ends_the_batch(
    nemo: NemoServer, chat: Chat, photos: list[Path], tmp_path: Path
) -> None:
    async with bot_on(nemo.url, tmp_path / "bot", chat):
        await chat.send("make a reel of each of these separately", *photos[:2])
        await chat.until(lambda: len(chat.films) == 2 and not chat.open_lines)
        await chat.send("calmer, please")
        await chat.until(lambda: chat.buttons)
        await chat.send("make a calm reel", photos[2])
        await chat.until(lambda: len(chat.films) == 3 and not chat.open_lines)
        assert len(set(_sessions(nemo, "run"))) == 3
        await chat.send("start over")
        await chat.until(lambda: any("A fresh start" in text for text in chat.texts))
        await chat.send("make it shorter")
        await chat.until(lambda: any("I need photos" in text for text in chat.texts))
        await chat.press(chat.buttons[0])
        await chat.until(lambda: any("no longer at hand" in text for text in chat.texts))
    assert len(nemo.asked("render")) == 3
