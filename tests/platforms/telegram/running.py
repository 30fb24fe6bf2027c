"""The unmodified bot on a Telegram server and an editing service, both scripted, in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from adapters.telegram.config import TelegramConfig, Timing
from adapters.telegram.platform import Telegram
from bot import app
from bot.i18n import catalog
from bot.settings import NemoSettings, Settings
from bot.store.database import Database
from bot.store.notebook import SqlNotebook
from tests.engine.chat import FAST
from tests.servers.nemo import NemoServer
from tests.servers.telegram import TOKEN, TelegramServer

TIMING = Timing(
    poll=1,
    retry_first=0.05,
    retry_most=0.2,
    retry_total=20.0,
    answer=5.0,
    upload_silence=5.0,
    edit_every=0.02,
    edit_every_group=0.02,
    action_every=0.1,
)


@dataclass
class Bot:
    """A running bot, and the chats it talks in."""

    server: TelegramServer
    platform: Telegram

    def says(self, part: str, *, chat: int = 7) -> bool:
        return any(part in text for text in self.server.texts(chat))

    async def until(self, condition: Callable[[], object], seconds: float = 60.0) -> None:
        """Wait until something is true; on a time-out the failure shows what was said."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            said = [message.get("text", "(film)") for message in self.server.messages.values()]
            methods = [call.method for call in self.server.calls][-30:]
            raise AssertionError(f"never happened; messages: {said}; last calls: {methods}") from None

    async def answered(self, update_id: int) -> None:
        """Wait until an update was confirmed: it is on disk."""
        await self.until(lambda: self.server.confirmed > update_id)


@asynccontextmanager
async def bot_on_telegram(
    server: TelegramServer, nemo: NemoServer, folder: Path, *, policy: dict[str, Any] | None = None, **config: Any
) -> AsyncIterator[Bot]:
    """As `bot.run.serve` composes it."""
    settings = Settings(
        _env_file=None,
        data_dir=folder,
        backend="nemo",
        policy=FAST | (policy or {}),
        nemo=NemoSettings(_env_file=None, api_url=nemo.url),
    )
    folder.mkdir(parents=True, exist_ok=True)
    notes = Database(folder / app.DATABASE)
    chosen = replace(TelegramConfig(token=TOKEN, api_url=server.url, timing=TIMING), **config)
    try:
        async with (
            Telegram.opened(chosen, SqlNotebook(notes, Telegram.name), catalog.load()) as platform,
            asyncio.TaskGroup() as group,
        ):
            serving = group.create_task(app.run(settings, [platform]))
            yield Bot(server, platform)
            serving.cancel()
    finally:
        await notes.close()
