"""Wait until a batch is complete: an album arrives in pieces, and its words may come first."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.event.rights import Deed
from bot.core.intents import Intent
from bot.core.turn import ItemState, event_of
from bot.engine.rights import heed
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Gather:
    """Quiet since the last arrival, with a cap from the first look."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises NotAllowed and CapReached before anything is spent; harmless to repeat."""
        await self._heed_rights(turn)
        policy, loop = self.desk.policy, asyncio.get_running_loop()
        await self.desk.store.without_withdrawn(turn.chat, turn.project)
        new = await self.desk.store.session(turn.chat, turn.project) is None
        began = changed = loop.time()
        known = -1
        while True:
            await self.desk.heed_stop(turn)
            items = await self.desk.store.items(turn.chat, turn.project)
            arrived = sum(item.state is ItemState.ARRIVED for item in items)
            now = loop.time()
            if arrived != known:
                known, changed = arrived, now
            if not arrived or now - changed >= policy.album_quiet or now - began >= policy.album_cap:
                if await self.desk.store.collection_of(turn.chat, turn.project):
                    return Step.SIFT
                await self.desk.store.order_albums(turn.chat, turn.project)
                return Step.BATCH
            await (voice.show("status.connecting") if new else voice.show("status.gathering", count=arrived))
            await asyncio.sleep(min(0.1, policy.album_quiet))

    async def _heed_rights(self, turn: Turn) -> None:
        """In a group its admins may have chosen who spends, and how often."""
        if Intent.EDIT not in turn.route.intents or "intent" in await self.desk.store.marks(turn.id):
            return
        collection = await self.desk.store.collection_of(turn.chat, turn.project)
        requester = collection.opener if collection else ""
        await heed(self.desk, await self.desk.store.event(event_of(turn.id)), Deed.SPEND, requester=requester)
