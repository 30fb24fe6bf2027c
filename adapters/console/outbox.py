"""The console's way out: words to the terminal, the film to a file."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryError
from bot.engine.ports import Limits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from adapters.console.terminal import Terminal
    from bot.core.chat import ChatRef, Inbound
    from bot.engine.ports import Button, Picture, Video


QUIET = 0.6
"""Seconds without anything new after which an answer is complete."""
PATIENCE = 20.0
"""Seconds without any sign after which a message counts as answered before a restart."""


@dataclass(slots=True)
class ConsoleOutbox:
    """`engine.ports.Outbox`. Notes what happened, so that a script knows when its turn has come."""

    terminal: Terminal
    out: Path
    """Where the film goes; a film that exists is replaced, unless films are numbered."""
    numbered: bool = False
    """Keep earlier films: `highlight.mp4`, `highlight-2.mp4`, ..."""
    open_lines: set[str] = field(default_factory=set)
    replies: int = 0
    films: list[Path] = field(default_factory=list)
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def limits(self, chat: ChatRef) -> Limits:
        """A disk has no limits worth speaking of."""
        return Limits(video_bytes=2**63 - 1, text_units=2**31 - 1)

    def invitation(self, code: str) -> str:
        """Nobody else can come here."""
        return ""

    async def acknowledge(self, inbound: Inbound) -> None:
        """Nothing: the person has just typed it."""

    async def say(self, chat: ChatRef, text: str, *, key: str, buttons: tuple[Button, ...] = ()) -> None:
        """Print it."""
        offers = "  ".join(f"‹{button.label}: {_said(button)}›" for button in buttons)
        self.terminal.said("Bot", f"{text}\n{offers}" if offers else text)
        self._stir()

    async def whisper(self, chat: ChatRef, text: str, *, key: str, passing: bool = False) -> bool:
        """Nobody else is listening: it is said as everything else."""
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
        """Copy it beside the film's place and print its words."""
        out = self.out.with_name(picture.name)
        try:
            await asyncio.to_thread(_copy, picture.path, out)
        except OSError as error:
            raise DeliveryError from error
        await body_sent()
        await self.say(chat, f"🖼  {out}\n{picture.caption}", key=key, buttons=buttons)

    async def poll(self, chat: ChatRef, question: str, options: Sequence[tuple[str, str]], *, key: str) -> None:
        """Nothing: one person needs no vote."""

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
        as_file: bool = False,
    ) -> str:
        """Copy the film beside its place and rename it there: complete or not at all, and harmless to repeat."""
        out = await asyncio.to_thread(_free, self.out) if self.numbered else self.out
        try:
            await asyncio.to_thread(_copy, video.path, out)
        except OSError as error:
            raise DeliveryError from error
        await body_sent()
        self.films.append(out)
        size = f"{video.size / 1_000_000:.1f} MB"
        facts = f"{video.width}x{video.height} · {video.duration:.1f} s · {size}"
        self.terminal.said("Bot", f"🎞  {out}  ({facts})")
        self._stir()
        return str(out)

    async def settled(self, since: int) -> None:
        """Wait until something came after reply number `since`, no live line is open, and it is quiet."""
        while True:
            self.stirred.clear()
            waiting = self.replies == since
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE if waiting else QUIET):
                    await self.stirred.wait()
                continue
            if waiting or not self.open_lines:
                return

    def _stir(self) -> None:
        self.replies += 1
        self.stirred.set()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    shutil.copyfile(source, part)
    part.replace(target)


def _free(wanted: Path) -> Path:
    names = (wanted.with_stem(f"{wanted.stem}-{number}") for number in itertools.count(2))
    return next(path for path in itertools.chain([wanted], names) if not path.exists())


def _said(button: Button) -> str:
    """What to type where there is nothing to press."""
    return f"/{button.command}" if button.command else button.prompt
