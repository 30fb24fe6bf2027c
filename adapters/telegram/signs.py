"""Small signs of life: a reaction to what arrived, and "is recording a video" while a job runs."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from telegram.constants import ChatAction, ReactionEmoji

from adapters.telegram.ids import topic_of
from adapters.throttle import Paused
from bot.core.chat import ChatKind
from bot.core.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from adapters.telegram.bot import Api
    from adapters.telegram.calls import Calls
    from adapters.telegram.config import Timing
    from adapters.throttle import LiveLines
    from bot.core.chat import ChatRef, Inbound

WAITING = 1000
REMEMBERED = 2000
"""Albums and messages that had their reaction: each gets one."""
AT_ONCE = 8


class Signs:
    """Nothing waits for a sign, and a sign that fails is not missed."""

    def __init__(self, bot: Api, calls: Calls, lines: LiveLines, timing: Timing) -> None:
        self._bot = bot
        self._calls = calls
        self._lines = lines
        self._timing = timing
        self._received: asyncio.Queue[Inbound] = asyncio.Queue(WAITING)
        self._reacted: OrderedDict[tuple[str, str, str], None] = OrderedDict()
        self._sending: Counter[ChatRef] = Counter()
        self._acting: set[ChatRef] = set()
        self._places = asyncio.Semaphore(AT_ONCE)

    def received(self, inbound: Inbound) -> None:
        """React to a message, once per album; in a group only when it was meant for the bot."""
        if inbound.chat_kind is not ChatKind.PRIVATE and not inbound.addressed:
            return
        what = (inbound.chat.key, inbound.group_id, "" if inbound.group_id else inbound.message_id)
        if what in self._reacted:
            return
        self._reacted[what] = None
        if len(self._reacted) > REMEMBERED:
            self._reacted.popitem(last=False)
        with suppress(asyncio.QueueFull):
            self._received.put_nowait(inbound)

    @contextmanager
    def sending(self, chat: ChatRef) -> Iterator[None]:
        """A film is on its way to this chat."""
        self._sending[chat] += 1
        try:
            yield
        finally:
            self._sending[chat] -= 1
            self._sending += Counter()  # drop what came down to nothing

    async def run(self) -> None:
        """Give signs until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._react(group))
            while True:
                chats = self._lines.working(within=self._timing.action_life) | set(self._sending)
                for chat in chats - self._acting:  # where an answer is slow, no second one is asked for
                    kind = ChatAction.UPLOAD_VIDEO if chat in self._sending else ChatAction.RECORD_VIDEO
                    self._acting.add(chat)
                    group.create_task(self._act(chat, kind))
                await asyncio.sleep(self._timing.action_every)

    async def _react(self, group: asyncio.TaskGroup) -> None:
        while True:
            inbound = await self._received.get()
            group.create_task(self._quietly(inbound.chat, self._reaction(int(inbound.message_id))))

    async def _act(self, chat: ChatRef, kind: ChatAction) -> None:
        try:
            await self._quietly(chat, self._action(chat, kind))
        finally:
            self._acting.discard(chat)

    def _action(self, chat: ChatRef, kind: ChatAction) -> Callable[[int], Awaitable[bool]]:
        return lambda where: self._bot.send_chat_action(where, kind, message_thread_id=topic_of(chat))

    def _reaction(self, message_id: int) -> Callable[[int], Awaitable[bool]]:
        return lambda where: self._bot.set_message_reaction(where, message_id, ReactionEmoji.EYES)

    async def _quietly(self, chat: ChatRef, act: Callable[[int], Awaitable[bool]]) -> None:
        async with self._places:
            with suppress(Paused, DeliveryError):
                await self._calls.to(chat, act, wait=False)
