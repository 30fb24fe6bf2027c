"""Looks after open collections: looks at what arrived, keeps cards true, closes in time, asks once when it is quiet."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryError, StoreFailed
from bot.core.event.collection import OVER, Look, closing
from bot.core.event.ledger import Fate, is_over, ledger
from bot.engine.card import film_button, judged, refresh, sheet_button, tally, teller, title_of
from bot.engine.looking import look_at
from bot.engine.ports import Button

if TYPE_CHECKING:
    from bot.core.event.collection import Collection, Share
    from bot.engine.turn import Desk

log = logging.getLogger(__name__)

AT_ONCE = 2
WAITING = 50


class Curator:
    """One per process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self) -> None:
        """Go round until cancelled. Raises StoreFailed; whatever else goes wrong in a round is tried in the next."""
        first = True
        while True:
            try:
                await self._round(everything=first)
                first = False
            except StoreFailed:
                raise
            except Exception:
                log.exception("a round of the curator was not finished")
                if (task := asyncio.current_task()) and task.cancelling():
                    raise asyncio.CancelledError from None  # a group that is cancelled may tell of errors instead
            await asyncio.sleep(self._desk.policy.event_every)

    async def _round(self, *, everything: bool) -> None:
        """`everything` shows every card: the last change may have been lost with the process before."""
        while fresh := await self._fresh():
            async with asyncio.TaskGroup() as group:
                looking = [group.create_task(self._look(*one)) for one in fresh]
            for collection in {collection.id: collection for collection, _ in fresh}.values():
                await refresh(self._desk, collection)
            if not all(task.result() for task in looking):
                break
        for collection, heard in await self._desk.store.open_collections():
            if collection.chat.platform in self._desk.platforms:
                if everything:
                    await refresh(self._desk, collection)
                await self._mind(collection, heard)

    async def _fresh(self) -> list[tuple[Collection, Share]]:
        """A few files to look at, of platforms that run."""
        waiting = await self._desk.store.unseen(WAITING)
        there = self._desk.platforms.keys()
        reachable = [one for one in waiting if {one[0].chat.platform, one[1].ref.platform} <= there]
        return reachable[:AT_ONCE]

    async def _look(self, collection: Collection, share: Share) -> bool:
        """Look at a file, or leave it out where there are too many; False where the disk fails."""
        policy = self._desk.policy
        shares = await self._desk.store.shares(collection.chat, collection.project)
        if is_over(shares, share, member=policy.event_files_member, chat=policy.tray_limit):
            await self._desk.store.set_look(share.id, Look(error=OVER))
            return True
        return await look_at(self._desk, share)

    async def _mind(self, collection: Collection, heard: float) -> None:
        """Close what is over; ask about what is quiet, once. What was decided is on record before it is said."""
        store, policy = self._desk.store, self._desk.policy
        if collection.until is not None and collection.until <= datetime.now(UTC):
            if await store.add_event(closing(collection, private=(await store.project(collection.chat)).private)):
                self._desk.bell.rung.set()
        elif films := await store.film_turns(collection.chat, collection.project):
            if not collection.offered and time.time() - heard >= policy.event_fresh:
                await self._offer(collection, version=len(films) + 1)
        elif not collection.asked and time.time() - heard >= policy.event_idle:
            found = await judged(self._desk, collection)
            if found.total and await store.set_collection(collection.id, asked=True):
                say = teller(self._desk, collection.language)
                keep = Button(label=say("button.keep_collecting"), command="event", prompt="keep")
                await self._say(collection, "event.idle", film_button(say), sheet_button(say), keep)

    async def _offer(self, collection: Collection, *, version: int) -> None:
        """What came after the film becomes one button."""
        store = self._desk.store
        shares = await store.shares(collection.chat, collection.project)
        fates = ledger(shares, everything=collection.everything).fates
        count = sum(share.shown is None and fates[share.id] is Fate.IN for share in shares)
        busy = any(turn.project == collection.project for turn in await store.open_turns(collection.chat))
        if count and not busy and await store.set_collection(collection.id, offered=True):
            label = teller(self._desk, collection.language)("button.next_version", version=version, count=count)
            await self._say(collection, "event.fresh", Button(label=label, command="event", prompt="go"))

    async def _say(self, collection: Collection, key: str, *buttons: Button) -> None:
        say = teller(self._desk, collection.language)
        words = tally(await judged(self._desk, collection), say)
        outbox = self._desk.platforms[collection.chat.platform].outbox
        text = say(key, title=title_of(collection, say), tally=words)
        try:
            await outbox.say(collection.chat, text, key=_key(collection, key), buttons=buttons)
        except DeliveryError:
            log.warning("collection %d: could not say %s", collection.id, key)


def _key(collection: Collection, key: str) -> str:
    return f"event:{collection.id}:{key}:{int(time.time())}"
