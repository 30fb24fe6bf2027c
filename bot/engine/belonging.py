"""Signs on people's files and people who leave: kept at once, without a turn and without an answer but the card's."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.chat import Departed, Sender, person_key
from bot.core.errors import DeliveryError
from bot.core.event.collection import REMOVED
from bot.engine.card import refresh, teller, title_of
from bot.engine.looking import picture_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.chat import Away, ChatRef, Inbound, Reacted, Voted
    from bot.core.event.collection import Collection
    from bot.engine.turn import Desk

ASKED_AT_ONCE = 4
"""People whose presence is asked for at the same time."""


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


async def away(desk: Desk, event: Away) -> None:
    """Read what was not told: signs where the platform lets them be read, else it is said once; and who has left."""
    platform = desk.platforms[event.platform]
    for collection, _ in await desk.store.open_collections():
        sent: defaultdict[ChatRef, set[str]] = defaultdict(set)
        for chat, message, _ in await desk.store.sources(collection.chat, collection.project):
            if chat.platform == event.platform:
                sent[chat].add(message)
        blind = [chat for chat, messages in sent.items() if not await _signed(desk, chat, messages)]
        if blind:
            where = collection.chat if collection.chat.platform == event.platform else blind[0]
            say = teller(desk, collection.language)
            with suppress(DeliveryError):
                text = say("event.signs_lost", title=title_of(collection, say))
                await platform.outbox.say(where, text, key=f"event:{collection.id}:away:{int(time.time())}")
        if sent:
            await without_departed(desk, collection)
            await refresh(desk, collection)


async def _signed(desk: Desk, chat: ChatRef, messages: set[str]) -> bool:
    """Keep the signs on a chat's messages as they are now; False where they cannot be read."""
    found = await desk.platforms[chat.platform].signs(chat, messages)
    for signed in found or ():
        _erase_pictures(desk, await desk.store.sign(chat, signed))
    return found is not None


async def without_departed(desk: Desk, collection: Collection, *, asker: Inbound | None = None) -> None:
    """Take out what people sent to groups that they have left since, where a platform can tell.

    Whoever asks is there. A platform that knows nobody to be present is not believed that everybody has left.
    """
    places = await desk.store.sources(collection.chat, collection.project)
    asked = {(replace(chat, thread_id=""), person) for chat, _, person in places}
    if asker is not None:
        asked.add((replace(asker.chat, thread_id=""), person_key(asker.chat.platform, asker.sender)))
    asked = {(chat, person) for chat, person in asked if person.startswith(f"{chat.platform}:")}
    room = asyncio.Semaphore(ASKED_AT_ONCE)
    found: dict[tuple[ChatRef, str], bool | None] = {}

    async def ask(chat: ChatRef, person: str) -> None:
        async with room:
            found[chat, person] = await desk.platforms[chat.platform].present(chat, person.partition(":")[2])

    async with asyncio.TaskGroup() as group:
        for chat, person in asked:
            if chat.platform in desk.platforms:
                group.create_task(ask(chat, person))
    for chat in {chat for (chat, _), there in found.items() if there}:
        for (where, person), there in found.items():
            if where == chat and there is False:
                await departed(desk, Departed(sender=Sender(id=person.partition(":")[2]), chats=(chat,)))


def _erase_pictures(desk: Desk, items: Iterable[int]) -> None:
    for item in items:
        picture_of(desk, item).unlink(missing_ok=True)
