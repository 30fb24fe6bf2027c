"""Nobody is rung by a text: not by a name in it, wherever it stands and whoever wrote it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from adapters.telegram.ids import chat_ref
from adapters.telegram.quiet import JOINER, quiet
from adapters.text import split
from bot.engine.ports import Video
from tests.platforms.telegram.test_faults import KEY, Marks, platform_on, until, video
from tests.servers.telegram import TelegramServer
from tests.servers.telegram_updates import BOT

__all__ = ["video"]

GROUP = chat_ref(-1001)
RINGS = re.compile(r"(?<!\w)@\w{3,}")
"""As Telegram's server looks for mentions outside of addresses."""


@pytest.mark.parametrize(
    "text",
    ["@ana", "thanks to @ana_b!", "(@ana)", "@Ana @bo @everyone", "`@ana`", "看@ana", "a/@ana", "x://@ana",
     "@_ana", "file @ana.jpg", "\n@ana\n", "https://@ana", "https://a.b/)@ana", "@@ana"],
)  # fmt: skip
def test_names_are_marked_and_stay_readable(text: str) -> None:
    made = quiet(text)
    assert not RINGS.search(made)
    assert made.replace(JOINER, "") == text
    assert quiet(made) == made


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.com",
        "at 5 @ home",
        "@",
        "https://a.example/@ana/film.mp4?to=@bo",
        "http://127.0.0.1:8080/f/@x",
        "a@b",
    ],
)
def test_what_is_no_name_stays_as_it_is(text: str) -> None:
    assert quiet(text) == text


def test_the_bots_own_name_may_be_tapped() -> None:
    assert quiet("@My_bot and @ana", but="my_Bot") == f"@My_bot and @{JOINER}ana"


def test_a_marked_name_is_not_cut_in_two() -> None:
    assert split(quiet("?" * 9 + "@ana"), 10) == ["?" * 9, f"@{JOINER}ana"]


async def test_no_name_rings_in_words_lines_and_captions(telegram: TelegramServer, video: Video) -> None:
    async with platform_on(telegram) as platform:
        await platform.outbox.say(GROUP, f"Ask @ana, or @{BOT['username']}", key=KEY)
        await platform.outbox.status(GROUP, "1/2 @ana.jpg", key=KEY)
        await until(lambda: len(telegram.texts(-1001)) == 2)
        await platform.outbox.status(GROUP, "2/2 @bo.jpg", key=KEY, done=True)
        await until(lambda: "2/2" in telegram.texts(-1001)[1])
        film = replace(video, caption="For @everyone")
        await platform.outbox.video(GROUP, film, key=KEY, body_sent=Marks().body_sent)
    assert [RINGS.findall(text) for text in telegram.texts(-1001)] == [[f"@{BOT['username']}"], [], []]
    assert [text.replace(JOINER, "") for text in telegram.texts(-1001)][1:] == ["2/2 @bo.jpg", "For @everyone"]
