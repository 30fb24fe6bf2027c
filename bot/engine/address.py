"""After a batch, words are for one of its films, as long as nothing newer lies in the chat's own project."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.batch import asks_for_each
from bot.core.films import Film, aim, is_pinned
from bot.core.intents import Intent
from bot.core.turn import film_number, is_part, lane_order

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.ports_store import Store
    from bot.engine.turn import Desk

_ABOUT_A_FILM = frozenset({Intent.EDIT, Intent.EXPORT, Intent.STATE, Intent.LAST, Intent.ORIGINAL, Intent.FETCH})


async def films_for(store: Store, turn: Turn) -> list[Film]:
    """The films of a batch, one of which a turn may be for; none when it is for the chat's own project."""
    if not _may_be_about_one(turn) or (await store.project(turn.chat)).number != turn.project:
        return []  # a new beginning that was asked for before these words has come since
    found = await store.batch_turns(turn.chat, turn.project)
    files = {part.project: await store.items(turn.chat, part.project) for part in found if is_part(part.id)}
    newest = max((item.id for own in files.values() for item in own), default=0)
    arrived = any(item.id > newest for item in await store.items(turn.chat, turn.project))
    if arrived and not is_pinned(turn.route.text):
        return []
    latest = dict.fromkeys(files, 0)
    for one in found:
        if one.id != turn.id and (not is_part(one.id) or "delivered" in await store.marks(one.id)):
            latest[one.project] = lane_order(one)
    return [
        Film(number=film_number(project), name=own[0].ref.name, project=project, latest=latest[project])
        for project, own in files.items()
        if own
    ]


def _may_be_about_one(turn: Turn) -> bool:
    intents = set(turn.route.intents)
    wanted = intents & _ABOUT_A_FILM and Intent.UPLOAD not in intents
    text = turn.route.text
    return turn.project > 0 and bool(wanted) and (is_pinned(text) or not asks_for_each(text))


async def addressed(desk: Desk, turn: Turn) -> Turn | None:
    """The turn, from now on for the film that its words are about; None when that has to be asked."""
    films = await films_for(desk.store, turn)
    if not films:
        return None if turn.project > 0 and is_pinned(turn.route.text) else turn
    meant = aim(turn.route.text, films)
    if meant.film is None:
        return None
    number, name = meant.film.number, meant.film.name
    label = desk.catalog.text(turn.language, "batch.label", number=number, total=len(films), name=name)
    await desk.store.mark(turn.id, "label", label)
    await desk.store.readdress(turn.id, project=meant.film.project, text=meant.text)
    return replace(turn, project=meant.film.project, route=replace(turn.route, text=meant.text))


async def film_of(store: Store, turn: Turn) -> Film | None:
    """The film of a batch that a turn is for."""
    files = await store.items(turn.chat, turn.project) if turn.project < 0 else []
    if not files:
        return None
    return Film(number=film_number(turn.project), name=files[0].ref.name, project=turn.project)
