"""The console as a platform: a script of messages, played as a person would type them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.console.files import media_ref, opened
from adapters.console.journal import Journal
from bot.core.chat import ChatKind, ChatMoved, ChatRef, EventId, Inbound, Sender

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from adapters.console.lines import Message
    from adapters.console.outbox import ConsoleOutbox
    from bot.core.media import MediaRef

NAME = "console"


class Console:
    """`engine.ports.Platform` for a scripted conversation."""

    name = NAME

    def __init__(self, *, outbox: ConsoleOutbox, script: Sequence[Message], journals: Path, language: str) -> None:
        self.outbox = outbox
        self._script = script
        self._language = language
        words = [message.text + "\n".join(str(path) for path in message.media) for message in script]
        self._journal = Journal.of(journals, [*words, str(outbox.out)])

    async def run(self, accept: Callable[[Inbound | ChatMoved], Awaitable[None]]) -> None:
        """Say each line and wait until it is answered."""
        for number, message in enumerate(self._script, 1):
            if number <= self._journal.answered:
                continue
            self._show(message)
            replies = self.outbox.replies
            await accept(self._inbound(number, message))
            await self.outbox.settled(replies)
            self._journal.answered = number
            self._journal.save()
        self._journal.finish()

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

    def _inbound(self, number: int, message: Message) -> Inbound:
        run = self._journal.run
        return Inbound(
            event_id=EventId(f"{NAME}:{run}:{number:04d}"),
            chat=ChatRef(platform=NAME, chat_id=run),
            chat_kind=ChatKind.PRIVATE,
            message_id=str(number),
            sender=Sender(id="you", name="You"),
            at=datetime.now(UTC),
            language=self._language,
            text=message.text,
            media=tuple(media_ref(path) for path in message.media),
        )

    def _show(self, message: Message) -> None:
        if message.media:
            names = [path.name for path in message.media]
            shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
            self.outbox.terminal.said("You", f"📎 {shown}")
        if message.text:
            self.outbox.terminal.said("You", message.text)
