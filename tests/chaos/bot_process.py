"""The bot as a process of its own, on the chat service of `chat_server`. Settings come from the environment.

`python -m tests.chaos.bot_process CHAT_URL [--forgetful]`; forgetful drops the marks, for the control.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from bot import app, logs, settings
from bot.cli import EXIT_PASSING, EXIT_UNUSABLE
from bot.core.chat import ChatKind, ChatMoved, ChatRef, EventId, Inbound, Sender
from bot.core.errors import BotError
from bot.core.media import MediaRef, kind_of
from bot.core.turn import TurnId
from bot.engine.ports import Button, Limits, Picture, Video
from bot.i18n import catalog
from bot.store.sql import SqlStore


class HttpChat:
    """`engine.ports.Platform` and `Outbox` over HTTP."""

    name = "http"

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url, self._http = url, session

    @property
    def outbox(self) -> HttpChat:
        return self

    async def run(self, accept: Callable[[Inbound | ChatMoved], Awaitable[None]]) -> None:
        # Asked from the first update again after a restart: the service does not know what was handled.
        offset = 0
        while True:
            async with self._http.get(f"{self._url}/updates", params={"offset": offset}) as answer:
                for update in await answer.json():
                    await accept(self._inbound(offset, update))
                    offset += 1

    def _inbound(self, number: int, update: dict[str, object]) -> Inbound:
        files = [str(path) for path in update.get("media", [])]  # type: ignore[union-attr]
        return Inbound(
            event_id=EventId(f"http:{number:08d}"),
            chat=ChatRef(platform=self.name, chat_id=str(update.get("chat", "1"))),
            chat_kind=ChatKind.PRIVATE,
            message_id=str(number),
            sender=Sender(id="7"),
            at=datetime.now(UTC),
            text=str(update.get("text", "")),
            command=str(update.get("command", "")),
            media=tuple(
                MediaRef(platform=self.name, locator=path, name=Path(path).name, kind=kind_of(path)) for path in files
            ),
        )

    @asynccontextmanager
    async def open_media(self, ref: MediaRef) -> AsyncIterator[AsyncIterator[bytes]]:
        async def chunks() -> AsyncIterator[bytes]:
            yield Path(ref.locator).read_bytes()

        yield chunks()

    def limits(self, chat: ChatRef) -> Limits:
        return Limits(video_bytes=int(os.environ.get("CHAT_LIMIT", "50000000")), text_units=4096)

    async def acknowledge(self, inbound: Inbound) -> None:
        return None

    async def say(self, chat: ChatRef, text: str, *, key: str, buttons: tuple[Button, ...] = ()) -> None:
        said = {
            "chat": chat.chat_id,
            "text": text,
            "key": key,
            "buttons": [button.command or button.prompt for button in buttons],
        }
        async with self._http.post(f"{self._url}/say", json=said):
            pass

    async def status(self, chat: ChatRef, text: str, *, key: str, done: bool = False) -> None:
        async with self._http.post(f"{self._url}/line", json={"chat": chat.chat_id, "text": text}):
            pass

    async def video(
        self,
        chat: ChatRef,
        video: Video,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
        as_file: bool = False,
    ) -> str:
        async def body() -> AsyncIterator[bytes]:
            film = video.path.read_bytes()
            yield film[:-1]
            await body_sent()  # before the film is of any use to the service, as both real platforms do it
            yield film[-1:]

        async with self._http.post(f"{self._url}/film", data=body(), params={"chat": chat.chat_id}) as answer:
            return str((await answer.json())["id"])

    async def whisper(self, chat: ChatRef, text: str, *, key: str, passing: bool = False) -> bool:
        return False

    async def picture(
        self,
        chat: ChatRef,
        picture: Picture,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
    ) -> None:
        await body_sent()
        async with self._http.post(f"{self._url}/sheet", params={"chat": chat.chat_id}):
            pass

    async def poll(self, chat: ChatRef, question: str, options: Sequence[tuple[str, str]], *, key: str) -> None:
        return None


class Forgetful(SqlStore):
    """A store without the marks that keep effects from being repeated: the control."""

    async def mark(self, turn_id: TurnId, name: str, value: str = "1") -> None:
        if name not in {"intent", "body", "submitting-0"}:
            await super().mark(turn_id, name, value)


async def main(url: str) -> None:
    loaded = settings.load()
    async with aiohttp.ClientSession() as session:
        await app.run(loaded, [HttpChat(url, session)])


def run(arguments: list[str]) -> int:
    """What `bot.cli` makes of the same errors."""
    if "--forgetful" in arguments:
        app.SqlStore = Forgetful  # type: ignore[misc]
    logs.set_up("WARNING", file=Path(os.environ["HIGHLIGHT_DATA_DIR"]).parent / "bot.log")
    try:
        asyncio.run(main(arguments[0]))
    except BotError as error:
        print(catalog.load().text("en", error.key, **error.params), file=sys.stderr)
        return EXIT_PASSING if error.passing else EXIT_UNUSABLE
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
