"""A conversation typed at a terminal."""

from __future__ import annotations

import asyncio
import secrets
import signal
from contextlib import AbstractAsyncContextManager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.console.files import media_ref, opened
from adapters.console.keyboard import typed_lines
from adapters.console.lines import Message, read_line
from bot.core.chat import ChatKind, ChatMoved, ChatRef, EventId, Inbound, Sender

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection

    from adapters.console.outbox import ConsoleOutbox
    from bot.core.media import MediaRef

NAME = "console"
CHAT = "chat"
QUIT = frozenset({"quit", "exit", "bye"})


class ConsoleChat:
    """`engine.ports.Platform` for a person. The chat is one and the same after a restart: its project goes on."""

    name = NAME

    def __init__(self, *, outbox: ConsoleOutbox, descriptor: int, language: str) -> None:
        self.outbox = outbox
        self._descriptor = descriptor
        self._language = language
        self._run = secrets.token_hex(4)
        self._count = 0

    async def run(self, accept: Callable[[Inbound | ChatMoved], Awaitable[None]]) -> None:
        """Take lines until /quit or the end of input. Ctrl-C stops the turn; with nothing to stop, it leaves."""
        loop = asyncio.get_running_loop()
        stopping: asyncio.Queue[None] = asyncio.Queue()
        with suppress(NotImplementedError):
            loop.add_signal_handler(signal.SIGINT, stopping.put_nowait, None)
        try:
            async with asyncio.TaskGroup() as group:
                heeding = group.create_task(self._heed(stopping, accept))
                typing = group.create_task(self._take(accept))
                done, _ = await asyncio.wait({heeding, typing}, return_when=asyncio.FIRST_COMPLETED)
                for task in {heeding, typing} - done:
                    task.cancel()
        finally:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(signal.SIGINT)

    async def decides(self, chat: ChatRef, person: str) -> bool:
        """Who sits at the machine decides."""
        return True

    async def signs(self, chat: ChatRef, messages: Collection[str]) -> None:
        """There are none on a terminal."""

    async def present(self, chat: ChatRef, person: str) -> None:
        """Nobody leaves."""

    def open_media(self, ref: MediaRef) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Read a file in pieces. Raises MediaError when it is gone."""
        return opened(ref)

    async def _heed(
        self, stopping: asyncio.Queue[None], accept: Callable[[Inbound | ChatMoved], Awaitable[None]]
    ) -> None:
        while True:
            await stopping.get()
            if not self.outbox.open_lines:
                return
            await accept(self._inbound(Message(command="stop")))

    async def _take(self, accept: Callable[[Inbound | ChatMoved], Awaitable[None]]) -> None:
        replies = -1
        async for line in typed_lines(self._descriptor):
            message = read_line(line)
            if message.command in QUIT:
                return
            if message != Message():
                replies = self.outbox.replies
                await accept(self._inbound(message))
        await self.outbox.settled(replies)

    def _inbound(self, message: Message) -> Inbound:
        self._count += 1
        return Inbound(
            event_id=EventId(f"{NAME}:{self._run}:{self._count:06d}"),
            chat=ChatRef(platform=NAME, chat_id=CHAT),
            chat_kind=ChatKind.PRIVATE,
            message_id=str(self._count),
            sender=Sender(id="you", name="You"),
            at=datetime.now(UTC),
            language=self._language,
            text=message.text,
            command=message.command,
            media=tuple(media_ref(path) for path in message.media),
        )
