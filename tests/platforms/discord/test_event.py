"""An event in a Discord channel and its threads: commands, the context menu, silence."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from adapters.discord.platform import MembersIntentMissing
from tests.platforms.discord.conftest import notebook_in
from tests.servers import discord_objects as objects

EPHEMERAL = 64


def picture(discord, number):
    file = io.BytesIO()
    Image.effect_noise((96, 64), 50 + number).resize((480, 320)).convert("RGB").save(file, "JPEG")
    return [discord.put_file(f"photo{number}.jpg", file.getvalue(), "image/jpeg")]


def card(discord):
    return next((one["content"] for one in discord.sent() if one["content"].startswith("📸 Ana & Bo: ")), "")


async def test_an_event_is_collected_silently_and_files_are_taken_out_by_menu(start, discord, nemo):
    discord.everyone &= ~(objects.MANAGE_MESSAGES | objects.ADMINISTRATOR)
    async with start():
        await discord.write(objects.CHANNEL, "", picture(discord, 0))  # before: none of the bot's business
        act = await discord.command("event", {"words": 'start "Ana & Bo"'})
        await discord.until(lambda: act.original and "NemoVideo cloud" in act.original["content"])
        await discord.until(lambda: card(discord))
        mine = await discord.write(objects.CHANNEL, "", picture(discord, 1))
        await discord.write(objects.CHANNEL, "", picture(discord, 2), person=objects.BO)
        await discord.until(lambda: card(discord).endswith("2 photos · 2 people"))
        gone = await discord.menu("Leave out of the film", mine)
        await discord.until(lambda: gone.original and "1 file is out" in gone.original["content"])
        assert gone.callback["data"]["flags"] == EPHEMERAL
        await discord.until(lambda: card(discord).endswith("1 photo · 1 person"))
        ended = await discord.command("event", {"words": "close"})
        await discord.until(lambda: ended.original and "Shall I make the film?" in ended.original["content"])
        (sheet,) = ended.original["attachments"]
        assert sheet["description"] == "Contact sheet with 1 numbered picture."
        labels = [button["label"] for row in ended.original["components"] for button in row["components"]]
        assert labels == ["🎬 Make the film", "✕ 1"]
        await discord.press(ended.original, 1, person=objects.BO)  # everybody may
        await discord.until(lambda: any("✂️ 0 in the film · out: 1" in one["content"] for one in discord.sent()))
        chosen = await discord.command("event", {"words": "bring back 1"})
        await discord.until(lambda: chosen.original and chosen.original["content"] == "✂️ 1 in the film")
        ruled = await discord.command("event", {"words": "allow make admins"})
        await discord.until(lambda: ruled.original and "make: admins" in ruled.original["content"])
        refused = await discord.press(ended.original, person=objects.BO)
        await discord.until(lambda: refused.follow_ups)
        assert refused.follow_ups[0]["flags"] & EPHEMERAL
        assert "have reserved that" in refused.follow_ups[0]["content"]
    assert nemo.asked("upload") == []
    assert len([one for one in discord.sent() if one["content"].startswith("📸 Ana & Bo: ")]) == 1


async def test_signs_and_departures_are_heard_where_files_are_collected(start, discord, nemo):
    async with start(options={"members": True}):
        await discord.command("event", {"words": 'start "Ana & Bo"'})
        await discord.until(lambda: card(discord))
        mine = await discord.write(objects.CHANNEL, "", picture(discord, 1))
        yours = await discord.write(objects.FORUM_POST, "", picture(discord, 2), person=objects.BO)
        await discord.until(lambda: card(discord).endswith("2 photos · 2 people"))
        await discord.react(mine, "🚫", person=objects.BO)  # nobody takes out what is another's
        await discord.react(mine, "🚫")
        await discord.until(lambda: card(discord).endswith("1 photo · 1 person"))
        await discord.react(mine, "🚫", off=True)
        await discord.until(lambda: card(discord).endswith("2 photos · 2 people"))
        await discord.write(
            objects.CHANNEL, "🚫", referenced_message=mine, message_reference={"message_id": mine["id"]}
        )
        await discord.until(lambda: card(discord).endswith("1 photo · 1 person"))
        await discord.react(yours, "❤️")
        sheet = await discord.command("event", {"words": "sheet"})
        await discord.until(lambda: sheet.original and sheet.original["attachments"])
        await discord.leave(objects.BO)
        await discord.until(lambda: card(discord).endswith("0 photos · 0 people"))
    assert nemo.seen == []


async def test_what_was_signed_and_who_left_while_it_was_away_is_read(start, discord, nemo):
    async with start():
        await discord.command("event", {"words": 'start "Ana & Bo"'})
        await discord.until(lambda: card(discord))
        mine = [await discord.write(objects.CHANNEL, "", picture(discord, number)) for number in (1, 2, 3)]
        yours = await discord.write(objects.FORUM_POST, "", picture(discord, 4), person=objects.BO)
        await discord.until(lambda: card(discord).endswith("4 photos · 2 people"))
    await discord.react(mine[0], "🚫")
    await discord.react(mine[1], "🚫", person=objects.BO)  # nobody takes out what is another's
    await discord.react(mine[2], "❤️", person=objects.BO)
    await discord.react(yours, "👀")
    async with start():
        await discord.until(lambda: card(discord).endswith("3 photos · 2 people"))
        discord.gone.add(objects.BO["id"])  # told to nobody without the intent for members
        await discord.command("event", {"words": "go"})
        await discord.until(discord.films)
    sent = [call.body for call in nemo.asked("upload")]
    assert len(sent) == 2
    assert b"photo3.jpg" in sent[0]  # what was voted for
    assert card(discord).endswith("2 photos · 1 person")


async def test_without_the_intent_for_members_the_start_says_so(alone, discord, tmp_path):
    discord.gateway.members_granted = False
    async with notebook_in(tmp_path / "notes") as notebook:
        with pytest.raises(MembersIntentMissing):
            await alone(notebook, members=True).run(lambda _: asyncio.sleep(0))
