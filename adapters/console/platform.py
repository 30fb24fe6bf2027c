"""The console as a platform: a script of messages, played as a person would type them."""

from __future__ import annotations

import asyncio
import mimetypes
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.console.journal import Journal
from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender
from bot.core.errors import MediaError
from bot.core.media import MediaRef, kind_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

    from adapters.console.outbox import ConsoleOutbox

NAME = "console"
CHUNK = 1 << 18
QUIET = 0.6
"""Seconds without anything new after which an answer is complete."""
PATIENCE = 20.0
"""Seconds without any sign after which a message counts as answered before a restart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a script."""

    text: str = ""
    media: tuple[Path, ...] = ()


class Console:
    """`engine.ports.Platform` for a scripted conversation."""

    name = NAME

    def __init__(self, *, outbox: ConsoleOutbox, script: Sequence[Message], journals: Path, language: str) -> None:
        self.outbox = outbox
        self._script = script
        self._language = language
        words = [message.text + "\n".join(str(path) for path in message.media) for message in script]
        self._journal = Journal.of(journals, [*words, str(outbox.out)])

    async def run(self, accept: Callable[[Inbound], Awaitable[None]]) -> None:
        """Say each line and wait until it is answered."""
        for number, message in enumerate(self._script, 1):
            if number <= self._journal.answered:
                continue
            self._show(message)
            replies = self.outbox.replies
            await accept(self._inbound(number, message))
            await self._answered(replies)
            self._journal.answered = number
            self._journal.save()
        self._journal.finish()

    @asynccontextmanager
    async def open_media(self, ref: MediaRef) -> AsyncIterator[AsyncIterator[bytes]]:
        """Read a file in pieces. Raises MediaError when it is gone."""
        try:
            file = await asyncio.to_thread(open, ref.locator, "rb")
        except OSError:
            raise MediaError("media.vanished", name=ref.name) from None

        async def chunks() -> AsyncIterator[bytes]:
            while chunk := await asyncio.to_thread(file.read, CHUNK):
                yield chunk

        with file:
            yield chunks()

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

    async def _answered(self, replies: int) -> None:
        """Wait until something was said, no live line is open, and it has been quiet for a moment."""
        outbox = self.outbox
        while True:
            outbox.stirred.clear()
            waiting = outbox.replies == replies
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE if waiting else QUIET):
                    await outbox.stirred.wait()
                continue
            if waiting or not outbox.open_lines:
                return


def media_ref(path: Path) -> MediaRef:
    """A file on this disk."""
    mime = mimetypes.guess_type(path.name)[0] or ""
    size = path.stat().st_size if path.exists() else None
    return MediaRef(
        platform=NAME,
        locator=str(path.absolute()),
        name=path.name,
        kind=kind_of(path.name, mime),
        mime=mime,
        size=size,
    )
