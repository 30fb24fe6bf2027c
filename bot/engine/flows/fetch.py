"""Files that could not be downloaded are asked for once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.media import LOST
from bot.core.turn import ItemState
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice

_REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Fetch:
    """Puts the project's lost files back, to be sent like any that have just arrived."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Once per turn: entered again, what was lost a second time stays out."""
        store = self.desk.store
        if _REOPENED not in await store.marks(turn.id):
            items = await store.items(turn.chat, turn.project)
            lost = [item for item in items if item.state is ItemState.REFUSED and item.reason in LOST]
            if not lost:
                await voice.say("report.nothing_to_retry")
                return Step.DONE
            for item in lost:
                await store.set_item(item.id, ItemState.ARRIVED)
            await store.mark(turn.id, _REOPENED)
        return Step.UPLOAD
