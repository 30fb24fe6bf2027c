"""A first word with Discord, for the operator's doctor: does it know the token? Nothing but two questions over REST."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import discord

from adapters.discord.door import Http
from adapters.discord.platform import BadToken

if TYPE_CHECKING:
    from adapters.discord.addresses import Addresses


async def greet(token: str, addresses: Addresses, *, limit: float) -> str:
    """What Discord says about the bot. Raises BadToken, or ConnectionError when it says nothing for `limit` s."""
    http = Http(asyncio.get_running_loop(), max_ratelimit_timeout=limit)
    http.addresses = addresses
    try:
        async with asyncio.timeout(limit):
            user = await http.static_login(token)
            flags = discord.ApplicationFlags._from_value(int((await http.application_info()).get("flags", 0)))  # noqa: SLF001 - the only way from a number
        granted = flags.gateway_message_content or flags.gateway_message_content_limited
        return f"{user['username']}; the message content intent is {'granted' if granted else 'not granted'}"
    except discord.LoginFailure:
        raise BadToken from None
    except (TimeoutError, discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise ConnectionError(f"Discord does not answer: {type(error).__name__}") from None
    finally:
        await http.close()
