"""The button that ends a running job: on its live line, for whoever asked, and gone with its last words."""

from __future__ import annotations

from tests.platforms.discord.test_requests import EPHEMERAL, pictures
from tests.servers import discord_objects as objects
from tests.servers.nemo_script import beat, hang, run


def stops(one):
    """Whether a message has the button."""
    return [button["label"] for row in one["components"] for button in row["components"]] == ["⏹"]


async def test_a_press_stops_the_job(start, discord, nemo, photo):
    nemo.on("run", run(beat(), hang()))
    async with start():
        act = await discord.command("highlight", {"instruction": "our garden"}, files=pictures(discord, photo))
        await discord.until(lambda: nemo.asked("run") and stops(act.original))
        assert act.original["components"][0]["components"][0]["style"] == 4
        stranger = await discord.press(act.original, person=objects.BO, permissions=0)
        await discord.until(lambda: stranger.callback)
        assert stranger.callback["data"]["flags"] == EPHEMERAL
        await discord.press(act.original)
        await discord.until(lambda: "Stopped" in act.original["content"])
        await discord.until(lambda: act.original["components"] == [])  # what is over cannot be stopped
    assert discord.films() == []


async def test_it_goes_along_when_the_line_moves_and_works_after_a_restart(start, discord, nemo, photo):
    nemo.on("run", run(beat(), hang()))
    async with start(interaction_handover=0.5):
        act = await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(lambda: act.original and "below" in act.original["content"])
        assert act.original["components"] == []
        await discord.until(lambda: nemo.asked("run") and any(map(stops, discord.sent())))
        (line,) = filter(stops, discord.sent())
    discord.gateway.session = None
    async with start():
        await discord.press(line)
        await discord.until(lambda: not any(map(stops, discord.sent())))


async def test_answers_and_cards_have_none(start, discord):
    async with start():
        act = await discord.command("help")
        await discord.until(lambda: act.original and "Send me" in act.original["content"])
        assert not stops(act.original)
        await discord.command("event", {"words": 'start "Trip"'})
        await discord.until(lambda: [one for one in discord.sent() if one["content"].startswith("📸 Trip: ")])
    assert not any(map(stops, discord.sent()))
