"""The contact sheet: every file of a collection with a number, to be chosen among before anything is spent."""

from __future__ import annotations

import asyncio
import logging
import shutil
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryError, MediaError
from bot.core.event.ledger import ledger
from bot.core.event.sheet import candidates, order, tiles
from bot.engine.card import film_button, tally, teller, title_of
from bot.engine.looking import look_at, picture_of
from bot.engine.ports import Button, Picture
from bot.engine.turn import file_stem

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.chat import ChatRef
    from bot.core.event.collection import Collection, Share
    from bot.core.event.sheet import Tile
    from bot.engine.turn import Desk

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Pictures that are made anew at the same time, where they were forgotten meanwhile."""
CANDIDATES = 10
"""Most files that a poll is about."""
PRESSED = 18
"""Most files that have a button each; for more there are words."""


async def show_sheet(desk: Desk, collection: Collection, chat: ChatRef, head: str, *, key: str) -> None:
    """Number what is new and post the sheet in a chat, below the sentence `head`; without files the sentence alone.

    Free of credits: nothing leaves this machine but for the chat. What cannot be posted is left out.
    """
    say, outbox = teller(desk, collection.language), desk.platforms[chat.platform].outbox
    shown, words, first = await _numbered(desk, collection)
    text = say(head, title=title_of(collection, say), tally=words)
    how = say("event.choose")
    text = f"{text}\n{how}" if shown else text
    buttons = (film_button(say), *_flips(shown))
    folder = desk.spool / f"sheet-{file_stem(key)}"
    try:
        picture = await _drawn(desk, shown, folder)
        if picture is None:
            await outbox.say(chat, text, key=key, buttons=buttons)
        else:
            about = say("event.sheet_about", count=len(shown))
            made = Picture(path=picture, name="contact-sheet.jpg", caption=text, description=about)
            await outbox.picture(chat, made, key=key, buttons=buttons)
        if first and len(stand := candidates(shown, most=CANDIDATES)) > 1:
            options = [(f"{tile.number} · {tile.name}".rstrip(" ·"), str(tile.item)) for tile in stand]
            await outbox.poll(chat, say("event.poll"), options, key=f"{key}:poll")
    except DeliveryError:
        log.warning("the contact sheet of collection %d could not be shown", collection.id)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _numbered(desk: Desk, collection: Collection) -> tuple[list[Tile], str, bool]:
    """The sheet's pictures, the figures in words, and whether it is the collection's first one."""
    chat, project = collection.chat, collection.project
    shares = await desk.store.shares(chat, project)
    found = ledger(shares, everything=collection.everything)
    first = await desk.store.number(chat, project, order(shares, found))
    shares = await desk.store.shares(chat, project)
    await _look_again(desk, [share for share in shares if share.look and not share.look.error and not share.withdrawn])
    words = tally(found, teller(desk, collection.language))
    return tiles(shares, found, names=collection.names), words, first


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
