"""Messages of the past: the last ones with media, those from here on, and those that were missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.discord.media import message_media, usable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adapters.discord.rest import Rest
    from bot.core.media import MediaRef

PAGE = 100
PAGES = 5
"""Most pages that are read at once: what is older than that is named, not fetched."""


async def latest(rest: Rest, channel: str, count: int, *, member: str) -> tuple[MediaRef, ...]:
    """Media of a channel's last messages, oldest first, of everybody or of one member. Raises Fault."""
    messages = await rest.history(channel, limit=min(count, PAGE))
    return _media(reversed(messages), member)


async def since(rest: Rest, channel: str, message: str) -> tuple[MediaRef, ...]:
    """Media of a message and of all that followed, oldest first. Raises Fault."""
    return _media(await after(rest, channel, str(int(message) - 1)), "")


async def after(rest: Rest, channel: str, message: str) -> list[dict[str, Any]]:
    """Messages behind another one, oldest first. Raises Fault."""
    found: list[dict[str, Any]] = []
    for _ in range(PAGES):
        page = sorted(await rest.history(channel, limit=PAGE, after=message), key=lambda one: int(one["id"]))
        found += page
        if len(page) < PAGE:
            break
        message = str(page[-1]["id"])
    return found


def _media(messages: Iterable[dict[str, Any]], member: str) -> tuple[MediaRef, ...]:
    return tuple(
        ref
        for message in messages
        if not message["author"].get("bot") and (not member or str(message["author"]["id"]) == member)
        for ref in usable(message_media(message))
    )
