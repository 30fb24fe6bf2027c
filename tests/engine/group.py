"""A group of people around a chat for tests of events, and a bot in it that collects."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from PIL import Image

from bot.core.chat import ChatKind
from bot.engine.turn import Desk
from tests.engine.chat import Chat, bot_on
from tests.servers.nemo import NemoServer

CARD = "event:1:card"
TALL = 50
"""Photos of this number and beyond are higher than wide."""


class Group:
    """People who write into one chat, and their photos."""

    def __init__(self, chat: Chat, folder: Path) -> None:
        self.chat = chat
        self.say = partial(chat.send, kind=ChatKind.GROUP)
        self._folder = folder
        self.desk: Desk

    def picture(self, number: int) -> Path:
        """A photo; each number another one, that nobody takes for any other."""
        file = self._folder / f"IMG_{number}.jpg"
        if not file.exists():
            size = (160, 240) if number >= TALL else (240, 160)
            Image.effect_noise((96, 64), 60 + number).resize(size).convert("RGB").save(file)
        return file

    def copy(self, number: int) -> Path:
        """The same photo under another name."""
        return Path(shutil.copy(self.picture(number), self._folder / f"copy_{number}.jpg"))

    async def photo(self, who: str, *photos: int | Path, **more: str) -> str:
        """Send photos; gives the id of the message."""
        files = [self.picture(photo) if isinstance(photo, int) else photo for photo in photos]
        return await self.say("", *files, who=who, addressed=False, **more)

    async def order(self, text: str, who: str = "ana", command: str = "event", **more: str) -> None:
        await self.say(text, who=who, command=command, **more)

    async def answer(self, text: str, who: str = "ana", command: str = "event", **more: str) -> str:
        """The next message after an order, but for the one that says that it waits."""
        count = len(self.chat.texts)
        await self.order(text, who, command, **more)
        await self.chat.until(lambda: self._answers(count))
        return self._answers(count)[0]

    def _answers(self, after: int) -> list[str]:
        return [text for text in self.chat.texts[after:] if not text.startswith("📝")]

    async def film(self, who: str = "ana", text: str = "go") -> None:
        """Ask for a film and wait for it."""
        count = len(self.chat.films)
        await self.order(text, who)
        await self.chat.until(lambda: len(self.chat.films) > count and not self.chat.open_lines - self.standing)

    @property
    def standing(self) -> set[str]:
        """Lines that are edited in place as long as a collection is open."""
        return {CARD, "event:1:choice"}

    @property
    def card(self) -> str:
        return self.chat.shown.get(CARD, "")

    async def reads(self, words: str) -> None:
        """Wait until the card ends so."""
        await self.chat.until(lambda: self.card.endswith(words), 30)


@asynccontextmanager
async def collecting(
    nemo: NemoServer, chat: Chat, folder: Path, title: str = "", **policy: float
) -> AsyncIterator[Group]:
    """The whole bot in a group where Ana has begun a collection."""
    group = Group(chat, folder)
    async with bot_on(nemo.url, folder / "bot", chat, **policy) as intake:
        group.desk = intake._desk
        await group.order(f'start "{title}"' if title else "start")
        await group.reads("0 photos · 0 people")
        yield group


def uploads(nemo: NemoServer) -> list[str]:
    """Names of the files that the service was sent, in order."""
    return [seen.body.split(b'filename="')[1].split(b'"')[0].decode() for seen in nemo.asked("upload")]


def prompts(nemo: NemoServer) -> list[str]:
    """What the agent was asked."""
    return [seen.json["new_message"]["parts"][0]["text"] for seen in nemo.asked("run")]
