"""Links instead of bytes: only where the operator allows it, and only as long as the service takes them."""

from __future__ import annotations

import logging

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


def refused(nemo, code):
    """A link that the service does not fetch; the bytes that follow it are taken."""
    nemo.on("upload", answer({"code": code, "message": "cannot fetch"}))
    nemo.on("upload", lambda request: nemo._upload(request, nemo.asked("upload")[-1])(request))


async def test_what_the_service_does_not_fetch_is_sent(start, discord, nemo, photo):
    for code in (4001, 4002, 1234):
        refused(nemo, code)
    async with start(options=ALLOWED):
        await discord.write(discord.dm(), "make a highlight reel", pictures(discord, photo, 3))
        await discord.until(discord.films)
    assert len(links(nemo)) == 3
    assert len(nemo.asked("upload")) == 6


async def test_an_odd_answer_to_what_was_fetched_makes_no_second_clip(start, discord, nemo, photo):
    def taken(number, odd):
        async def reply(request):
            nemo._upload(request, nemo.asked("upload")[-1])
            (session,) = nemo._sessions.values()
            session["video_infos"][-1]["filename"] = f"photo{number}.jpg"
            return await answer(odd)(request)

        return reply

    odd = [{"code": 0, "data": {}}, {"code": 0, "data": {"files": []}}, {"code": 5999}, []]
    nemo.on("upload", *[taken(number, said) for number, said in enumerate(odd)])
    async with start(options=ALLOWED):
        await discord.write(discord.dm(), "make a highlight reel", pictures(discord, photo, len(odd)))
        await discord.until(discord.films)
    assert len(nemo.asked("upload")) == len(links(nemo)) == len(odd)


async def test_what_has_to_be_converted_is_never_lent(start, discord, nemo, photo):
    async with start(options=ALLOWED):
        files = [discord.put_file("IMG_1.bmp", photo, "image/bmp")]
        await discord.write(discord.dm(), "make a highlight reel", files)
        await discord.until(discord.films)
    assert links(nemo) == []
    assert len(nemo.asked("upload")) == 1
