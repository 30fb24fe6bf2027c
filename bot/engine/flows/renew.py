"""Ends and beginnings: a fresh project, and forgetting a chat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.chat import person_key
from bot.core.commands import forgets_all
from bot.core.turn import event_of
from bot.engine.card import refresh
from bot.engine.looking import picture_of
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Renew:
    """Start over: the next file or word belongs to a fresh project."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Harmless to repeat: the next project is begun once. A collection ends with its project."""
        collection = await self.desk.store.collection_of(turn.chat, turn.project)
        if collection is not None and await self.desk.store.set_collection(collection.id, open=False):
            await refresh(self.desk, replace(collection, open=False))
        await self.desk.store.new_project(turn.chat, after=turn.project)
        await voice.say("report.renewed")
        return Step.DONE


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete what is kept of a chat, and say honestly what lies elsewhere."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Harmless to repeat."""
        inbound = await self.desk.store.event(event_of(turn.id))
        if not forgets_all(inbound):
            await self._forget_one(turn, voice, person_key(turn.chat.platform, inbound.sender))
            return Step.DONE
        for project in range(1, turn.project + 1):
            for film in await self.desk.store.film_turns(turn.chat, project):
                for file in (path := self.desk.film_path(film)).parent.glob(f"{path.stem}.*"):
                    file.unlink(missing_ok=True)
        count = await self.desk.store.forget(turn.chat)
        await voice.say("report.forgotten", count=count)
        return Step.DONE

    async def _forget_one(self, turn: Turn, voice: Voice, person: str) -> None:
        """One member's files, with a receipt: what is gone here, and what lies where nobody can delete it."""
        items, sent = await self.desk.store.forget_person(turn.chat, person)
        for item in items:
            picture_of(self.desk, item).unlink(missing_ok=True)
        there = voice.text("event.forgotten_there", count=sent) if sent else voice.text("event.forgotten_nowhere")
        here = voice.text("event.forgotten", count=len(items))
        await voice.confide_text(f"{here} {there}", key="forgotten")
        collection = await self.desk.store.collecting(turn.chat)
        if collection is not None and collection.open:
            await refresh(self.desk, collection)
