"""What no Discord would send: the bot leaves it out, goes on, and answers the next person."""

from __future__ import annotations

import copy
import random
import sqlite3

import pytest

from tests.platforms.discord.test_requests import pictures
from tests.servers import discord_objects as objects
from tests.servers.discord_state import DEADLINE

pytestmark = pytest.mark.uncounted

STRANGE = (None, 7, "x", [], {}, [7], {"id": "x"}, "18446744073709551616", 1.5, False)
EVENTS = 240
EVERY = 40


def paths(payload, before=()):
    """The way to every field."""
    entries = payload.items() if isinstance(payload, dict) else enumerate(payload) if isinstance(payload, list) else ()
    for name, value in entries:
        yield (*before, name)
        yield from paths(value, (*before, name))


def mutated(payload, chance):
    """A copy with one field left out or of another form."""
    made = copy.deepcopy(payload)
    way = chance.choice(list(paths(made)))
    inner = made
    for name in way[:-1]:
        inner = inner[name]
    if chance.random() < 0.4:
        del inner[way[-1]]
    else:
        inner[way[-1]] = copy.deepcopy(chance.choice(STRANGE))
    return made


@pytest.fixture
def recorded(discord, monkeypatch):
    """What was dispatched so far."""
    kept = []
    dispatch = type(discord.gateway).dispatch

    async def keeping(self, name, data):
        kept.append((name, copy.deepcopy(data)))
        await dispatch(self, name, data)

    monkeypatch.setattr(type(discord.gateway), "dispatch", keeping)
    return kept


async def answered(discord, **more):
    act = await discord.command("help", **more)
    await discord.until(lambda: act.original and "Send me" in act.original["content"])


async def test_hundreds_of_broken_events_do_not_stop_it(start, discord, photo, recorded):
    chance = random.Random(7)
    async with start():
        await answered(discord)
        shown = await discord.write(objects.CHANNEL, "look", pictures(discord, photo), mention=False)
        await discord.edit(shown, "look here")
        await discord.menu("Highlight from here", shown)
        opened = await discord.command("highlight")
        await discord.until(lambda: opened.callback)
        await discord.write(discord.dm(), "status")
        await discord.until(lambda: discord.sent(discord.dm()))
        seen = [(name, data) for name, data in recorded if name not in {"READY", "RESUMED"}]
        for number in range(EVENTS):
            name, data = chance.choice(seen)
            await discord.gateway.dispatch(name, mutated(data, chance))
            if number % EVERY == 0:
                await discord.gateway.dispatch(f"NEW_KIND_{number}", chance.choice(STRANGE))
                await discord.gateway.frame({"op": 40 + number, "d": {}, "s": None, "t": None})
                await answered(discord)
        await answered(discord)
    assert discord.gateway.identifies == 1, "no event ended the session"


async def test_what_other_servers_leave_out_is_not_needed(start, discord, nemo, photo, recorded):
    optional = ("app_permissions", "attachment_size_limit", "locale", "guild", "context", "entitlements", "version",
                "authorizing_integration_owners", "application_id", "channel")  # fmt: skip
    async with start():
        opened = await discord.command("highlight", files=[], leave_out=optional)
        await discord.until(lambda: opened.callback)
        files = pictures(discord, photo, 2, ephemeral=True)
        for file in files:
            del file["proxy_url"], file["content_type"]
        act = await discord.submit(opened, "our garden", files, leave_out=optional)
        await discord.until(discord.films)
        assert act.callback["type"] == 5
        press = await discord.press(discord.films()[0], leave_out=(*optional, "message"))
        await discord.until(lambda: press.callback)
        await discord.until(lambda: len(nemo.asked("run")) == 2)
        await answered(discord, leave_out=(*optional, "channel_id"), channel=discord.dm())
    assert len(nemo.asked("upload")) == 2


async def test_numbers_for_ids_are_read(start, discord, nemo, photo):
    def numbers(value, name=""):
        if isinstance(value, dict):
            return {key: numbers(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [numbers(inner, name) for inner in value]
        named = name in {"id", "value", "values", "target_id"} or name.endswith("_id")
        return int(value) if isinstance(value, str) and value.isdecimal() and named else value

    async with start():
        await discord.command("highlight", files=pictures(discord, photo), told=numbers)
        await discord.until(discord.films)
        opened = await discord.command("highlight", told=numbers)
        await discord.until(lambda: opened.callback)
        await discord.submit(opened, "again", pictures(discord, photo, 2, ephemeral=True), told=numbers)
        await discord.until(lambda: len(discord.films()) == 2 or len(nemo.asked("run")) == 2)
    assert len(nemo.asked("upload")) == 3


async def test_an_acknowledgement_without_a_body_is_one(start, discord, photo):
    async def bare(request):
        from aiohttp import web

        await discord.served(request, request.path.removeprefix("/api/v10"))
        return web.Response(status=204)

    discord.on("POST", "/callback$", bare, bare)
    async with start():
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)
        await answered(discord)


async def test_frames_that_cannot_be_read_cost_the_connection_and_nothing_else(start, discord):
    async with start():
        await answered(discord)
        await discord.gateway.frame([1, 2, 3])
        await discord.until(lambda: discord.gateway.identifies >= 2)
        await discord.gateway.connected()
        await answered(discord)


async def test_everybody_is_acknowledged_while_the_database_is_locked(start, discord, tmp_path):
    async with start() as platform:
        await answered(discord)
        await discord.until(lambda: platform.ready)
        discord.patience = DEADLINE
        locks = [sqlite3.connect(path) for path in tmp_path.rglob("*.sqlite")]
        assert len(locks) == 2
        for lock in locks:
            lock.execute("BEGIN IMMEDIATE")
        acts = [await discord.command("help") for _ in range(30)]
        await discord.until(lambda: all(act.callback for act in acts))
        assert not any(act.original["content"] for act in acts), "nothing could be read or written yet"
        for lock in locks:
            lock.rollback()
            lock.close()
        await discord.until(lambda: all("Send me" in act.original["content"] for act in acts))


async def test_a_failure_that_nobody_foresaw_is_told(start, discord):
    add = {"type": 3, "name": "Add to highlight", "target_id": "5", "resolved": {"messages": {"5": {"attachments": 7}}}}
    async with start():
        early = await discord.command("help", told=lambda event: event | {"data": {"name": "help", "options": [{}]}})
        await discord.until(lambda: early.callback)
        assert "Something went wrong" in early.callback["data"]["content"]
        late = await discord.command("help", told=lambda event: event | {"data": add})
        await discord.until(lambda: late.original and "Something went wrong" in late.original["content"])
        assert late.callback["type"] == 5
        await answered(discord)


async def test_an_address_that_is_none_is_a_file_that_is_gone(start, discord, photo):
    async with start():
        nowhere = objects.attachment("5", "a.jpg", 3, "image/jpeg", "http://[nowhere")
        act = await discord.command("highlight", files=[nowhere])
        await discord.until(
            lambda: any("a.jpg" in one["content"] for one in [*discord.sent(), act.original or {"content": ""}])
        )
        await answered(discord)
