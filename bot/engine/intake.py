"""From an event to a turn: persist first, acknowledge, decide later, from the same list after a restart."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.chat import Away, ChatKind, ChatMoved, Checkup, Departed, Reacted, Voted
from bot.core.commands import EDITED, route_command
from bot.core.errors import DeliveryError, StoreFailed
from bot.core.event.choice import read
from bot.core.films import unpinned
from bot.core.intents import Intent, Route, route
from bot.core.language import language_of
from bot.core.links import links_in
from bot.core.phases import phases, project_after
from bot.core.turn import Turn, TurnId, again_id, lane_order, then_id
from bot.core.versions import version_wanted
from bot.engine.belonging import away, departed, reacted, voted
from bot.engine.card import refresh
from bot.engine.checkup import check_up
from bot.engine.context import answered, repeated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.chat import Arrival, Inbound
    from bot.core.event.collection import Collection
    from bot.engine.turn import Desk

log = logging.getLogger(__name__)


class Intake:
    """`accept` is what platforms await before they confirm; `run` makes turns of what was accepted, in order."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._said_for_people = desk.catalog.said_for_people()

    async def accept(self, event: Arrival) -> None:
        """Keep an event. On return it is on disk and will be handled, whatever happens to this process."""
        if isinstance(event, ChatMoved):
            await self._desk.store.move_chat(event)
        elif isinstance(event, Reacted):
            await reacted(self._desk, event)
        elif isinstance(event, Voted):
            await voted(self._desk, event)
        elif isinstance(event, Departed):
            await departed(self._desk, event)
        elif isinstance(event, Away):
            await away(self._desk, event)
        elif isinstance(event, Checkup):
            await check_up(self._desk, event)
        elif await self._desk.store.add_event(event):
            self._desk.reached("event-accepted")
            self._desk.bell.rung.set()

    async def run(self) -> None:
        """Hand over what was under way, then everything new; sweep once in a while. Runs until cancelled."""
        bell = self._desk.bell
        await self._enqueue_open()
        while True:
            if waiting := bell.take():
                await self._enqueue_open()
            for ringer in waiting:
                if not ringer.done():
                    ringer.set_result(None)
            for sequence, inbound in await self._desk.store.unhandled():
                await self._handle_fenced(sequence, inbound)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._desk.policy.sweep):
                    await bell.rung.wait()

    async def _enqueue_open(self) -> None:
        for turn in await self._desk.store.open_turns():
            await self._enqueue(turn)

    async def _handle_fenced(self, sequence: int, inbound: Inbound) -> None:
        """One event that nobody foresaw must not keep all others from being handled, now and after every restart."""
        try:
            await self._handle(sequence, inbound)
        except StoreFailed:
            raise
        except Exception:
            log.exception("event %s: unforeseen, skipped", inbound.event_id)
            await self._desk.store.handle(inbound.event_id)

    async def _handle(self, sequence: int, inbound: Inbound) -> None:
        store, chat = self._desk.store, inbound.chat
        if inbound.chat_kind is ChatKind.PRIVATE and f"{chat.platform}:{inbound.sender.id}" in self._desk.owners:
            await store.remember_owner(chat)
        project = await store.project(chat)
        hint, known = project.language or inbound.language, self._desk.catalog.languages
        language = language_of(self._said_for_people.sub("", unpinned(inbound.text)), hint=hint, known=known)
        if language != language_of("", hint=hint, known=known):
            await store.set_language(chat, language)
        ahead = [other for other in await store.open_turns(chat) if not other.aside]
        number = project_after(project.number, ahead)
        if inbound.media:
            await self._acknowledge(inbound)
        collection = await store.collecting(chat)
        if collection is not None and collection.open and inbound.media:
            await store.hear(collection.id)
            await refresh(self._desk, collection)
        if inbound.media and number > 1 and not (collection and collection.open):
            await store.settle_files(inbound.event_id, chat, number)
        routes = await self._routes(inbound, language, number, collection)
        decided = decide(routes[0], inbound, collection)
        if decided is None or (decided.intents == (Intent.UPLOAD,) and _upload_waits(inbound, ahead, number)):
            await store.handle(inbound.event_id)
            return
        turns = _turns(inbound, [decided, *routes[1:]], sequence=sequence, language=language, project=number)
        turns = [replace(turn, project=project.number) if turn.aside else turn for turn in turns]
        if collection is not None and replace(chat, thread_id="") == collection.chat and Intent.EDIT in decided.intents:
            turns = [replace(turn, chat=collection.chat, project=collection.project) for turn in turns]  # from a topic
        if len(ahead) >= self._desk.policy.lane_waiting and not all(turn.aside for turn in turns):
            await store.handle(inbound.event_id)
            await self._tell(turns[0], "queue.full", count=len(ahead))
            return
        await store.handle(inbound.event_id, *turns)
        self._desk.reached("turn-stored")
        for turn in turns:
            await self._enqueue(turn)
        self._desk.reached("turn-enqueued")
        asked = sum(bool(other.route.text) for other in ahead)
        if asked and turns[0].route.text and not turns[0].aside:
            await self._tell(turns[0], "queue.position", count=asked)

    async def _routes(
        self, inbound: Inbound, language: str, project: int, collection: Collection | None
    ) -> list[Route]:
        has_media = bool(inbound.media)
        if collection is not None and not (inbound.command or has_media) and read(inbound.text) is not None:
            shares = await self._desk.store.shares(collection.chat, collection.project)
            if any(share.number for share in shares):  # a contact sheet was shown: that is what the numbers are of
                return [Route(intents=(Intent.EVENT,), text=inbound.text)]
        if not (inbound.command or has_media) and (version := version_wanted(inbound.text)):
            return [Route(intents=(Intent.LAST,), text=f"v{version}")]
        if inbound.command:
            prompt = self._desk.catalog.order(language, "edit.default_prompt")
            by_command = route_command(inbound.command, inbound.text, default_prompt=prompt, has_media=has_media)
            if by_command is not None and Intent.RETRY in by_command.intents:
                return await repeated(self._desk.store, inbound.chat, project) or [by_command]
            if by_command is not None:
                return [by_command]
        said = await answered(self._desk.store, inbound)
        spoken = unpinned(said)
        decided = route(spoken, self._desk.keywords, has_media=has_media)
        return [decided if spoken == said else replace(decided, text=said)]

    async def _acknowledge(self, inbound: Inbound) -> None:
        try:
            await self._desk.platforms[inbound.chat.platform].outbox.acknowledge(inbound)
        except DeliveryError:
            log.warning("could not acknowledge %s", inbound.event_id)

    async def _tell(self, turn: Turn, key: str, *, count: int) -> None:
        try:
            await self._desk.voice(turn).say(key, count=count)
        except DeliveryError:
            log.warning("could not tell the chat about %s", key)

    async def _enqueue(self, turn: Turn) -> None:
        if turn.aside:
            await self._desk.durable.enqueue_aside(turn.id)
        else:
            lane = await self._desk.store.lane(turn.chat)
            await self._desk.durable.enqueue(turn.id, lane=lane, sequence=lane_order(turn))


def _upload_waits(inbound: Inbound, ahead: Sequence[Turn], project: int) -> bool:
    """One waiting upload takes everything that arrives for its project before it runs."""
    return bool(inbound.media) and any(
        turn.state == "waiting" and turn.project == project and Intent.UPLOAD in turn.route.intents for turn in ahead
    )


def _turns(inbound: Inbound, routes: Sequence[Route], *, sequence: int, language: str, project: int) -> list[Turn]:
    """One turn for each phase of an order; what follows a new beginning belongs to the new project.

    Of several routes each is a turn that stands by itself.
    """
    turns = []
    first, *others = routes
    parts = [replace(first, intents=intents) for intents in phases(first.intents)]
    further = again_id if others else then_id
    for number, order in enumerate([*parts, *others]):
        name = TurnId(inbound.event_id)
        instant = order.instant or _only_asks_how(order, inbound)
        turns.append(
            Turn(
                id=further(name, number) if number else name,
                chat=inbound.chat,
                sequence=sequence,
                route=order,
                language=language,
                project=project,
                aside=instant and number == 0,
            )
        )
        project += Intent.NEW in order.intents
    return turns


def _only_asks_how(decided: Route, inbound: Inbound) -> bool:
    """ "Upload" without a file or an address: answered with what can be sent."""
    return decided.intents == (Intent.UPLOAD,) and not inbound.media and not links_in(decided.text)


def decide(route: Route, inbound: Inbound, collection: Collection | None = None) -> Route | None:
    """The turn that an event deserves, if any. In groups nothing happens or leaves before somebody says so.

    Files that count in for a `collection` wait for its word, whatever stands beneath them and wherever they come from.
    """
    if not inbound.addressed and inbound.command != EDITED:
        return None
    if collection is not None and collection.open and inbound.media and not inbound.command:
        return None
    if route.intents == (Intent.UPLOAD,) and inbound.media and inbound.chat_kind != "private":
        return None
    return route if route.intents else None
