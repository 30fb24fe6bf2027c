"""An event's film goes to every group that collected for it, each within its own limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.intents import Intent, Route
from bot.core.turn import Turn, event_of, then_id
from bot.engine.detail import tell_detail
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.engine.turn import Voice

FIRST = 50
"""Places in the order's row of turns that its own phases never reach."""


@dataclass(frozen=True, slots=True)
class Share:
    """A turn of its own for each of the other groups, on that group's lane. Harmless to repeat."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Never fails: whether a film arrives elsewhere is that turn's matter."""
        store = self.desk.store
        collection = await store.collection_of(turn.chat, turn.project)
        if collection is None:
            return Step.DONE
        await tell_detail(self.desk, turn, voice, collection)
        groups = await store.guest_groups(collection.id)
        for number, chat in enumerate(groups, FIRST):
            if chat.platform not in self.desk.platforms:
                continue
            project = await store.project(chat)
            made = Turn(
                id=then_id(turn.id, number),
                chat=chat,
                sequence=turn.sequence,
                route=Route(intents=(Intent.LAST,)),
                language=project.language or turn.language,
                project=project.number,
            )
            await store.handle(event_of(turn.id), made)
            await store.mark(made.id, "source", turn.id)
        if groups:
            await self.desk.bell.ring()
        return Step.DONE
