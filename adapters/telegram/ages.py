"""Notes that grow old: what nobody has asked for in half a year is forgotten."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

DAY = 86_400
KEEP_DAYS = 180
"""Days after which a button is too old to be pressed, and a film goes out by a fresh upload."""


def today() -> int:
    """Days since 1970."""
    return int(time.time() // DAY)


async def prune_daily(prune: Callable[[int], Awaitable[None]]) -> None:
    """Have everything older than KEEP_DAYS forgotten, now and once a day, until cancelled."""
    while True:
        await prune(today() - KEEP_DAYS)
        await asyncio.sleep(DAY)
