"""People ask, the film arrives: commands, forms, messages, menus and buttons."""

from __future__ import annotations

from tests.servers import discord_objects as objects

EPHEMERAL = 64


def pictures(discord, photo, count=1, **kind):
    return [discord.put_file(f"photo{number}.jpg", photo, "image/jpeg", **kind) for number in range(count)]


def prompts(nemo):
    return [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]


async def test_highlight_with_an_attachment_brings_the_film(start, discord, nemo, photo, film):
    async with start():
        files = pictures(discord, photo, ephemeral=True)
        act = await discord.command("highlight", {"instruction": "make it calm", "length": 30}, files=files)
        await discord.until(discord.films)
        message = discord.films()[0]
        assert discord.files[message["attachments"][0]["id"]] == film
        assert message["content"].startswith(f"<@{objects.ANA['id']}>")
        assert message["allowed_mentions"] == {"parse": [], "users": [objects.ANA["id"]]}
        assert message["attachments"][0]["description"] == "A film of 3 seconds. 1 shot. Title: First."
        assert act.callback["type"] == 5
        await discord.until(lambda: "Done" in act.original["content"])
    assert len(discord.films()) == 1
    assert prompts(nemo) == ["make it calm, 30 seconds long"]


async def test_the_form_takes_ten_files_at_once(start, discord, nemo, photo):
    async with start():
        opened = await discord.command("highlight", {"aspect": "9:16", "music": "calm"}, locale="zh-CN")
        await discord.until(lambda: opened.callback)
        assert opened.callback["type"] == 9
        assert opened.callback["data"]["title"] == "制作集锦"
        act = await discord.submit(opened, "温暖一点", pictures(discord, photo, 10, ephemeral=True), locale="zh-CN")
        await discord.until(discord.films)
        assert act.callback["type"] == 5
    assert len(nemo.asked("upload")) == 10
    assert prompts(nemo) == ["温暖一点, 画面比例 9:16, 配舒缓的音乐"]


async def test_files_in_private_are_taken_and_words_make_the_film(start, discord, nemo, photo):
    channel = discord.dm()
    async with start():
        written = await discord.write(channel, "", pictures(discord, photo, 3))
        await discord.until(lambda: any("received" in one["content"] for one in discord.sent(channel)))
        await discord.until(lambda: (written["id"], "👀") in discord.reactions)
        assert len(discord.sent(channel)) == 1
        await discord.write(channel, "make a highlight reel with music")
        await discord.until(discord.films)
    assert len(nemo.asked("upload")) == 3
    lines = [one for one in discord.sent(channel) if one["flags"] & 1 << 12]
    assert len(lines) == 2, "one silent line per job"


async def test_in_a_channel_only_a_mention_or_a_reply_counts(start, discord, nemo, photo):
    async with start():
        await discord.write(objects.CHANNEL, "lovely day", pictures(discord, photo))
        await discord.write(objects.CHANNEL, "make a highlight reel", pictures(discord, photo, 2), mention=True)
        await discord.until(discord.films)
        assert len(nemo.asked("upload")) == 2
        await discord.write(objects.CHANNEL, "", mention=True)
        await discord.until(lambda: any("Send me photos" in one["content"] for one in discord.sent()))


async def test_a_mention_in_reply_to_files_takes_those(start, discord, nemo, photo):
    async with start():
        shown = await discord.write(objects.CHANNEL, "from our trip", pictures(discord, photo, 2), person=objects.BO)
        reference = {"message_id": shown["id"], "channel_id": objects.CHANNEL}
        await discord.write(
            objects.CHANNEL,
            "make a highlight reel",
            mention=True,
            type=19,
            message_reference=reference,
            referenced_message=shown,
        )
        await discord.until(discord.films)
    assert len(nemo.asked("upload")) == 2


async def test_a_menu_adds_files_without_starting_anything(start, discord, nemo, photo):
    async with start():
        shown = await discord.write(objects.CHANNEL, "", pictures(discord, photo, 6), person=objects.BO)
        act = await discord.menu("Add to highlight", shown)
        await discord.until(lambda: act.original and "6 files added" in act.original["content"])
        assert act.original["flags"] & EPHEMERAL
        assert nemo.seen == []
        opened = await discord.command("highlight")
        await discord.until(lambda: opened.callback)
        await discord.submit(opened, "", [])
        await discord.until(discord.films)
    assert len(nemo.asked("upload")) == 6
    assert "highlight reel" in prompts(nemo)[0]


async def test_the_last_messages_by_one_member(start, discord, nemo, photo):
    async with start():
        for person in (objects.ANA, objects.BO, objects.BO):
            await discord.write(objects.CHANNEL, "", pictures(discord, photo), person=person)
        options = {"last": 20, "member": objects.BO["id"], "instruction": "a highlight"}
        act = await discord.command("highlight", options)
        await discord.until(discord.films)
        assert act.callback["type"] == 5
    assert len(nemo.asked("upload")) == 2


async def test_from_here_to_the_end(start, discord, nemo, photo):
    async with start():
        shown = [await discord.write(objects.CHANNEL, "", pictures(discord, photo)) for _ in range(3)]
        opened = await discord.menu("Highlight from here", shown[1])
        await discord.until(lambda: opened.callback)
        assert opened.callback["type"] == 9
        assert [label["component"]["type"] for label in opened.callback["data"]["components"]] == [4, 3, 3, 3]
        assert nemo.seen == [], "nothing starts before it was said how"
        act = await discord.submit(opened, "make it calm", chosen={"hb:length": "30", "hb:aspect": "9:16"})
        await discord.until(discord.films)
        assert act.callback["type"] == 5
    assert len(nemo.asked("upload")) == 2
    assert prompts(nemo) == ["make it calm, 30 seconds long, aspect ratio 9:16"]


async def test_a_forum_post_is_a_project_of_its_own(start, discord, nemo, photo):
    async with start():
        await discord.command("highlight", {"instruction": "one"}, files=pictures(discord, photo))
        await discord.command(
            "highlight", {"instruction": "two"}, files=pictures(discord, photo), channel=objects.FORUM_POST
        )
        await discord.until(lambda: len(discord.films()) == 2)
    assert {film["channel_id"] for film in discord.films()} == {objects.CHANNEL, objects.FORUM_POST}
    assert len(nemo.asked("open")) == 2


async def test_work_in_a_thread_and_the_film_in_the_channel(start, discord, nemo, photo):
    async with start():
        act = await discord.command("settings", {"threads": True, "aspect": "1:1"})
        await discord.until(lambda: act.original and "here: 1:1" in act.original["content"])
        act = await discord.command("highlight", {"instruction": "our garden"}, files=pictures(discord, photo))
        await discord.until(discord.films)
        assert discord.films()[0]["channel_id"] == objects.CHANNEL
        assert f"<#{act.original['id']}>" in act.original["content"]
        assert discord.channels[act.original["id"]]["name"] == "our garden"
        await discord.until(lambda: any("Done" in one["content"] for one in discord.sent(act.original["id"])))
        (asked,) = nemo.asked("run")
        assert asked.json["new_message"]["parts"][0]["text"] == "our garden. Make it square, 1:1."
    assert [one["id"] for one in discord.sent()] == [act.original["id"], discord.films()[0]["id"]]


async def test_silent_collecting_where_it_is_switched_on(start, discord, nemo, photo):
    async with start():
        act = await discord.command("settings", {"collect": True})
        await discord.until(lambda: act.original and "on" in act.original["content"])
        for person in (objects.ANA, objects.BO):
            await discord.write(objects.CHANNEL, "look", pictures(discord, photo), person=person)
        await discord.until(lambda: len(discord.reactions) == 2)
        assert discord.sent() == []
        assert nemo.seen == []
        await discord.write(objects.CHANNEL, "make a highlight reel", mention=True)
        await discord.until(discord.films)
    assert len(nemo.asked("upload")) == 2


async def test_answers_that_need_no_project(start, discord):
    async with start():
        for name, words in (("help", "Send me photos"), ("credits", "available"), ("status", "Nothing here yet")):
            act = await discord.command(name)
            await discord.until(lambda act=act, words=words: act.original and words in act.original["content"])
        assert discord.sent() == [one for one in discord.sent() if "Nothing here yet" in one["content"]]
        no_files = objects.ALL_PERMISSIONS & ~(1 << 15)
        act = await discord.command("doctor", app_permissions=str(no_files))
        await discord.until(lambda: act.original and "Attach Files" in act.original["content"])
        assert act.original["flags"] & EPHEMERAL
        assert "10 MiB" in act.original["content"]
        assert act.original["content"].endswith("✅ I can read photos and clips.\n✅ The editing service answers.")
        act = await discord.command("settings", {"collect": True}, permissions=0, person=objects.BO)
        await discord.until(lambda: act.original and "manage this server" in act.original["content"])


async def test_an_expired_link_is_asked_for_again(start, discord, nemo, photo):
    channel = discord.dm()
    async with start():
        await discord.write(channel, "make a highlight reel", pictures(discord, photo, 2, expired=True))
        await discord.until(discord.films)
    assert len(nemo.asked("upload")) == 2
    assert discord.requests("GET", r"/channels/\d+/messages/\d+$")


async def test_forgetting_takes_the_files_too(start, discord, photo, tmp_path):
    async with start():
        await discord.command("highlight", {"instruction": "one"}, files=pictures(discord, photo, ephemeral=True))
        await discord.until(discord.films)
        assert list((tmp_path / "taken").iterdir())
        act = await discord.command("forget")
        await discord.until(lambda: act.original and "Deleted here" in act.original["content"])
        assert not list((tmp_path / "taken").iterdir())


async def test_who_is_not_on_the_list_is_told_so_at_once(start, discord, photo):
    from adapters.discord.gate import Gate

    async with start(options={"gate": Gate(users=frozenset({objects.ANA["id"]}))}):
        act = await discord.command("highlight", files=pictures(discord, photo), person=objects.BO)
        await discord.until(lambda: act.callback)
        assert act.callback["data"]["flags"] == EPHEMERAL
        await discord.write(discord.dm(objects.BO), "hello", person=objects.BO)
        await discord.until(lambda: discord.sent(discord.dm(objects.BO)))
        await discord.command("highlight", files=pictures(discord, photo))
        await discord.until(discord.films)


async def test_where_the_bot_is_no_member_it_answers_through_the_interaction(start, discord, photo):
    async with start():
        act = await discord.command("highlight", files=pictures(discord, photo), foreign=True)
        await discord.until(lambda: act.follow_ups and act.follow_ups[-1]["attachments"])
    assert [one for one in discord.sent() if one["id"] != act.original["id"]] == []
