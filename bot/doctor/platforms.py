"""The chat platforms that are set up: whether their tokens look like tokens, and whether the platform takes them.

No token is shown, and none that does not look like one is sent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adapters.discord.addresses import Addresses
from adapters.discord.greet import greet as greet_discord
from adapters.telegram.config import TelegramConfig
from adapters.telegram.greet import greet as greet_telegram
from bot.core.errors import BotError
from bot.doctor.finding import Finding, fault, note
from bot.i18n import catalog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from bot.settings import Settings

LIMIT = 15.0
"""Seconds for a platform to answer."""
TELEGRAM_FORM = re.compile(r"\d{3,20}:[\w-]{20,}", re.ASCII)
DISCORD_FORM = re.compile(r"[\w-]+\.[\w-]+\.[\w-]{20,}", re.ASCII)


async def look_at_platforms(settings: Settings, *, limit: float = LIMIT) -> AsyncIterator[Finding]:
    """A line per platform that has a token; a note when none has."""
    telegram, discord = settings.telegram, settings.discord
    if telegram.token is not None:
        token = telegram.token.get_secret_value()
        config = TelegramConfig(token=token, api_url=telegram.api_url)
        fix = "Copy the whole token from BotFather: digits:letters."
        looks = TELEGRAM_FORM.fullmatch(token)
        yield await _asked("telegram", greet_telegram(config, limit=limit)) if looks else _malformed("telegram", fix)
    if discord.token is not None:
        token = discord.token.get_secret_value()
        addresses = Addresses(api=discord.api_url, cdn=discord.cdn_url, gateway=discord.gateway_url)
        fix = "Copy the whole token from the developer portal: three parts with dots between."
        looks = DISCORD_FORM.fullmatch(token)
        yield (
            await _asked("discord", greet_discord(token, addresses, limit=limit))
            if looks
            else _malformed("discord", fix)
        )
    if telegram.token is None and discord.token is None:
        yield note("platforms", "no chat platform is set up", fix="Set TELEGRAM_TOKEN or DISCORD_TOKEN to serve one.")


async def _asked(name: str, greeting: Awaitable[str]) -> Finding:
    try:
        return Finding(part=name, text=await greeting)
    except BotError as error:
        return fault(name, "the token is refused", fix=catalog.load().text("en", error.key, **error.params))
    except ConnectionError as error:
        return fault(name, str(error), fix=f"Check the network, and {name.upper()}_API_URL if it is set.")


def _malformed(name: str, fix: str) -> Finding:
    return fault(name, f"{name.upper()}_TOKEN does not have the form of a token.", fix=fix)
