"""Telegram keeps updates for a day: whoever does not fetch them for longer has missed some, and cannot ask for them."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.telegram.polling import Reception
    from bot.engine.ports import Notebook

NOTE = "heard"
KEPT = 86_400.0
"""Seconds that Telegram keeps an update."""
EVERY = 300.0
"""Seconds between two notes that updates arrive."""
SOON = 1.0


async def watch(notebook: Notebook, reception: Reception, missed: Callable[[], Awaitable[None]]) -> None:
    """Note that updates arrive, until cancelled; `missed` is awaited first where they did not for too long."""
    while True:
        if reception.ready:
            now, before = time.time(), float(await notebook.read(NOTE) or "inf")
            if now - before > KEPT:
                await missed()
            await notebook.write(NOTE, f"{now:.0f}")
        await asyncio.sleep(EVERY if reception.ready else SOON)
