"""Files that are slow to be needed, or gone; signs of life while they are worked on."""

from __future__ import annotations

import asyncio

from adapters.discord import signs
from adapters.discord.gate import Gate
from tests.platforms.discord.test_requests import EPHEMERAL, pictures
from tests.platforms.held import Held
from tests.servers import discord_objects as objects


async def test_the_files_of_a_command_are_taken_at_receipt(start, discord, nemo, photo, tmp_path):
    render = Held(nemo, "poll")
    async with start(render_polls=200):
        await discord.command("highlight", files=pictures(discord, photo, ephemeral=True))
        await discord.until(lambda: nemo.asked("poll"))
        late = pictures(discord, photo, ephemeral=True)
        await discord.command("highlight", {"instruction": "and this one"}, files=late)
        await discord.until(lambda: any(late[0]["id"] in path.name for path in (tmp_path / "taken").glob("*-*[0-9]")))
        assert len(nemo.asked("upload")) == 1, "its job still waits"
        del discord.files[late[0]["id"]]
        render.release()
        await discord.until(lambda: len(nemo.asked("run")) == 2)
    assert len(nemo.asked("upload")) == 2


async def test_a_file_that_is_gone_is_named_and_fetched_by_a_press(start, discord, nemo, photo):
    channel = discord.dm()
    async with start():
        files = pictures(discord, photo, 4)
        there = discord.files.pop(files[2]["id"])
        await discord.write(channel, "make a highlight reel", files)
        await discord.until(discord.films)
        assert len(nemo.asked("upload")) == 3, "the others are used"
        (told,) = [one for one in discord.sent(channel) if "photo2.jpg" in one["content"]]
        assert [button["label"] for button in told["components"][0]["components"]] == ["🔁 Try again"]
        discord.files[files[2]["id"]] = there
        await discord.press(told)
        await discord.until(lambda: any("4 files received" in one["content"] for one in discord.sent(channel)))
        await discord.press(told)
        await discord.until(lambda: any("nothing to try again" in one["content"] for one in discord.sent(channel)))
    assert len(nemo.asked("upload")) == 4


async def test_it_types_while_it_works_and_not_after(start, discord, nemo, photo, monkeypatch):
    monkeypatch.setattr(signs, "EVERY", 0.1)
    monkeypatch.setattr(signs, "LOOK", 0.05)
    render = Held(nemo, "poll")

    def typed():
        return discord.requests("POST", "/typing$")

    async with start(render_polls=200):
        await discord.write(discord.dm(), "make a highlight reel", pictures(discord, photo))
        await discord.until(lambda: nemo.asked("poll"))
        so_far = len(typed())
        await discord.until(lambda: len(typed()) > so_far + 3)  # with nothing new to show
        render.release()
        await discord.until(discord.films)
        await discord.until(lambda: any("Done" in one["content"] for one in discord.sent(discord.dm())))
        async with asyncio.timeout(60):
            count = 0
            while count != (count := len(typed())):  # one may have been on its way
                await asyncio.sleep(10 * signs.EVERY)
    assert {one.path for one in typed()} == {f"/channels/{discord.dm()}/typing"}


async def test_who_loses_the_role_is_refused_from_then_on(start, discord):
    async with start(options={"gate": Gate(roles=frozenset({"55"}))}):
        act = await discord.command("help", member=objects.member(objects.ANA, roles=("55", "66")))
        await discord.until(lambda: act.original and "Send me" in act.original["content"])
        act = await discord.command("help", member=objects.member(objects.ANA, roles=("66",)))
        await discord.until(lambda: act.callback)
        assert act.callback["data"]["flags"] == EPHEMERAL
        assert "not open to you" in act.callback["data"]["content"]
