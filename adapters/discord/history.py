"""Messages of the past: the last ones with media, those from here on, and those that were missed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from adapters.discord.media import message_media, usable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from adapters.discord.rest import Rest
    from bot.core.media import MediaRef

PAGE = 100
PAGES = 5
"""Most pages that are read at once: what is older than that is named, not fetched."""
FAR = 50
"""The same where messages that are known to be there are looked for."""


async def latest(rest: Rest, channel: str, count: int, *, member: str) -> tuple[MediaRef, ...]:
    """Media of a channel's last messages, oldest first, of everybody or of one member. Raises Fault."""
    messages = await rest.history(channel, limit=min(count, PAGE))
    return _media(reversed(messages), member)


async def since(rest: Rest, channel: str, message: str) -> tuple[MediaRef, ...]:
    """Media of a message and of all that followed, oldest first. Raises Fault."""
    return _media(await after(rest, channel, str(int(message) - 1)), "")


async def among(rest: Rest, channel: str, wanted: Collection[str]) -> list[dict[str, Any]]:
    """Those of these messages that are still there, oldest first. Raises Fault."""
    numbers = sorted(int(message) for message in wanted)
    found = await after(rest, channel, str(numbers[0] - 1), pages=FAR, until=numbers[-1])
    return [message for message in found if str(message["id"]) in wanted]


async def after(
    rest: Rest, channel: str, message: str, *, pages: int = PAGES, until: int = sys.maxsize
) -> list[dict[str, Any]]:
    """Messages behind another one, oldest first, to the page that has the one of number `until`. Raises Fault."""
    found: list[dict[str, Any]] = []
    for _ in range(pages):
        page = sorted(await rest.history(channel, limit=PAGE, after=message), key=lambda one: int(one["id"]))
        found += page
        if len(page) < PAGE or int(page[-1]["id"]) >= until:
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
