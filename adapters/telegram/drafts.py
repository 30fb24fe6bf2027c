"""Live lines as drafts: a preview in a private chat that leaves no message behind, where Telegram has them."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from adapters.telegram.ids import is_group, topic_of
from adapters.throttle import Paused
from bot.core.errors import DeliveryError

if TYPE_CHECKING:
    from adapters.telegram.bot import Api
    from adapters.telegram.calls import Calls
    from adapters.telegram.config import TelegramConfig
    from bot.core.chat import ChatRef

DRAFT = "draft"
"""Stands for the message id of a line that is none yet."""


@dataclass(slots=True, kw_only=True)
class _Shown:
    chat: ChatRef
    text: str
    said: float
    """When the job had this to show."""
    painted: float
    painting: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while it is on its way: what comes after it must not be overtaken by it."""


class Drafts:
    """A draft fades after thirty seconds: shown again until its job ends, or has had nothing to show for long."""

    def __init__(self, bot: Api, calls: Calls, config: TelegramConfig) -> None:
        self._bot = bot
        self._calls = calls
        self._on = config.drafts
        self._timing = config.timing
        self._shown: dict[str, _Shown] = {}

    async def show(self, chat: ChatRef, text: str, *, key: str) -> bool:
        """Whether the line could be shown so; else it has to be a message. Raises Paused."""
        if not self._on or is_group(chat):
            return False
        now = asyncio.get_running_loop().time()
        shown = self._shown.setdefault(key, _Shown(chat=chat, text=text, said=now, painted=now))
        shown.text, shown.said, shown.painted = text, now, now
        try:
            await self._paint(key, shown)
        except DeliveryError:
            await self.end(key)
            return False
        return True

    async def end(self, key: str) -> None:
        """A message takes the draft's place: on return none is on its way any more."""
        if shown := self._shown.pop(key, None):
            async with shown.painting:
                return

    async def run(self) -> None:
        """Keep drafts from fading, until cancelled."""
        while True:
            await asyncio.sleep(self._timing.draft_every / 4)
            now = asyncio.get_running_loop().time()
            for key, shown in list(self._shown.items()):
                if now - shown.said > self._timing.action_life:
                    await self.end(key)
                elif now - shown.painted >= self._timing.draft_every:
                    shown.painted = now
                    with suppress(Paused, DeliveryError):  # it fades; the next change shows it again
                        await self._paint(key, shown)

    async def _paint(self, key: str, shown: _Shown) -> None:
        topic = topic_of(shown.chat)
        async with shown.painting:
            if self._shown.get(key) is shown:
                await self._calls.to(
                    shown.chat,
                    lambda where: self._bot.send_message_draft(
                        where, _number(key), shown.text, message_thread_id=topic
                    ),
                    wait=False,
                )


def _number(key: str) -> int:
    """The same for the same job, also after a restart; never 0."""
    return 1 + int.from_bytes(hashlib.sha256(key.encode()).digest()[:3], "big")
