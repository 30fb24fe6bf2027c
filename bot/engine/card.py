"""The one live card of a collection, and its figures in words: always those of the ledger."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryError
from bot.core.event.collection import DROPPED, DUPLICATE, OVER
from bot.core.event.ledger import Fate, Ledger, ledger
from bot.core.intents import Intent
from bot.engine.ports import Button

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.event.collection import Collection
    from bot.core.turn import Turn
    from bot.engine.turn import Desk

    Say = Callable[..., str]
    """A sentence of the catalogue in one language: its key and parameters."""

log = logging.getLogger(__name__)

LEFT_OVER = {
    Fate.DROPPED: DROPPED,
    Fate.DUPLICATE: DUPLICATE,
    Fate.OVER: OVER,
    Fate.TOO_BIG: "event.too_big",
    Fate.UNUSABLE: "event.unusable",
    Fate.LEFT_OUT: "event.left_out",
}
"""What did not get into the film, in the order in which it is told."""


def teller(desk: Desk, language: str) -> Say:
    """Sentences in a language."""

    def say(key: str, **params: str | float) -> str:
        return desk.catalog.text(language, key, **params)

    return say


async def judged(desk: Desk, collection: Collection) -> Ledger:
    """The ledger of a collection as it is now."""
    shares = await desk.store.shares(collection.chat, collection.project)
    return ledger(shares, everything=collection.everything)


def title_of(collection: Collection, say: Say) -> str:
    """What the event is called."""
    return collection.title or say("event.untitled")


def tally(found: Ledger, say: Say) -> str:
    """ "31 photos · 6 clips · 4 people · 2 downloading · 1 too big": what is none is left out, but for the photos."""
    parts = [say("event.photos", count=found.photos)]
    if found.clips:
        parts.append(say("event.clips", count=found.clips))
    parts.append(say("event.people", count=len(found.people)))
    if coming := found.counts.get(Fate.COMING):
        parts.append(say("event.downloading", count=coming))
    return " · ".join([*parts, *leftovers(found, say, but=(Fate.LEFT_OUT,))])


def leftovers(found: Ledger, say: Say, *, but: tuple[Fate, ...] = ()) -> list[str]:
    """What is not in, by reason."""
    return [
        say(key, count=count)
        for fate, key in LEFT_OVER.items()
        if fate not in but and (count := found.counts.get(fate, 0))
    ]


def outcome(found: Ledger, say: Say) -> str:
    """ "24 in the film; 6 not: 3 duplicates, 1 unreadable"."""
    used = found.counts.get(Fate.IN, 0) + found.counts.get(Fate.COMING, 0)
    words = say("event.used", count=used)
    if reasons := leftovers(found, say):
        count = sum(found.counts.get(fate, 0) for fate in LEFT_OVER)
        words += "; " + say("event.not_used", count=count, reasons=", ".join(reasons))
    return words


def people(found: Ledger, say: Say) -> str:
    """A line for each who sent something, the most generous first."""
    ordered = sorted(found.people, key=lambda person: -person.files)
    return "\n".join(say("event.person", name=person.name, count=person.files) for person in ordered)


def film_button(say: Say) -> Button:
    """Makes the film."""
    return Button(label=say("button.make_film"), command="event", prompt="go")


def sheet_button(say: Say) -> Button:
    """Shows the contact sheet."""
    return Button(label=say("button.choose"), command="event", prompt="sheet")


async def refresh(desk: Desk, collection: Collection) -> None:
    """Bring a collection's card up to date. What is lost on the way is shown by the next change.

    A card that has had its last words meanwhile is not begun anew.
    """
    now = await desk.store.collection_of(collection.chat, collection.project)
    if collection.open and now is not None and not now.open:
        return
    say = teller(desk, collection.language)

    async def text() -> str:
        return say("event.card", title=title_of(collection, say), tally=tally(await judged(desk, collection), say))

    await keep_true(desk, collection, "card", text, done=not collection.open)


async def keep_true(
    desk: Desk, collection: Collection, name: str, text: Callable[[], Awaitable[str]], *, done: bool = False
) -> None:
    """Show a line of a collection, and again until it reads what is true: others may be changing it meanwhile."""
    if collection.chat.platform not in desk.platforms:
        return  # a guest wrote on another one
    outbox = desk.platforms[collection.chat.platform].outbox
    wanted = await text()
    try:
        while True:
            shown = wanted
            await outbox.status(collection.chat, shown, key=f"event:{collection.id}:{name}", done=done)
            if (wanted := await text()) == shown:
                return
    except DeliveryError:
        log.warning("the %s of collection %d could not be shown", name, collection.id)


async def under_film(desk: Desk, turn: Turn) -> tuple[str, tuple[Button, ...]]:
    """What is said below an event's film, and the way to what it lacks; nothing for any other film."""
    collection = await desk.store.collection_of(turn.chat, turn.project)
    if collection is None or Intent.LAST in turn.route.intents:
        return "", ()  # the figures are those of the newest version
    say = teller(desk, turn.language)
    found = await judged(desk, collection)
    lacks = sum(found.counts.get(fate, 0) for fate in (Fate.DROPPED, Fate.DUPLICATE, Fate.LEFT_OUT))
    films = await desk.store.film_turns(turn.chat, turn.project)
    everything = Button(label=say("button.use_all"), command="event", prompt="all")
    before = len({(await desk.store.marks(film))["film"] for film in films if film != turn.id})
    back = Button(label=say("button.version", version=before), command="last", prompt=f"v{before}")
    return outcome(found, say), (*([everything] if lacks else []), *([back] if before else []))
