"""What a message means beside what came before it: the question that it answers, and what it repeats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.films import pinned, unpinned
from bot.core.picks import picked
from bot.core.turn import TurnState, batch_of, event_of, is_part
from bot.engine.address import film_of, films_for

if TYPE_CHECKING:
    from bot.core.chat import ChatRef, Inbound
    from bot.core.intents import Route
    from bot.core.turn import Turn
    from bot.engine.ports_store import Store

ANSWER_MOST = 80
"""Characters of an answer to "which film?"; what is longer says more than that."""
ASKED = "which"
"""Marks a turn that ended with that question."""


async def answered(store: Store, inbound: Inbound) -> str:
    """The words; for a bare answer to "which film?" those that were asked about, for the film that it names."""
    if inbound.command or inbound.media or len(inbound.text) > ANSWER_MOST:
        return inbound.text
    for turn in reversed(await store.newest_turns(inbound.chat)):
        if ASKED in await store.marks(turn.id):
            film = picked(inbound.text, await films_for(store, turn))
            return pinned(film, unpinned(turn.route.text)) if film else inbound.text
    return inbound.text


async def repeated(store: Store, chat: ChatRef, project: int) -> list[Route]:
    """What is tried again: the last order of a project, or of a batch the films that failed; nothing if all is well."""
    last = await store.last_edit(chat, project)
    if last is None:
        return []
    films = await store.batch_turns(chat, project)
    if not any(is_part(turn.id) and batch_of(turn.id) == last.id for turn in films):
        return [last.route]
    newest = {turn.project: turn for turn in films}
    failed = [turn for turn in newest.values() if turn.state is TurnState.FAILED]
    named = [(turn.route, await film_of(store, turn)) for turn in failed]
    return [replace(route, text=pinned(film, route.text)) for route, film in named if film]


async def landed(store: Store, turn: Turn) -> Turn:
    """The turn, in the project that there is: the new beginning that it was to follow may not have come about."""
    number = (await store.project(turn.chat)).number
    if turn.project <= number:
        return turn
    await store.readdress(turn.id, project=number, text=turn.route.text)
    await store.settle_files(event_of(turn.id), turn.chat, number)
    return replace(turn, project=number)
