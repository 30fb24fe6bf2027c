"""An evening of twelve: three topics, albums and singles, duplicates, an opt-out, a leaver, late ones, a restart."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PIL import Image

from bot.core.chat import ChatKind
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer

PEOPLE = ["ana", "bo", "cy", "dee", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "lou"]
CARD = "event:1:card"


def pictures(folder: Path, count: int) -> list[Path]:
    files = [folder / f"IMG_{number:02}.jpg" for number in range(count)]
    for number, file in enumerate(files):
        Image.effect_noise((24, 16), 40 + number).resize((240, 160)).convert("RGB").save(file)
    return files


async def test_the_bot_is_quiet_and_the_film_is_everybodys(
    nemo: NemoServer, chat: Chat, tmp_path: Path, film: bytes
) -> None:
    files = pictures(tmp_path, 36)
    say = partial(chat.send, kind=ChatKind.GROUP)
    photo = partial(say, addressed=False)

    def card_reads(words: str) -> bool:
        return chat.shown.get(CARD, "").endswith(words)

    async with bot_on(nemo.url, tmp_path / "bot", chat, event_fresh=0.5):
        await say('start "Ana & Bo"', who="ana", command="event")
        await chat.until(lambda: card_reads("0 people"))
        for number, who in enumerate(PEOPLE[:6]):  # an album each, over three topics
            await photo("", *files[3 * number : 3 * number + 3], who=who, thread=str(number % 3 or ""), group_id=who)
        await chat.until(lambda: chat.shown[CARD].startswith("📸 Ana & Bo: 18 photos"))
    async with bot_on(nemo.url, tmp_path / "bot", chat, event_fresh=0.5):  # in the middle of it
        for number, who in enumerate(PEOPLE[6:11], 6):
            for file in files[2 * number + 8 : 2 * number + 10]:
                await photo("", file, who=who, thread=str(number % 3 or ""))
        for number in (0, 5):  # two duplicates
            (copy := tmp_path / f"copy{number}.jpg").write_bytes(files[number].read_bytes())
            await photo("", copy, who="lou")
        await say(command="optout", who="cy")
        await say(command="left", who="dee")
        await chat.until(lambda: card_reads("22 photos · 10 people · 2 duplicates"))
        assert nemo.seen == []
        await say("go", who="eve", command="event")
        await chat.until(lambda: chat.films and chat.open_lines == {CARD})
        await photo("", files[34], who="kim")
        await photo("", files[35], who="lou")
        await chat.until(lambda: any("has new photos" in text for text in chat.texts))
        await say(chat.buttons[-1].prompt, who="eve", command="event")
        await chat.until(lambda: len(chat.films) == 2 and chat.open_lines == {CARD})
        await chat.until(lambda: card_reads("24 photos · 10 people · 2 duplicates"))
    names = [seen.body.split(b'filename="')[1].split(b'"')[0].decode() for seen in nemo.asked("upload")]
    withdrawn = {file.name for file in files[6:12]}  # of who opted out and of who left
    assert len(names) == 22 + 24
    assert not withdrawn & set(names)
    prompts = [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]
    assert all('"Ana, Bo, Eve, Fay, Gus, Hal, Ida, Jon, Kim, Lou"' in prompt for prompt in prompts)
    assert [caption.caption.splitlines()[-1] for caption in chat.films] == [
        "22 in the film; 2 not: 2 duplicates",
        "24 in the film; 2 not: 2 duplicates",
    ]
    lines = len(chat.shown)  # the card, and one for each film
    assert len(chat.texts) + len(chat.films) + lines <= 10, chat.texts
