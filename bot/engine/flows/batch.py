"""Several films from one message: a turn of its own for each, in order, on the same lane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.batch import PARTS_MOST, captioned, plan
from bot.core.intents import Intent, Route, route
from bot.core.turn import ItemState, event_of, part_id, part_project
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Item, Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Batch:
    """Decides between one film and several. Harmless to repeat: a part that exists is not made again."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """One film goes on to its upload; for several, each part's turn is stored, then enqueued by the intake."""
        store = self.desk.store
        if Intent.EDIT not in turn.route.intents:
            return Step.UPLOAD
        album = await store.album(event_of(turn.id))
        if album and album[0][0] != event_of(turn.id):
            await voice.close("status.done")
            return Step.DONE  # the first caption of an album speaks for all of them
        items = await store.items(turn.chat, turn.project)
        usable = [item for item in items if item.state is not ItemState.REFUSED]
        fresh = [item for item in usable if item.state is ItemState.ARRIVED] or usable
        parts = plan(turn.route.text, fresh, self._orders(fresh, dict(album)))
        if not parts:
            if len(album) > 1:
                await store.mark(turn.id, "captioned", captioned(turn.route.text, usable, dict(album)))
            return Step.UPLOAD
        await voice.close("status.done")
        await voice.say("batch.started", count=len(parts), limit=PARTS_MOST)
        for number, part in enumerate(parts, 1):
            made = replace(
                turn,
                id=part_id(turn.id, number),
                route=Route(intents=(Intent.EDIT, Intent.EXPORT), text=part.prompt, highlight=True),
            )
            made = replace(made, project=part_project(made))
            label = voice.text("batch.label", number=number, total=len(parts), name=part.name)
            await store.add_part(made, item=part.item, label=label)
        await self.desk.bell.ring()  # back when the intake has put them in line, before the next message gets its turn
        return Step.DONE

    def _orders(self, items: list[Item], captions: dict[str, str]) -> dict[int, str]:
        """Captions that tell the editor what to do; the others say what is to be seen."""
        orders = {}
        for item in items:
            caption = captions.get(item.event, "")
            decided = route(caption, self.desk.keywords, has_media=False)
            if Intent.EDIT in decided.intents and decided.rule != "nothing known":
                orders[item.id] = caption
        return orders
