"""Long jobs, dead tokens, limits, faults: the film arrives, once."""

from __future__ import annotations

import asyncio

from tests.platforms.discord.test_requests import pictures
from tests.servers import discord_objects as objects
from tests.servers.discord_faults import drop, refuse, slow_down
from tests.servers.discord_state import DEADLINE
from tests.servers.nemo_script import answer
from tests.servers.nemo_script import film as film_of

MESSAGES = r"^/channels/\d+/messages$"


def busy(polls):
    """A render that takes so many polls."""
    return [answer({"code": 0, "data": {"status": "processing", "progress": 10}}) for _ in range(polls)]


async def test_a_job_longer_than_the_token_moves_to_a_message_of_its_own(start, discord, nemo, photo):
    discord.token_life = 2.0
    nemo.on("poll", *busy(60))
    async with start(interaction_handover=1.0, render_polls=200):
        act = await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)
        assert "below" in act.original["content"]
        assert not act.original["flags"] & 1 << 7, "nothing thinks for ever"
        await discord.until(lambda: any("Done" in one["content"] for one in discord.sent()))
    assert len([one for one in discord.sent() if one["flags"] & 1 << 12]) == 1, "one line goes on"
    assert not [one for one in discord.requests("PATCH", "@original") if "Done" in str(one.body)]


async def test_a_request_that_only_waits_is_handed_over_too(start, discord, nemo, photo):
    nemo.on("poll", *busy(80))
    async with start(interaction_handover=0.5, render_polls=300):
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(lambda: nemo.asked("poll"))
        waiting = await discord.command("export")
        await discord.until(lambda: waiting.original and "below" in waiting.original["content"])
        await discord.until(lambda: len(discord.films()) == 2)


async def test_a_token_that_dies_early_is_left_at_once(start, discord, nemo, photo):
    nemo.on("poll", *busy(20))
    async with start(render_polls=200):
        act = await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(lambda: act.original and act.original["content"])
        act.dead = True
        await discord.until(discord.films)
        await discord.until(lambda: any("Done" in one["content"] for one in discord.sent()))
        await discord.until(lambda: "below" in act.original["content"])  # closed as the bot's message that it is
    assert discord.too_late <= 2, "once for the line, once for the farewell"


async def test_what_was_too_large_is_remembered_for_the_guild(start, discord, photo, film):
    discord.attachment_size_limit = 20 * objects.MIB
    async with start() as platform:
        discord.on("POST", MESSAGES, refuse(413, 40005, "Request entity too large"), upload=True)
        act = await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(lambda: any("can be sent here" in one["content"] for one in discord.sent()))
        chat = await platform_chat(platform, act)
        assert platform.outbox.limits(chat).video_bytes < len(film)
    async with start() as again:
        assert again.outbox.limits(chat).video_bytes < len(film)


async def test_after_a_413_a_smaller_film_comes_with_the_reason(start, discord, nemo, photo, heavy_film):
    discord.attachment_size_limit = 20 * objects.MIB
    nemo.on("file", film_of(heavy_film))
    async with start():
        discord.on("POST", MESSAGES, refuse(413, 40005, "Request entity too large"), upload=True)
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)
        await discord.until(lambda: any("Done" in one["content"] for one in discord.sent()))
    (message,) = discord.films()
    assert message["content"].endswith("First\nCompressed to fit 0.3 MB.")
    assert 0 < len(discord.files[message["attachments"][0]["id"]]) <= len(heavy_film) // 2


async def platform_chat(platform, act):
    from bot.core.chat import ChatRef

    return ChatRef(platform="discord", chat_id=act.channel)


async def test_an_answer_that_was_lost_does_not_make_a_second_film(start, discord, photo):
    async def lost(request):
        answered = await discord.served(request, request.path.removeprefix("/api/v10"))
        request.transport.close()
        return answered

    discord.on("POST", MESSAGES, lost, upload=True)
    async with start():
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(lambda: len([one for one in discord.requests("POST", MESSAGES) if one.files]) >= 2)
        await discord.until(lambda: any("Done" in one["content"] for one in discord.sent()))
    assert len(discord.films()) == 1


async def test_broken_and_busy_answers_are_sat_out(start, discord, photo):
    discord.on("POST", MESSAGES, slow_down(0.3), refuse(502, 0, "bad gateway"), drop, upload=True)
    async with start():
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)
    assert len(discord.films()) == 1


async def test_a_channel_that_may_not_be_written_to(start, discord, photo):
    discord.forbidden.add(objects.CHANNEL)
    no_files = objects.ALL_PERMISSIONS & ~(1 << 15)
    async with start():
        act = await discord.command("highlight", files=pictures(discord, photo), app_permissions=str(no_files))
        await discord.until(lambda: len(act.follow_ups) == 2)
        words, message = act.follow_ups
        assert words["content"]
        assert message["attachments"]
        assert "Attach Files" in message["content"]
    tried = [one for one in discord.requests("POST", MESSAGES) if one.files]
    assert len(tried) == 1, "a refusal is not repeated"


async def test_a_deleted_channel_does_not_lose_the_film(start, discord, photo):
    async with start():
        await discord.write(objects.CHANNEL, "make a highlight reel", pictures(discord, photo), mention=True)
        del discord.channels[objects.CHANNEL]
        await discord.until(discord.films)
    assert discord.films()[0]["channel_id"] == discord.dm()


async def test_a_deleted_status_line_is_replaced(start, discord, nemo, photo):
    nemo.on("poll", *busy(30))
    channel = discord.dm()
    async with start(render_polls=100):
        await discord.write(channel, "make a highlight reel", pictures(discord, photo))
        await discord.until(lambda: discord.sent(channel))
        first = discord.sent(channel)[0]["id"]
        discord.deleted.add(first)
        await discord.until(discord.films)
        await discord.until(lambda: any("Done" in one["content"] for one in discord.sent(channel)))


async def test_many_requests_at_once_are_all_answered_in_time(start, discord):
    async with start():
        await discord.until(lambda: discord.commands)
        discord.patience = DEADLINE
        async with asyncio.TaskGroup() as group:
            acts = [group.create_task(discord.command("help")) for _ in range(40)]
        await discord.until(lambda: all(act.result().original for act in acts))  # late ones would be refused
        await discord.until(lambda: all("Send me" in act.result().original["content"] for act in acts))
