"""The console's two uses: the demo, a script with sample photos, and a conversation typed by a person."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from adapters.console.chat import ConsoleChat
from adapters.console.lines import Message
from adapters.console.outbox import ConsoleOutbox
from adapters.console.platform import Console
from adapters.console.terminal import Terminal
from bot import app
from bot.settings import child_environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.settings import Settings

SAY = 'turn these photos into a 30-second highlight reel with music and transitions, title "A weekend away"'
SAMPLES = 10
WELCOME = (
    "Drag photos or clips into this window, or type their paths, and say what to make of them. "
    "/help helps, Ctrl-C stops what is running, /quit leaves."
)


async def play(settings: Settings, *, media: Sequence[Path], says: Sequence[str] | None, out: Path) -> int:
    """Play the conversation; 0 when a film came of it or when it was the caller's own script."""
    terminal = Terminal()
    files = tuple(media) or await _samples(settings.data_dir / "samples", terminal)
    script = [Message(media=files), *(Message(text=text) for text in (says or [SAY]))]
    outbox = ConsoleOutbox(terminal=terminal, out=out)
    console = Console(outbox=outbox, script=script, journals=settings.data_dir / "console", language="en")
    await app.run(settings, [console])
    return 0 if outbox.films or says else 1


async def converse(settings: Settings, *, out: Path) -> None:
    """A conversation typed at this terminal."""
    terminal = Terminal()
    terminal.said("Bot", WELCOME)
    outbox = ConsoleOutbox(terminal=terminal, out=out, numbered=True)
    await app.run(settings, [ConsoleChat(outbox=outbox, descriptor=sys.stdin.fileno(), language="en")])


async def _samples(folder: Path, terminal: Terminal) -> tuple[Path, ...]:
    """Paint sample photos once; later demos use them again."""
    if len(found := _photos(folder)) >= SAMPLES:
        return found
    terminal.live("🎨 No photos given: painting some samples …")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.studio.samples",
        str(folder),
        "--count",
        str(SAMPLES),
        stdout=asyncio.subprocess.PIPE,
        env=child_environment(),
    )
    assert process.stdout is not None
    painted = 0
    while await process.stdout.readline():
        painted += 1
        terminal.live(f"🎨 No photos given: painting some samples … {painted}/{SAMPLES}")
    if await process.wait() != 0:
        raise SystemExit("The sample photos could not be painted; name photos of your own: highlight-bot demo MEDIA...")
    terminal.close_live(f"🎨 {SAMPLES} sample photos painted.")
    return _photos(folder)


def _photos(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("IMG_*")))
