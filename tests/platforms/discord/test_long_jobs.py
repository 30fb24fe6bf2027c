"""Jobs that outlive an interaction's token, by a clock that runs faster with everything in proportion."""

from __future__ import annotations

import asyncio
import signal
import tracemalloc
from dataclasses import fields

import pytest
from aiohttp import web

from bot.core.chat import ChatRef
from bot.core.policy import Policy
from bot.engine.ports import Video
from tests.platforms.discord.conftest import notebook_in
from tests.platforms.discord.test_delivery import MESSAGES, busy
from tests.platforms.discord.test_process import environment, process
from tests.platforms.discord.test_requests import pictures
from tests.servers import discord_objects as objects
from tests.servers.discord_state import as_json

pytestmark = pytest.mark.uncounted

FASTER = 300
TIMES = {"interaction_handover", "still_working", "render_poll", "status_every", "album_quiet", "album_cap", "pulse",
         "recover_first", "recover_next"}  # fmt: skip
PROPORTIONAL = {one.name: getattr(Policy(), one.name) / FASTER for one in fields(Policy) if one.name in TIMES}
MINUTE = 60 / FASTER
POLLS = round(22 * MINUTE / PROPORTIONAL["render_poll"])


async def test_a_job_of_22_minutes(start, discord, nemo, photo):
    nemo.on("poll", *busy(POLLS))
    async with start(**PROPORTIONAL, render_polls=2 * POLLS):
        act = await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)
        await discord.until(lambda: any("Done" in one["content"] for one in discord.sent()))
    (message,) = discord.films()
    assert message["channel_id"] == objects.CHANNEL
    assert message["content"].startswith(f"<@{objects.ANA['id']}>")
    assert "below" in act.original["content"]
    assert not act.original["flags"] & 1 << 7, "nothing thinks for ever"
    through_the_token = discord.requests("PATCH", "@original")
    assert "below" in through_the_token[-1].body["content"], "it left before the token was over, and for good"
    assert len([one for one in discord.sent() if one["flags"] & 1 << 12]) == 1, "one line goes on"
    (line,) = [one["id"] for one in discord.sent() if one["flags"] & 1 << 12]
    assert len(discord.requests("PATCH", f"/messages/{line}$")) >= 3, "with signs of life"


async def test_killed_between_the_click_and_the_answer(discord, nemo, photo, tmp_path):
    env = environment(discord, nemo, tmp_path / "bot")
    asked = asyncio.Event()

    async def never(request):
        asked.set()
        await asyncio.sleep(60)
        return web.Response(status=500)

    nemo.on("open", never)
    async with process(env, tmp_path) as first:
        await discord.gateway.connected()
        act = await discord.command("highlight", {"instruction": "our garden"}, files=pictures(discord, photo))
        await discord.until(asked.is_set)
        first.send_signal(signal.SIGKILL)
        await first.wait()
    assert act.callback["type"] == 5
    assert discord.films() == []
    async with process(env, tmp_path):
        await discord.until(discord.films)
        await discord.until(lambda: "Done" in act.original["content"])
    assert len(discord.films()) == 1
    assert len(nemo.asked("run")) == 1


async def test_a_large_film_leaves_in_pieces(discord, alone, tmp_path):
    size, seen = 64 << 20, []

    async def swallow(request):
        taken = 0
        async for chunk in request.content.iter_chunked(1 << 16):
            taken += len(chunk)
        seen.append(taken)
        return as_json(objects.message(discord.channels[objects.CHANNEL], objects.BOT_USER))

    discord.on("POST", MESSAGES, swallow, upload=True)
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(size)
    video = Video(
        path=path, name="film.mp4", width=16, height=9, duration=1.0, size=size, poster=None, caption="It is long"
    )
    chat, said = ChatRef(platform="discord", chat_id=objects.CHANNEL), []

    async def body_sent():
        said.append(len(seen))

    async with notebook_in(tmp_path) as notebook:
        platform = alone(notebook)
        await platform._kit.sizes.announce(chat, objects.GUILD, 2 * size)
        async with platform.speaking() as outbox:
            tracemalloc.start()
            try:
                await outbox.video(chat, video, key="discord:1:film", body_sent=body_sent)
                _, peak = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
    assert seen[0] > size
    assert said == [0], "known to be out before the answer"
    assert peak < size // 4


async def test_more_than_one_shard(start, discord, photo):
    discord.gateway.shards = 2
    async with start() as platform:
        await discord.until(lambda: platform.ready)
        assert discord.gateway.identifies == 2
        for shard in (0, 1):
            discord.gateway.shard = shard
            act = await discord.command("help")
            await discord.until(lambda act=act: act.original and "Send me" in act.original["content"])
        await discord.gateway.hang_up(4000)
        await discord.until(lambda: discord.gateway.resumes >= 2)
        await discord.until(lambda: platform.ready)
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)
    assert discord.gateway.identifies == 2
