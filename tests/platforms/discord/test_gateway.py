"""The connection breaks in every way that it can; nothing is lost, nothing happens twice."""

from __future__ import annotations

import asyncio

import pytest

from adapters.discord.gate import Gate
from adapters.discord.platform import BadToken, IntentMissing
from bot.core.chat import ChatRef
from tests.platforms.discord.conftest import notebook_in
from tests.platforms.discord.test_requests import pictures
from tests.platforms.held import Held
from tests.servers import discord_objects as objects


async def test_a_job_survives_a_broken_connection(start, discord, nemo, photo):
    render, gateway = Held(nemo, "poll"), discord.gateway
    ways = (lambda: gateway.hang_up(4000), gateway.ask_to_reconnect, lambda: gateway.invalidate(resumable=True))
    async with start(render_polls=200):
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(lambda: nemo.asked("poll"))
        for number, broken in enumerate(ways, 1):
            await broken()
            act = await discord.command("help")  # given while the bot was away: replayed
            await discord.until(lambda number=number: gateway.resumes >= number)
            await discord.until(lambda act=act: act.original and "Send me photos" in act.original["content"])
        render.release()
        await discord.until(discord.films)
    assert (gateway.identifies, gateway.resumes) == (1, 3)
    assert len(discord.films()) == 1


async def test_after_an_invalid_session_messages_are_read_from_the_channel(start, discord, nemo, photo):
    channel = discord.dm()
    async with start() as platform:
        await discord.until(lambda: platform.ready)
        await discord.write(channel, "", pictures(discord, photo, 2))
        await discord.until(lambda: any("received" in one["content"] for one in discord.sent(channel)))
        await discord.gateway.invalidate(resumable=False)
        await discord.write(channel, "make a highlight reel", pictures(discord, photo))  # nobody listens
        await discord.until(discord.films)
        await discord.until(lambda: any("I was away. 1 message" in one["content"] for one in discord.sent(channel)))
    assert len(nemo.asked("upload")) == 3
    assert discord.gateway.identifies == 2


async def test_it_can_be_ended_while_a_shard_reconnects(start, discord):
    async with start() as platform:
        await discord.until(lambda: platform.ready)
        await discord.gateway.invalidate(resumable=False)
        await discord.until(lambda: not platform.ready)
        await asyncio.sleep(0.5)  # the library waits five seconds before it identifies again
    assert discord.gateway.identifies == 1


async def test_what_was_written_during_a_restart_is_caught_up_once(start, discord, nemo, photo):
    channel = discord.dm()
    async with start():
        await discord.write(channel, "", pictures(discord, photo))
        await discord.until(lambda: any("received" in one["content"] for one in discord.sent(channel)))
    await discord.write(channel, "", pictures(discord, photo, 2))
    discord.gateway.session = None
    async with start():
        await discord.until(lambda: len(nemo.asked("upload")) == 3)
        await discord.until(lambda: any("I was away" in one["content"] for one in discord.sent(channel)))
    discord.gateway.session = None
    async with start():
        act = await discord.command("help", channel=channel)
        await discord.until(lambda: act.original and act.original["content"])
    assert len([one for one in discord.sent(channel) if "I was away" in one["content"]]) == 1
    assert len(discord.requests("PUT", "/commands$")) == 1, (
        "commands are registered when they differ, not at every start"
    )


async def test_catching_up_asks_for_the_roles_that_history_does_not_tell(start, discord, photo):
    allowed = {"gate": Gate(roles=frozenset({"55"}))}
    discord.roles = {objects.ANA["id"]: ("55",), objects.BO["id"]: ("66",)}

    async def wishes(*people):
        for person in people:
            about = objects.member(person, roles=discord.roles[person["id"]])
            files = pictures(discord, photo)
            await discord.write(objects.CHANNEL, "", files, person=person, mention=True, member=about)

    async with start(options=allowed):
        await wishes(objects.BO, objects.ANA)
        await discord.until(lambda: discord.reactions)
    discord.gateway.session = None
    await wishes(objects.BO, objects.ANA, objects.BO, objects.ANA)
    async with start(options=allowed):
        await discord.until(lambda: any("I was away. 2 messages" in one["content"] for one in discord.sent()))
        await discord.until(lambda: len(discord.reactions) == 3)
    assert len(discord.requests("GET", "/guilds/100/members/")) == 2, "each is asked for once"


async def test_a_button_works_after_a_restart_for_the_one_who_asked(start, discord, nemo, photo):
    async with start():
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)
        offer = discord.films()[0]
        assert "shorter" in offer["components"][0]["components"][0]["label"]
    discord.gateway.session = None
    async with start():
        stranger = await discord.press(offer, person=objects.BO, permissions=0)
        await discord.until(lambda: stranger.callback)
        assert stranger.callback["data"]["flags"] == 64
        act = await discord.press(offer)
        await discord.until(lambda: act.callback)
        assert act.callback["type"] == 6
        await discord.until(lambda: len(nemo.asked("run")) == 2)
    assert nemo.asked("run")[1].json["new_message"]["parts"][0]["text"] == "make it shorter"


async def test_without_the_intent_it_goes_on_and_says_what_is_missing(start, discord, nemo, photo):
    discord.gateway.content_granted = False
    async with start():
        await discord.write(objects.CHANNEL, "", pictures(discord, photo))
        act = await discord.command("highlight", {"last": 5})
        await discord.until(lambda: act.original and "message content intent" in act.original["content"])
        shown = await discord.write(objects.CHANNEL, "", pictures(discord, photo, 2))
        added = await discord.menu("Add to highlight", shown)
        await discord.until(lambda: added.original and "2 files added" in added.original["content"])
        await discord.write(objects.CHANNEL, "make a highlight reel", mention=True)
        await discord.until(discord.films)
    assert discord.gateway.refused == [4014]
    assert len(nemo.asked("upload")) == 2


async def refuse_all(event):
    raise AssertionError(event)


async def test_a_bad_token_and_a_missing_intent_end_it_with_one_line(discord, alone, tmp_path):
    discord.gateway.content_granted = False
    async with notebook_in(tmp_path) as notebook:
        with pytest.raises(BadToken):
            await alone(notebook, token="not.a.token").run(refuse_all)
        with pytest.raises(IntentMissing):
            await alone(notebook, message_content=True).run(refuse_all)


async def test_a_process_without_the_gateway_can_answer(discord, alone, tmp_path):
    async with notebook_in(tmp_path) as notebook, alone(notebook).speaking() as outbox:
        chat = ChatRef(platform="discord", chat_id=objects.CHANNEL)
        await outbox.say(chat, "Hello *there*", key="discord:1:hello")
        await outbox.status(chat, "Working", key="discord:1")
        await outbox.status(chat, "Finished", key="discord:1", done=True)
        await discord.until(lambda: any("Finished" in one["content"] for one in discord.sent()))
    assert discord.gateway.identifies == 0
    assert discord.sent()[0]["content"] == "Hello *there*"


async def test_it_waits_for_a_discord_that_is_not_there_yet(discord, alone, tmp_path):
    from tests.servers.discord_faults import refuse

    discord.on("GET", "/gateway/bot", refuse(503, 0, "unavailable"))
    async with notebook_in(tmp_path) as notebook, asyncio.TaskGroup() as group:
        running = group.create_task(alone(notebook).run(refuse_all))
        await discord.gateway.connected()
        running.cancel()
