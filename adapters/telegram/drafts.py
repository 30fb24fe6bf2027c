"""Live lines as drafts: a preview in a private chat that leaves no message behind, where Telegram has them."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    chat: ChatRef
    text: str
    said: float
    """When the job had this to show."""
    painted: float


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
        self._shown[key] = _Shown(chat=chat, text=text, said=now, painted=now)
        try:
            await self._paint(chat, text, key)
        except DeliveryError:
            self.end(key)
            return False
        return True

    def end(self, key: str) -> None:
        """A message takes the draft's place."""
        self._shown.pop(key, None)

    async def run(self) -> None:
        """Keep drafts from fading, until cancelled."""
        while True:
            await asyncio.sleep(self._timing.draft_every / 4)
            now = asyncio.get_running_loop().time()
            for key, shown in list(self._shown.items()):
                if now - shown.said > self._timing.action_life:
                    self.end(key)
                elif now - shown.painted >= self._timing.draft_every:
                    await self._again(key, shown, now)

    async def _again(self, key: str, shown: _Shown, now: float) -> None:
        self._shown[key] = _Shown(chat=shown.chat, text=shown.text, said=shown.said, painted=now)
        try:
            await self._paint(shown.chat, shown.text, key)
        except (Paused, DeliveryError):
            return  # it fades; the next change shows it again

    async def _paint(self, chat: ChatRef, text: str, key: str) -> None:
        await self._calls.to(
            chat,
            lambda where: self._bot.send_message_draft(where, _number(key), text, message_thread_id=topic_of(chat)),
            wait=False,
        )


def _number(key: str) -> int:
    """The same for the same job, also after a restart; never 0."""
    return 1 + int.from_bytes(hashlib.sha256(key.encode()).digest()[:3], "big")
