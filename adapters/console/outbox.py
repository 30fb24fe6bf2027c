"""The console's way out: words to the terminal, the film to a file."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryError
from bot.engine.ports import Limits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from adapters.console.terminal import Terminal
    from bot.core.chat import ChatRef, Inbound
    from bot.engine.ports import Button, Video


@dataclass(slots=True)
class ConsoleOutbox:
    """`engine.ports.Outbox`. Notes what happened, so that a script knows when its turn has come."""

    terminal: Terminal
    out: Path
    """Where the film goes; a film that exists is replaced."""
    open_lines: set[str] = field(default_factory=set)
    replies: int = 0
    films: list[Path] = field(default_factory=list)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def limits(self, chat: ChatRef) -> Limits:
        """A disk has no limits worth speaking of."""
        return Limits(video_bytes=2**63 - 1, text_units=2**31 - 1)

    async def acknowledge(self, inbound: Inbound) -> None:
        """Nothing: the person has just typed it."""

    async def say(self, chat: ChatRef, text: str, *, key: str, buttons: tuple[Button, ...] = ()) -> None:
        """Print it."""
        self.terminal.said("Bot", text)
        self._stir()

    async def status(self, chat: ChatRef, text: str, *, key: str, done: bool = False) -> None:
        """Change the live line, or end it."""
        if done:
            self.open_lines.discard(key)
            self.terminal.close_live(text)
        else:
            self.open_lines.add(key)
            self.terminal.live(text)
        self._stir()

    async def video(
        self,
        chat: ChatRef,
        video: Video,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
    ) -> str:
        """Copy the film beside its place and rename it there: complete or not at all, and harmless to repeat."""
        part = self.out.with_name(self.out.name + ".part")
        try:
            await asyncio.to_thread(_copy, video.path, part)
            os.replace(part, self.out)  # noqa: PTH105
        except OSError as error:
            raise DeliveryError from error
        await body_sent()
        self.films.append(self.out)
        size = f"{video.size / 1_000_000:.1f} MB"
        facts = f"{video.width}x{video.height} · {video.duration:.1f} s · {size}"
        self.terminal.said("Bot", f"🎞  {self.out}  ({facts})")
        self._stir()
        return str(self.out)

    def _stir(self) -> None:
        self.replies += 1
        self.stirred.set()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
