"""Before an event's film: everything looked at, doubles aside, put in order, and the request made whole."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.chat import ChatKind
from bot.core.errors import NoCredits, UserError
from bot.core.event.brief import EVERYTHING, brief, mostly_tall
from bot.core.event.choice import Choice
from bot.core.event.collection import DROPPED, DUPLICATE, Look
from bot.core.event.ledger import Fate, ledger
from bot.core.event.orders import wants_everything
from bot.core.event.votes import arranged
from bot.core.intents import Intent
from bot.core.media import PHOTO_SKILL
from bot.core.session import Session
from bot.core.shape import TALL
from bot.core.turn import ItemState, event_of
from bot.engine.belonging import without_departed
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.event.collection import Collection, Share
    from bot.core.event.ledger import Ledger
    from bot.core.turn import Turn
    from bot.engine.turn import Voice

_OUT = frozenset({Fate.OVER, Fate.TOO_BIG, Fate.UNUSABLE})
_ASIDE = {Fate.DUPLICATE: DUPLICATE, Fate.DROPPED: DROPPED}
"""What another version may have again, by its reason."""


@dataclass(frozen=True, slots=True)
class Sift:
    """Harmless to repeat until the brief is written; from then on it only passes on."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises UserError when nothing can be used."""
        store = self.desk.store
        if Intent.EDIT not in turn.route.intents or "brief" in await store.marks(turn.id):
            return Step.UPLOAD
        collection = await store.collection_of(turn.chat, turn.project)
        assert collection is not None
        inbound = await store.event(event_of(turn.id))
        if inbound.chat_kind is ChatKind.GROUP:
            await without_departed(self.desk, collection, asker=inbound)
        everything = collection.everything
        if wants_everything(inbound.command, inbound.text):
            everything = True
            await store.set_collection(collection.id, everything=True)
            await store.choose(turn.id, turn.chat, turn.project, Choice(everything=True))
        shares = await self._looked_at(turn, voice, collection)
        found = ledger(shares, everything=everything)
        if not found.total:
            raise UserError("edit.no_media")
        await self._afford(turn, voice)
        await self._set(shares, found)
        await store.arrange({item: place for place, item in enumerate(arranged(shares), 1)})
        if turn.route.highlight or not await store.film_turns(turn.chat, turn.project):
            await store.set_collection(collection.id, offered=False)
            await store.set_session(turn.chat, turn.project, None)  # a version is made whole, in its own order
            shape = inbound.shape or (TALL if mostly_tall(shares, found) else "")
            asked = _brief(turn, replace(collection, everything=everything), found, shape)
            await store.mark(turn.id, "brief", asked)
        else:
            await store.without_withdrawn(turn.chat, turn.project)
        return Step.UPLOAD

    async def _afford(self, turn: Turn, voice: Voice) -> None:
        """What the film may cost against what is there, before anything is spent. Raises NoCredits."""
        session = await self.desk.store.session(turn.chat, turn.project) or Session(session_id="", skill=PHOTO_SKILL)
        balance, needed = await self.desk.editor.balance(session), self.desk.policy.event_credits
        await voice.show("event.cost", needed=needed, available=balance.available)
        if balance.available < needed:
            raise NoCredits

    async def _looked_at(self, turn: Turn, voice: Voice, collection: Collection) -> list[Share]:
        """The collection's files once each has been looked at; one that takes too long is done without."""
        store, loop = self.desk.store, asyncio.get_running_loop()
        deadline = loop.time() + self.desk.policy.event_look
        while True:
            shares = await store.shares(collection.chat, collection.project)
            found = ledger(shares)
            coming = [share for share in shares if found.fates[share.id] is Fate.COMING]
            if not coming:
                return shares
            if loop.time() >= deadline:
                for share in coming:
                    await store.set_look(share.id, Look(error="media.slow"))
                continue
            await voice.show("status.gathering", count=found.total - len(coming))
            await self.desk.wait(turn, self.desk.policy.event_every)

    async def _set(self, shares: list[Share], found: Ledger) -> None:
        """Bring every file's state in line with what the ledger says of it."""
        for share in shares:
            fate = found.fates[share.id]
            if reason := _ASIDE.get(fate):
                await self.desk.store.set_item(share.id, ItemState.REFUSED, reason)
            elif fate in _OUT and share.state is ItemState.ARRIVED and share.look:
                await self.desk.store.set_item(share.id, ItemState.REFUSED, share.look.error)
            elif share.reason in _ASIDE.values():
                await self.desk.store.set_item(share.id, ItemState.ARRIVED)


def _brief(turn: Turn, collection: Collection, found: Ledger, shape: str) -> str:
    chinese = turn.language == "zh"
    names = [person.name for person in found.people] if collection.names else []
    words = brief(
        turn.route.text,
        chinese=chinese,
        files=found.total,
        title=collection.title,
        names=names,
        shape=shape,
    )
    return f"{words} {EVERYTHING[chinese]}" if collection.everything else words
