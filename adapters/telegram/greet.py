"""A first word with Telegram, for the operator's doctor: does it know the token?"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from adapters.telegram.bot import connected

if TYPE_CHECKING:
    from adapters.telegram.config import TelegramConfig


async def greet(config: TelegramConfig, *, limit: float) -> str:
    """What Telegram says about the bot. Raises TokenRefused, or ConnectionError when it says nothing for `limit` s."""
    try:
        async with asyncio.timeout(limit), connected(config) as bot:
            reads = "reads" if bot.bot.can_read_all_group_messages else "does not read"
            return f"@{bot.bot.username}; in groups it {reads} messages that are not addressed to it"
    except TimeoutError:
        raise ConnectionError(f"{config.api_url} does not answer") from None
