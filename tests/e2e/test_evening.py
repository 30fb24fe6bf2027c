"""An evening of twelve in a Telegram group, joined by a Discord channel, with a bot that is killed in the middle."""

from __future__ import annotations

import io
import signal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.platforms.discord.test_process import environment as on_discord
from tests.platforms.telegram.test_faults import until
from tests.platforms.telegram.test_process import environment as on_telegram
from tests.platforms.telegram.test_process import process
from tests.servers import discord_objects as objects
from tests.servers.discord import DiscordServer
from tests.servers.nemo import NemoServer
from tests.servers.telegram import TelegramServer
from tests.servers.telegram_updates import BOT, Room, message, photo, reaction, tap, user, video

GROUP = Room(-1001, "supergroup", "Friends", is_forum=True)
TOPICS = (0, 11, 12)
PEOPLE = range(7, 19)
OPTED_OUT, LEAVER, COPYIST = 9, 10, 18
EACH = 5


def drawn(number: int) -> bytes:
    """A photo that nobody takes for another."""
    file = io.BytesIO()
    Image.effect_noise((48, 32), 40 + number).resize((192, 128)).convert("RGB").save(file, "JPEG")
    return file.getvalue()


class Evening:
    """Twelve people with five files each: photos, a clip of everybody from the fifth on, two copies."""

    def __init__(self, telegram: TelegramServer, film: bytes) -> None:
        self.telegram = telegram
        self.files: dict[int, list[bytes]] = {}
        for person in PEOPLE:
            mine = [drawn(person * EACH + number) for number in range(EACH)]
            if person > LEAVER + 2:
                mine[4] = film + b"\0" * person
            self.files[person] = mine
        self.files[COPYIST][:2] = self.files[PEOPLE[0]][:2]
        for person, files in self.files.items():
            for number, file in enumerate(files):
                telegram.files[f"{person}-{number}"] = file

    def says(self, text: str, person: int = 7, **more: Any) -> None:
        self.telegram.send(message(GROUP, text=text, sender=user(person), **more))

    def sends(self, person: int) -> list[dict[str, Any]]:
        """All of theirs, in one of the topics: an album by every other person."""
        topic = TOPICS[person % 3]
        where = {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        album = {"media_group_id": f"album{person}"} if person % 2 else {}
        sent = []
        for number, file in enumerate(self.files[person]):
            name = f"{person}-{number}"
            content = {"photo": photo(name)} if file.startswith(b"\xff\xd8") else {"video": video(name, len(file))}
            sent.append(message(GROUP, sender=user(person), **content, **where, **album))
        self.telegram.send(*sent)
        return sent

    def card(self) -> str:
        cards = [text for text in self.telegram.texts(GROUP.id) if text.startswith("📸 Ana & Bo: ")]
        assert len(cards) <= 1
        return cards[0].removeprefix("📸 Ana & Bo: ") if cards else ""

    def sheet(self) -> dict[str, Any] | None:
        return next((one for one in self.telegram.messages.values() if "photo" in one), None)

    def everything(self) -> list[dict[str, Any]]:
        return [one for (where, _), one in self.telegram.messages.items() if where == GROUP.id]


@pytest.fixture
def evening(telegram: TelegramServer, film: bytes) -> Evening:
    telegram.topics |= {11, 12}
    telegram.admins.add(BOT["id"])  # so that it is told of reactions
    return Evening(telegram, film)


async def test_an_evening(
    evening: Evening, telegram: TelegramServer, discord: DiscordServer, nemo: NemoServer, film: bytes, tmp_path: Path
) -> None:
    more = {"HIGHLIGHT_POLICY__EVENT_FRESH": "1"}
    env = on_discord(discord, nemo, tmp_path / "bot", **more) | on_telegram(telegram, nemo, tmp_path / "bot", **more)
    async with process(env, tmp_path) as first:
        evening.says('/event start "Ana & Bo"')
        await until(lambda: evening.card() == "0 photos · 0 people")
        for person in PEOPLE[:6]:
            evening.sends(person)
        await until(lambda: "people" in evening.card() and not evening.card().startswith("0"))
        first.send_signal(signal.SIGKILL)  # in the middle of looking at them
        await first.wait()
    for person in PEOPLE[6:]:
        shown = evening.sends(person)
    telegram.send(message(GROUP, video=video("huge", 200 << 20), sender=user(8)))
    async with process(env, tmp_path):
        evening.says("/optout", OPTED_OUT)
        telegram.send(message(GROUP, left_chat_member=user(LEAVER), sender=user(LEAVER)))
        (notice,) = [text for text in telegram.texts(GROUP.id) if "Collecting for" in text]
        code = notice.rpartition("join_")[2].split()[0]
        await discord.gateway.connected()
        joined = await discord.command("event", {"words": f"link {code}"})
        await discord.until(lambda: joined.original and "You are in" in joined.original["content"])
        theirs = drawn(99)
        await discord.write(objects.CHANNEL, "", [discord.put_file("t.jpg", theirs, "image/jpeg")], person=objects.BO)
        telegram.send(reaction(GROUP, shown[3]["message_id"], "❤", by=7))
        whole = "43 photos · 6 clips · 11 people · 2 duplicates · 1 too big (send it smaller)"
        await until(lambda: evening.card() == whole)
        evening.says("/who")
        await until(lambda: any(whole in text and "“Ana & Bo”" in text for text in telegram.texts(GROUP.id)))
        evening.says("/event sheet")
        await until(evening.sheet)
        sheet = evening.sheet()
        assert sheet is not None
        assert nemo.seen == []  # until somebody says go
        go = sheet["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        telegram.send(tap(GROUP, sheet, go, sender=user(11)))
        await until(lambda: telegram.films(GROUP.id) and discord.films())
        late = [message(GROUP, photo=photo(name), sender=user(person)) for name, person in (("l1", 17), ("l2", 18))]
        telegram.files |= {"l1": drawn(120), "l2": drawn(121)}
        telegram.send(*late)
        await until(lambda: any("has new photos" in text for text in telegram.texts(GROUP.id)))
        await until(lambda: evening.card().startswith("45 photos"))

    sent = [call.body for call in nemo.asked("upload")]
    kept = {person: [any(file in body for body in sent) for file in files] for person, files in evening.files.items()}
    assert len(sent) == 49
    assert kept.pop(OPTED_OUT) == kept.pop(LEAVER) == [False] * EACH
    assert all(all(found) for found in kept.values())  # a copy is in by its twin
    assert any(theirs in body for body in sent)
    assert evening.files[COPYIST][3] in sent[0]  # what was voted for
    (asked,) = nemo.asked("run")
    prompt = asked.json["new_message"]["parts"][0]["text"]
    names = [f"User {person}" for person in PEOPLE if person not in {OPTED_OUT, LEAVER}]
    assert sorted(prompt.partition('End credits "')[2].rstrip('".').split(", ")) == sorted([*names, "Bo"])
    (made,) = telegram.films(GROUP.id)
    assert "49 in the film; 3 not: 2 duplicates, 1 too big" in made["caption"]
    assert len(evening.everything()) <= 10, telegram.texts(GROUP.id)
