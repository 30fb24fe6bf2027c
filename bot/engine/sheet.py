"""The contact sheet: every file of a collection with a number, to be chosen among before anything is spent."""

from __future__ import annotations

import asyncio
import logging
import shutil
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryError, MediaError
from bot.core.event.ledger import ledger
from bot.core.event.sheet import candidates, order, tiles
from bot.engine.card import film_button, sheet_button, tally, teller, title_of
from bot.engine.looking import look_at, picture_of
from bot.engine.ports import Button, Picture
from bot.engine.turn import file_stem

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.event.collection import Collection, Share
    from bot.core.event.sheet import Tile
    from bot.core.turn import Turn
    from bot.engine.card import Say
    from bot.engine.turn import Desk

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Pictures that are made anew at the same time, where they were forgotten meanwhile."""
CANDIDATES = 10
"""Most files that a poll is about."""
PRESSED = 18
"""Most files that have a button each; for more there are words."""
_FIRST, _BODY, _SENT, _POLLED = "sheet-first", "sheet-body", "sheet-sent", "sheet-polled"
"""Marks of a turn: it gave the first numbers; all bytes left; the answer came; a poll may have been posted."""


async def show_sheet(desk: Desk, turn: Turn, collection: Collection, head: str) -> None:
    """Number what is new and post the sheet in the turn's chat, below the sentence `head`; without files that alone.

    Free of credits: nothing leaves this machine but for the chat. What cannot be posted is left out. Entered again
    after a crash, a sheet that may be there already is not posted a second time: that is said, with a button.
    """
    store, say, outbox = desk.store, teller(desk, collection.language), desk.platforms[turn.chat.platform].outbox
    shown, words = await _numbered(desk, turn, collection)
    marks = await store.marks(turn.id)
    key = f"{turn.id}:sheet"
    try:
        if _BODY in marks and _SENT not in marks:
            await outbox.say(turn.chat, say("event.sheet_there"), key=f"{key}-there", buttons=(sheet_button(say),))
        elif _SENT not in marks:
            text = say(head, title=title_of(collection, say), tally=words)
            how = "\n" + say("event.choose") if shown else ""
            await _post(desk, turn, say, shown, text + how, key=key)
            desk.reached("sheet-sent")
        await store.mark(turn.id, _SENT)
        stand = candidates(shown, most=CANDIDATES)
        if _FIRST in marks and _POLLED not in marks and len(stand) > 1:
            await store.mark(turn.id, _POLLED)
            options = [(f"{tile.number} · {tile.name}".rstrip(" ·"), str(tile.item)) for tile in stand]
            await outbox.poll(turn.chat, say("event.poll"), options, key=f"{key}:poll")
    except DeliveryError:
        log.warning("the contact sheet of collection %d could not be shown", collection.id)


async def _post(desk: Desk, turn: Turn, say: Say, shown: list[Tile], text: str, *, key: str) -> None:
    outbox, buttons = desk.platforms[turn.chat.platform].outbox, (film_button(say), *_flips(shown))
    folder = desk.spool / f"sheet-{file_stem(key)}"

    async def body_sent() -> None:
        await desk.store.mark(turn.id, _BODY)
        desk.reached("sheet-body-sent")

    try:
        picture = await _drawn(desk, shown, folder)
        if picture is None:
            await outbox.say(turn.chat, text, key=key, buttons=buttons)
            return
        about = say("event.sheet_about", count=len(shown))
        made = Picture(path=picture, name="contact-sheet.jpg", caption=text, description=about)
        await outbox.picture(turn.chat, made, key=key, body_sent=body_sent, buttons=buttons)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _numbered(desk: Desk, turn: Turn, collection: Collection) -> tuple[list[Tile], str]:
    """The sheet's pictures, and the figures in words; the collection's first one is marked."""
    chat, project = collection.chat, collection.project
    shares = await desk.store.shares(chat, project)
    found = ledger(shares, everything=collection.everything)
    if await desk.store.number(chat, project, order(shares, found)):
        await desk.store.mark(turn.id, _FIRST)
    shares = await desk.store.shares(chat, project)
    await _look_again(desk, [share for share in shares if share.look and not share.look.error and not share.withdrawn])
    words = tally(found, teller(desk, collection.language))
    return tiles(shares, found, names=collection.names), words


async def _look_again(desk: Desk, shares: list[Share]) -> None:
    lacking = [share for share in shares if share.number and not picture_of(desk, share.id).exists()]
    reachable = [share for share in lacking if share.ref.platform in desk.platforms]
    for start in range(0, len(reachable), AT_ONCE):
        async with asyncio.TaskGroup() as group:
            for share in reachable[start : start + AT_ONCE]:
                group.create_task(look_at(desk, share))


async def _drawn(desk: Desk, shown: list[Tile], folder: Path) -> Path | None:
    """The picture; None for an empty sheet, or one that cannot be drawn."""
    if not shown:
        return None
    target = folder / "sheet.jpg"
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        await desk.media.sheet([(tile, picture_of(desk, tile.item)) for tile in shown], target=target)
    except (MediaError, OSError):
        log.warning("a contact sheet could not be drawn")
        return None
    return target


def _flips(shown: list[Tile]) -> tuple[Button, ...]:
    """A button for each file: it leaves, or comes back."""
    if len(shown) > PRESSED:
        return ()
    return tuple(
        Button(label=f"{'↩' if tile.dropped else '✕'} {tile.number}", command="event", prompt=f"flip {tile.number}")
        for tile in shown
    )
