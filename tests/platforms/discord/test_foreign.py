"""Servers that speak Discord in their own way: HTTP of another kind, a gateway that is brief, late or bare."""

from __future__ import annotations

import json

import pytest

from adapters.discord.addresses import Addresses
from adapters.discord.frames import begun
from tests.platforms.discord.test_requests import pictures
from tests.servers import discord_objects as objects
from tests.servers.discord_faults import refuse
from tests.servers.discord_gateway import Habits
from tests.servers.relay import OLD, PIECES, Relay

pytestmark = pytest.mark.uncounted

LITTLE_ELSE = (
    ("GET", "/oauth2/applications/@me$"),
    ("GET", "/gateway/bot$"),
    ("GET", "/commands$"),
    ("PUT", "/commands$"),
    ("GET", "/channels/[0-9]+$"),
)


@pytest.mark.parametrize("manner", [OLD, PIECES], ids=["old", "pieces"])
async def test_a_film_through_a_server_that_speaks_http_otherwise(start, discord, photo, film, manner):
    async with Relay(discord.url, manner) as relay:
        addresses = Addresses(api=relay.url, cdn=relay.url, gateway=discord.gateway.url)
        async with start(options={"addresses": addresses}):
            act = await discord.command("highlight", files=pictures(discord, photo, ephemeral=True))
            await discord.until(discord.films)
    assert act.callback["type"] == 5
    assert discord.files[discord.films()[0]["attachments"][0]["id"]] == film


@pytest.mark.parametrize(
    "habits",
    [
        Habits(compresses=False, names_resume=False, hello_after=0.3, beat=0.2, acknowledges_after=0.3),
        Habits(guilds=None, ids_as_numbers=True, sends_guilds=False),
        Habits(guilds=[], sends_guilds=True, names_resume=False),
    ],
    ids=["late and bare", "no guilds", "guilds later"],
)
async def test_a_gateway_of_another_kind(start, discord, nemo, photo, habits):
    discord.gateway.habits = habits
    if habits.guilds is None:  # it knows little else either
        for method, path in LITTLE_ELSE:
            discord.on(method, path, *[refuse(404)] * 9)
    addresses = Addresses(api=discord.url, cdn=discord.url, gateway=discord.gateway.url)
    async with start(options={"addresses": addresses}):
        act = await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)
        assert act.callback["type"] == 5
        await discord.gateway.hang_up()
        await discord.gateway.connected()
        await discord.write(objects.CHANNEL, "calmer, please", mention=True)
        await discord.until(lambda: len(nemo.asked("run")) == 2)


@pytest.mark.parametrize(
    ("frame", "resume"),
    [
        ({"t": "READY", "s": 1, "op": 0, "d": {"session_id": "s"}}, "ws://here"),
        ({"t": "READY", "s": 1, "op": 0, "d": {"session_id": None, "resume_gateway_url": None}}, "ws://here"),
        ({"t": "READY", "s": 1, "op": 0, "d": {"session_id": "s", "resume_gateway_url": "ws://there"}}, "ws://there"),
    ],
)
def test_a_session_is_resumed_where_it_says_or_where_it_began(frame, resume):
    assert json.loads(begun(json.dumps(frame), "ws://here"))["d"]["resume_gateway_url"] == resume


@pytest.mark.parametrize(
    "frame", ['{"t":"MESSAGE_CREATE","d":{"content":"\\"READY\\""}}', '["READY"]', '{"t":"READY","d":7}']
)
def test_other_frames_stay_as_they_are(frame):
    assert begun(frame, "ws://here") == frame
