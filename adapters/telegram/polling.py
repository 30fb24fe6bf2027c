"""Updates by long polling: the next request, which confirms them, leaves when every one is on disk."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from telegram.error import Conflict, InvalidToken, TelegramError

from adapters.telegram.faults import Flood, TokenRefused
from adapters.telegram.lenient import DIGITS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.telegram.bot import Api
    from adapters.telegram.config import Timing

log = logging.getLogger(__name__)


AT_ONCE = 0.5
"""A server that has nothing new and says so sooner does not wait for news: it is asked twice a second."""


class Reception:
    """How receiving goes, for whoever asks."""

    def __init__(self) -> None:
        self.ready = False
        """Updates arrive, or would."""
        self.conflict = False
        """Another program fetches this bot's updates."""


async def poll(bot: Api, take: Callable[[Any], Awaitable[None]], timing: Timing, reception: Reception) -> None:
    """Receive until cancelled. Raises TokenRefused when the token is revoked meanwhile, and what `take` raises.

    The library's own poller confirms updates that are in memory only, and one update that it cannot read keeps it from
    all that come after.
    """
    offset, pause, now = 0, timing.retry_first, asyncio.get_running_loop().time
    while True:
        asked = now()
        try:
            updates = await bot.raw_updates(offset, wait=timing.poll)
        except InvalidToken:
            raise TokenRefused from None
        except Conflict:
            if not reception.conflict:
                log.error(  # noqa: TRY400 - a traceback adds nothing
                    "Another program is fetching this bot's updates (409). Only one may: stop the other one, or give "
                    "this one a token of its own. Trying again until it is gone."
                )
            reception.ready, reception.conflict = False, True
            await asyncio.sleep(pause)
        except Flood as flood:
            await asyncio.sleep(flood.seconds)
        except TelegramError as error:
            log.warning("no updates: %s", type(error).__name__)
            reception.ready = False
            await asyncio.sleep(pause)
            pause = min(2 * pause, timing.retry_most)
        else:
            reception.ready, reception.conflict, pause = True, False, timing.retry_first
            await _take_all(take, updates)
            if numbers := [number for raw in updates if (number := _number(raw)) is not None]:
                offset = max(numbers) + 1
            elif updates:  # nothing of it can be confirmed: it would come again at once
                await asyncio.sleep(pause)
            else:
                await asyncio.sleep(max(0.0, AT_ONCE - (now() - asked)))


async def _take_all(take: Callable[[Any], Awaitable[None]], updates: list[Any]) -> None:
    """In order within each chat. What many chats have to say at once is written down together."""
    lanes: dict[str, list[Any]] = {}
    moving = any(_moves(raw) for raw in updates)  # whatever is said in the new chat has to come after
    for raw in updates:
        lanes.setdefault("" if moving else _place(raw), []).append(raw)

    async def in_order(lane: list[Any]) -> None:
        for raw in lane:
            await take(raw)

    async with asyncio.TaskGroup() as group:
        for lane in lanes.values():
            group.create_task(in_order(lane))


def _place(raw: Any) -> str:  # noqa: ANN401 - whatever came
    """The chat that an update is about; those about none share one place."""
    for part in raw.values() if isinstance(raw, dict) else ():
        for about in (part, part.get("message")) if isinstance(part, dict) else ():
            if isinstance(about, dict) and isinstance(chat := about.get("chat"), dict):
                return str(chat.get("id"))
    return ""


def _moves(raw: Any) -> bool:  # noqa: ANN401
    message = raw.get("message") if isinstance(raw, dict) else None
    return isinstance(message, dict) and bool(message.keys() & {"migrate_to_chat_id", "migrate_from_chat_id"})


def _number(raw: Any) -> int | None:  # noqa: ANN401
    """An update's own number; some servers write it as text."""
    value = raw.get("update_id") if isinstance(raw, dict) else None
    if isinstance(value, str) and value.isdecimal() and len(value) < DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
