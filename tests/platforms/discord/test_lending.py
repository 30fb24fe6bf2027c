"""Links instead of bytes: only where the operator allows it, and only as long as the service takes them."""

from __future__ import annotations

import logging

import pytest

from tests.platforms.discord.test_requests import pictures
from tests.servers.nemo_script import answer

ALLOWED = {"lend_links": True}


def links(nemo):
    """The addresses that the service was asked to fetch."""
    asked = [seen for seen in nemo.asked("upload") if seen.headers["Content-Type"] == "application/json"]
    return [seen.json["urls"] for seen in asked]


async def test_without_leave_the_bytes_are_sent(start, discord, nemo, photo):
    async with start():
        await discord.write(discord.dm(), "make a highlight reel", pictures(discord, photo))
        await discord.until(discord.films)
    assert links(nemo) == []


async def test_the_service_fetches_by_fresh_links_and_no_log_tells_them(start, discord, nemo, photo, caplog):
    caplog.set_level(logging.INFO)
    for ours in ("bot", "adapters"):
        caplog.set_level(logging.DEBUG, logger=ours)
    async with start(options=ALLOWED):
        await discord.write(discord.dm(), "make a highlight reel", pictures(discord, photo, 2, expired=True))
        await discord.until(discord.films)
    assert [len(urls) for urls in links(nemo)] == [1, 1]
    assert all(urls[0].startswith(f"{discord.url}/attachments/") and "ex=" in urls[0] for urls in links(nemo))
    assert len(nemo.asked("upload")) == 2, "and no bytes besides"
    assert "hm=" not in caplog.text


@pytest.mark.parametrize("code", [4001, 4002, 1234])
async def test_what_the_service_does_not_fetch_is_sent(start, discord, nemo, photo, code):
    nemo.on("upload", answer({"code": code, "message": "cannot fetch"}))
    async with start(options=ALLOWED):
        await discord.write(discord.dm(), "make a highlight reel", pictures(discord, photo))
        await discord.until(discord.films)
    assert len(links(nemo)) == 1
    assert len(nemo.asked("upload")) == 2


@pytest.mark.parametrize("odd", [{"code": 0, "data": {}}, {"code": 0, "data": {"files": []}}, {"code": 5999}, []])
async def test_an_odd_answer_to_what_was_fetched_makes_no_second_clip(start, discord, nemo, photo, odd):
    async def taken(request):
        nemo._upload(request, nemo.asked("upload")[-1])
        for held in nemo._sessions.values():
            held["video_infos"][-1]["filename"] = "photo0.jpg"
        return await answer(odd)(request)

    nemo.on("upload", taken)
    async with start(options=ALLOWED):
        await discord.write(discord.dm(), "make a highlight reel", pictures(discord, photo))
        await discord.until(discord.films)
    assert len(nemo.asked("upload")) == len(links(nemo)) == 1


async def test_what_has_to_be_converted_is_never_lent(start, discord, nemo, photo):
    async with start(options=ALLOWED):
        files = [discord.put_file("IMG_1.bmp", photo, "image/bmp")]
        await discord.write(discord.dm(), "make a highlight reel", files)
        await discord.until(discord.films)
    assert links(nemo) == []
    assert len(nemo.asked("upload")) == 1
