"""Every call to Telegram: at most so many at once, each chat's pauses kept, repeated only when that is harmless."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

from telegram.error import ChatMigrated, TelegramError

from adapters.telegram.faults import NONSENSE, AnswerLost, Flood, NotSent, TopicGone, Unwell, understood
from adapters.telegram.ids import topic_of
from adapters.throttle import Paused
from bot.core.errors import DeliveryError, DeliveryUnclear

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.telegram.config import Timing
    from bot.core.chat import ChatRef
    from bot.engine.ports import Notebook

log = logging.getLogger(__name__)
T = TypeVar("T")

AT_ONCE = 12
"""Telegram takes about thirty messages a second in all; more callers would only wait for each other."""
UPLOADS_AT_ONCE = 4
MOVED = "moved/"


class Calls:
    """Knows where chats have moved to and which of them want silence."""

    def __init__(self, notebook: Notebook, timing: Timing) -> None:
        self._notebook = notebook
        self._timing = timing
        self._places = asyncio.Semaphore(AT_ONCE)
        self._upload_places = asyncio.Semaphore(UPLOADS_AT_ONCE)
        self._paused_until: dict[int, float] = {}
        self._moved: dict[int, int] = {}
        self.on_moved: Callable[[int, int], Awaitable[None]] | None = None
        """Told when an answer reveals that a group has become a supergroup."""

    async def recall(self) -> None:
        """Read from the notebook where chats have moved to."""
        for note in await self._notebook.keys(MOVED):
            self._moved[int(note.removeprefix(MOVED))] = int(await self._notebook.read(note) or 0)

    async def moved(self, old: int, new: int) -> None:
        """A group became a supergroup: what is said to the old id reaches the new one from now on."""
        if self._moved.get(old) != new:
            self._moved[old] = new
            await self._notebook.write(f"{MOVED}{old}", str(new))

    def address(self, chat: ChatRef) -> int:
        """Where a chat is now."""
        where = int(chat.chat_id)
        return self._moved.get(where, where)

    async def to(
        self,
        chat: ChatRef,
        act: Callable[[int], Awaitable[T]],
        *,
        wait: bool = True,
        repeat: bool = True,
        upload: bool = False,
    ) -> T:
        """Call with a chat's present id.

        `wait`: sit out the chat's pauses and Telegram's failures; else raise Paused or DeliveryError at once.
        `repeat`: once more when the answer was lost, since doing it twice changes nothing; else DeliveryUnclear.
        Raises what `faults.understood` makes of a refusal.
        """
        loop = asyncio.get_running_loop()
        began, pause = loop.time(), self._timing.retry_first
        while True:
            where = self.address(chat)
            await self._silence(where, wait=wait)
            try:
                async with self._upload_places if upload else self._places:
                    return await act(where)
            except Flood as flood:
                self._paused_until[where] = loop.time() + flood.seconds
                log.warning("chat %s: Telegram asks for a pause of %s s", where, flood.seconds)
                continue
            except ChatMigrated as error:
                await self._learn(where, error.new_chat_id)
                continue
            except AnswerLost:
                if not repeat:
                    raise DeliveryUnclear from None
            except (NotSent, Unwell) as error:
                log.warning("chat %s: a call failed: %s", where, error)
            except TelegramError as error:
                raise understood(error) from None
            except NONSENSE:
                log.exception("chat %s: an answer makes no sense", where)
                raise (DeliveryError if repeat else DeliveryUnclear) from None
            if not wait or loop.time() - began + pause > self._timing.retry_total:
                raise DeliveryError
            await asyncio.sleep(pause)
            pause = min(2 * pause, self._timing.retry_most)

    async def send(
        self,
        chat: ChatRef,
        send: Callable[[int, int | None], Awaitable[T]],
        *,
        wait: bool = True,
        upload: bool = False,
    ) -> T:
        """Send into the chat's topic; into the group itself when the topic was deleted meanwhile."""
        try:
            return await self.to(
                chat, lambda where: send(where, topic_of(chat)), wait=wait, repeat=False, upload=upload
            )
        except TopicGone:
            return await self.to(chat, lambda where: send(where, None), wait=wait, repeat=False, upload=upload)

    async def _silence(self, where: int, *, wait: bool) -> None:
        loop = asyncio.get_running_loop()
        while (left := self._paused_until.get(where, 0.0) - loop.time()) > 0:
            if not wait:
                raise Paused(left)
            await asyncio.sleep(left)
        self._paused_until.pop(where, None)

    async def _learn(self, old: int, new: int) -> None:
        await self.moved(old, new)
        if self.on_moved:
            await self.on_moved(old, new)
