"""What a group chooses by the sheet's numbers: kept, and told with what it means for everybody."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core.event.choice import Choice, read
from bot.core.event.ledger import ledger
from bot.core.event.orders import Ask, Order
from bot.core.event.rights import Deed
from bot.core.turn import event_of
from bot.engine.card import keep_true, refresh, teller, title_of
from bot.engine.rights import allow
from bot.engine.sheet import show_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.event.collection import Collection
    from bot.core.turn import Turn
    from bot.engine.card import Say
    from bot.engine.turn import Desk, Voice


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
        await show_sheet(desk, turn, collection, "event.sheet")
        return
    inbound = await desk.store.event(event_of(turn.id))
    await allow(desk, inbound, Deed.SPEND, requester=collection.opener)
    choice = Choice(flip=frozenset({int(order.words)})) if order.ask is Ask.FLIP else read(order.words)
    assert choice is not None
    if choice.everything:
        await desk.store.set_collection(collection.id, everything=True)
    unknown = await desk.store.choose(turn.id, collection.chat, collection.project, choice)
    if collection.open:  # of a closed one the card has had its last words
        await refresh(desk, collection)
    if order.ask is Ask.FLIP:
        await desk.store.set_collection(collection.id, picking=True)
        standing = await _standing(desk, collection, voice.text)
        await voice.outbox.whisper(turn.chat, standing, key=f"{turn.id}:chosen", passing=True)
    else:
        await voice.say_text(await _standing(desk, collection, voice.text, unknown), key="chosen")
    if collection.picking or order.ask is Ask.FLIP:  # one line that is edited in place says how it stands
        say = teller(desk, collection.language)
        await keep_true(desk, collection, "choice", partial(_standing, desk, collection, say))


async def _standing(desk: Desk, collection: Collection, say: Say, unknown: Iterable[int] = ()) -> str:
    """What is out and what begins the film, whom that leaves with nothing, and which numbers nobody has."""
    now = await desk.store.collection_of(collection.chat, collection.project) or collection
    shares = await desk.store.shares(collection.chat, collection.project)
    found = ledger(shares, everything=now.everything)
    whole = ledger([replace(share, dropped=False) for share in shares], everything=now.everything)
    out = sorted(share.number for share in shares if share.dropped and share.number)
    first = [share.number for share in sorted(shares, key=lambda share: share.lead) if share.lead]
    there = {person.key for person in found.people}
    without = [person.name for person in whole.people if person.key not in there]
    parts = [say("event.chosen", count=found.total)]
    parts += [say("event.chosen_out", numbers=_listed(out))] if out else []
    parts += [say("event.chosen_first", numbers=_listed(first))] if first else []
    parts += [say("event.chosen_without", names=", ".join(without))] if without else []
    parts += [say("event.chosen_unknown", numbers=_listed(unknown))] if [*unknown] else []
    return " · ".join(parts)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
