"""A smaller evening in a Discord channel and its threads, with a restart in the middle."""

from __future__ import annotations

import io

from PIL import Image

from tests.servers import discord_objects as objects

NAMES = ("ana", "bo", "cy", "dee", "eve", "fay")
PEOPLE = {name: objects.user(name, str(9001 + number)) for number, name in enumerate(NAMES)}
EACH = 3


def drawn(number):
    file = io.BytesIO()
    Image.effect_noise((48, 32), 40 + number).resize((192, 128)).convert("RGB").save(file, "JPEG")
    return file.getvalue()


async def test_an_evening_in_a_channel_and_its_threads(start, discord, nemo, film):
    files = {name: [drawn(10 * number + each) for each in range(EACH)] for number, name in enumerate(NAMES)}
    files["fay"] = [files["ana"][0], film, film + b"\0"]

    def card():
        cards = [one["content"] for one in discord.sent() if one["content"].startswith("📸 Ana & Bo: ")]
        assert len(cards) <= 1
        return cards[0].removeprefix("📸 Ana & Bo: ") if cards else ""

    async def sends(name, channel):
        """An album from the threads, single files from the channel."""
        kind = [("image/jpeg", "jpg") if file.startswith(b"\xff\xd8") else ("video/mp4", "mp4") for file in files[name]]
        put = [
            discord.put_file(f"{name}{number}.{end}", file, mime)
            for number, (file, (mime, end)) in enumerate(zip(files[name], kind, strict=True))
        ]
        together = [put] if channel == objects.FORUM_POST else [[one] for one in put]
        return [await discord.write(channel, "", some, person=PEOPLE[name]) for some in together]

    async with start(options={"members": True}, event_fresh=0.2):
        await discord.command("event", {"words": 'start "Ana & Bo"'})
        await discord.until(lambda: card() == "0 photos · 0 people")
        sent = {name: await sends(name, objects.CHANNEL) for name in NAMES[:3]}
        await discord.until(lambda: card().startswith("9 photos"))
    async with start(options={"members": True}, event_fresh=0.2):
        for name in NAMES[3:]:
            await sends(name, objects.FORUM_POST)
        huge = discord.put_file("huge.mp4", b"\0", "video/mp4") | {"size": 600 << 20}
        await discord.write(objects.CHANNEL, "", [huge], person=PEOPLE["bo"])
        out = await discord.command("optout", person=PEOPLE["cy"])
        await discord.until(lambda: out.original and "You are out" in out.original["content"])
        await discord.leave(PEOPLE["dee"])
        await discord.react(sent["bo"][2], "❤️", person=PEOPLE["eve"])
        whole = "9 photos · 2 clips · 4 people · 1 duplicate · 1 too big (send it smaller)"
        await discord.until(lambda: card() == whole)
        who = await discord.command("who", person=PEOPLE["eve"])
        await discord.until(lambda: who.original and whole in who.original["content"])
        assert nemo.seen == []
        go = await discord.command("event", {"words": "go"}, person=PEOPLE["eve"])
        await discord.until(discord.films)
        await discord.until(lambda: go.original and "Done" in go.original["content"])
        late = discord.put_file("late.jpg", drawn(99), "image/jpeg")
        await discord.write(objects.CHANNEL, "", [late], person=PEOPLE["fay"])
        await discord.until(lambda: any("has new photos" in one["content"] for one in discord.sent()))
    bodies = [seen.body for seen in nemo.asked("upload")]
    kept = {name: [any(file in body for body in bodies) for file in mine] for name, mine in files.items()}
    assert kept.pop("cy") == kept.pop("dee") == [False] * EACH
    assert all(all(found) for found in kept.values())  # a copy is in by its twin
    assert files["bo"][2] in bodies[0]
    (made,) = discord.films()
    assert "11 in the film; 2 not: 1 duplicate, 1 too big" in made["content"]
    public = [one for one in discord.sent() if not one["flags"] & 64]
    assert len(public) <= 10, [one["content"] for one in public]
