"""What a group chooses by the sheet's numbers: kept, and told with what it means for everybody."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryError
from bot.core.event.choice import Choice, chosen, read
from bot.core.event.ledger import ledger
from bot.core.event.orders import Ask, Order
from bot.core.event.rights import Deed
from bot.core.turn import event_of
from bot.engine.card import refresh, title_of
from bot.engine.rights import allow
from bot.engine.sheet import show_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.core.event.collection import Collection, Share
    from bot.core.event.ledger import Ledger
    from bot.core.turn import Turn
    from bot.engine.card import Say
    from bot.engine.turn import Desk, Voice

log = logging.getLogger(__name__)


async def answer(desk: Desk, turn: Turn, voice: Voice, collection: Collection, order: Order) -> None:
    """Show the sheet, or choose by it. Only where the files may be seen: a guest who writes in private is sent there.

    Raises NotAllowed where the group's admins reserved making the film.
    """
    if replace(turn.chat, thread_id="") != replace(collection.chat, thread_id="") and (
        turn.chat not in await desk.store.guest_groups(collection.id)
    ):
        await voice.say("event.choose_there", title=title_of(collection, voice.text))
        return
    shares = await desk.store.shares(collection.chat, collection.project)
    if order.ask is Ask.SHEET or not any(share.number for share in shares):
        await show_sheet(desk, collection, turn.chat, "event.sheet", key=f"{turn.id}:sheet")
        return
    inbound = await desk.store.event(event_of(turn.id))
    await allow(desk, inbound, Deed.SPEND, requester=collection.opener)
    if order.ask is Ask.FLIP:
        await _flip(desk, collection, int(order.words), voice.text)
    elif (choice := read(order.words)) is not None:
        words = await choose(desk, collection, choice, voice.text)
        if collection.picking:
            await _show_line(desk, collection, words)
        await voice.say_text(words, key="chosen")


async def _flip(desk: Desk, collection: Collection, number: int, say: Say) -> None:
    """A file's button was pressed: out, or in again. One line, edited in place, says how it stands."""
    shares = await desk.store.shares(collection.chat, collection.project)
    out = any(share.number == number and share.dropped for share in shares)
    numbers = frozenset({number})
    await desk.store.set_collection(collection.id, picking=True)
    words = await choose(desk, collection, Choice(back=numbers) if out else Choice(drop=numbers), say)
    await _show_line(desk, collection, words)


async def choose(desk: Desk, collection: Collection, choice: Choice, say: Say) -> str:
    """Keep a choice. Gives what is out and what begins the film, whom that leaves with nothing, what nobody has."""
    chat, project = collection.chat, collection.project
    shares = await desk.store.shares(chat, project)
    before = ledger(shares, everything=collection.everything)
    numbers = {share.number: share.id for share in shares if share.number and not share.withdrawn}
    dropped = frozenset(share.id for share in shares if share.dropped)
    lead = [share.id for share in sorted(shares, key=lambda share: share.lead) if share.lead]
    out, first, unknown = chosen(numbers, dropped, lead, choice)
    everything = collection.everything or choice.everything
    if choice.everything:
        await desk.store.set_collection(collection.id, everything=True)
    await desk.store.choose(chat, project, dropped=out, lead=first)
    after = await desk.store.shares(chat, project)
    found = ledger(after, everything=everything)
    await refresh(desk, collection)
    return _told(after, before, found, unknown, say)


async def _show_line(desk: Desk, collection: Collection, words: str) -> None:
    """Bring the line of choices up to date."""
    outbox = desk.platforms[collection.chat.platform].outbox
    try:
        await outbox.status(collection.chat, words, key=f"event:{collection.id}:choice")
    except DeliveryError:
        log.warning("the choices of collection %d could not be shown", collection.id)


def _told(shares: Sequence[Share], before: Ledger, found: Ledger, unknown: Iterable[int], say: Say) -> str:
    named: Mapping[int, int] = {share.id: share.number for share in shares if share.number}
    out = [named[share.id] for share in shares if share.dropped and share.id in named]
    first = [share.number for share in sorted(shares, key=lambda share: share.lead) if share.lead]
    there = {person.key for person in found.people}
    without = [person.name for person in before.people if person.key not in there]
    parts = [say("event.chosen", count=found.total)]
    parts += [say("event.chosen_out", numbers=_listed(sorted(out)))] if out else []
    parts += [say("event.chosen_first", numbers=_listed(first))] if first else []
    parts += [say("event.chosen_without", names=", ".join(without))] if without else []
    parts += [say("event.chosen_unknown", numbers=_listed(unknown))] if [*unknown] else []
    return " · ".join(parts)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
