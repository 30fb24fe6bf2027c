"""Signs on people's files and people who leave: kept at once, without a turn and without an answer but the card's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.chat import person_key
from bot.core.event.collection import REMOVED
from bot.engine.card import refresh
from bot.engine.looking import picture_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.chat import Departed, Reacted, Voted
    from bot.engine.turn import Desk


async def reacted(desk: Desk, event: Reacted) -> None:
    """Count a vote, or take a file out of the next version or back in. Told twice, it changes nothing more."""
    gone, projects = await desk.store.react(event)
    _erase_pictures(desk, gone)
    for chat, project in projects:
        collection = await desk.store.collection_of(chat, project)
        if collection is not None and collection.open:
            await refresh(desk, collection)


async def voted(desk: Desk, event: Voted) -> None:
    """Count an answer to a poll."""
    person = person_key(event.chat.platform, event.sender)
    among, chosen = ([int(value) for value in values] for values in (event.among, event.chosen))
    await desk.store.vote(event.chat, person, among=among, chosen=chosen)


async def departed(desk: Desk, event: Departed) -> None:
    """What somebody sent to the places that they left is in no further version."""
    person = person_key(event.chats[0].platform, event.sender) if event.chats else ""
    left = frozenset(event.chats)
    for chat in {replace(chat, thread_id="") for chat in await desk.store.places_of(person)} & left:
        _erase_pictures(desk, await desk.store.withdraw(chat, person, reason=REMOVED))
        collection = await desk.store.collecting(chat)
        if collection is not None and collection.open:
            await refresh(desk, collection)


def _erase_pictures(desk: Desk, items: Iterable[int]) -> None:
    for item in items:
        picture_of(desk, item).unlink(missing_ok=True)
