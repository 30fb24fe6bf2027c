"""Messages that are changed after they were sent, where the gateway tells it."""

from __future__ import annotations

from tests.platforms.discord.test_requests import pictures, prompts
from tests.platforms.held import Held, over
from tests.servers import discord_objects as objects

LATE = "That change came too late"


CHANGES = "discord:%-%"


async def test_words_are_replaced_until_they_were_used(start, discord, nemo, photo, tmp_path):
    channel, upload = discord.dm(), Held(nemo, "upload")
    async with start():
        sent = await discord.write(channel, "make it clam", pictures(discord, photo))
        await discord.until(lambda: nemo.asked("upload"))
        await discord.edit(sent, "make it calm")
        await discord.until(lambda: over(tmp_path / "data", CHANGES) == 1)
        upload.release()
        await discord.until(discord.films)
        assert prompts(nemo) == ["make it calm"]
        await discord.edit(sent, "make it calm", at=None)  # a preview was found
        await discord.edit(sent, "make it wild")
        await discord.until(lambda: any(LATE in one["content"] for one in discord.sent(channel)))
        await discord.edit(sent, "make it wilder")
        await discord.until(lambda: over(tmp_path / "data", CHANGES) == 3)
    (late,) = [one for one in discord.sent(channel) if LATE in one["content"]]
    assert late["message_reference"]["message_id"] == sent["id"]
    assert len(nemo.asked("run")) == 1


async def test_what_is_changed_among_others_does_not_concern_the_bot(start, discord, nemo, photo):
    async with start():
        sent = await discord.write(objects.CHANNEL, "look", pictures(discord, photo))
        await discord.edit(sent, "look here")
        await discord.write(objects.CHANNEL, "make a reel", pictures(discord, photo), mention=True)
        await discord.until(discord.films)
    assert not [one for one in discord.sent() if LATE in one["content"]]
    assert len(nemo.asked("upload")) == 1
