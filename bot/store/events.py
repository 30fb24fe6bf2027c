"""What arrived, and from which chat."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.chat import ChatKind, ChatRef, person_key
from bot.core.turn import ItemState
from bot.store import records
from bot.store.collections import newest_open
from bot.store.part import Part
from bot.store.tables import chats, collections, events, guests, items, meta, outs, projects, rules, turns

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.core.chat import ChatMoved, EventId, Inbound
    from bot.core.media import MediaRef
    from bot.core.turn import Turn, TurnId


_MOVED = "moved:"


class Events(Part):
    """The part of `engine.ports_store.Store` about events and chats."""

    async def add_event(self, inbound: Inbound) -> bool:
        """Keep an event, its place in its chat and its files. False when it is known already."""
        key = self._key(inbound.chat)
        async with self._engine.begin() as connection:
            if (await connection.execute(select(events.c.id).where(events.c.id == inbound.event_id))).first():
                return False
            sequence = await _next_sequence(connection, inbound, key)
            person, root = person_key(inbound.chat.platform, inbound.sender), self._root(inbound.chat)
            unwanted = select(outs.c.person).where(outs.c.chat == root, outs.c.person == person)
            if inbound.media and (await connection.execute(unwanted)).first():
                inbound = replace(inbound, media=(), text=inbound.text if inbound.addressed else "")
            project = (await connection.execute(select(chats.c.project).where(chats.c.chat == key))).scalar_one()
            body = records.dump(inbound)
            await connection.execute(
                insert(events).values(
                    id=inbound.event_id, chat=key, sequence=sequence, body=body, handled=0, at=int(time.time())
                )
            )
            if not inbound.media:
                return True
            home = (await connection.execute(newest_open(key, root))).first()
            chat, project = (home.chat, home.project) if home else (key, project)
            for position, ref in enumerate(inbound.media):
                if await _has(connection, chat, project, ref):
                    continue
                row = upsert(items).values(
                    chat=chat,
                    project=project,
                    person=person,
                    name=inbound.sender.name,
                    message=inbound.message_id,
                    origin=key,
                    event=inbound.event_id,
                    position=position,
                    ref=records.dump(ref),
                    caption=inbound.text,
                    arrived=inbound.at.isoformat(),
                    state=ItemState.ARRIVED.value,
                    reason="",
                )
                # An event that comes again after its id was forgotten brings no file twice.
                await connection.execute(row.on_conflict_do_nothing())
        return True

    async def unhandled(self) -> list[tuple[int, Inbound]]:
        """Events that have no turn yet, each with its place in its chat, oldest first."""
        query = (
            select(events.c.sequence, events.c.body)
            .where(events.c.handled == literal_column("0"))
            .order_by(events.c.sequence)
        )
        async with self._reads.connect() as connection:
            return [(row.sequence, records.inbound(row.body)) for row in await connection.execute(query)]

    async def event(self, event_id: EventId | TurnId) -> Inbound:
        """The event behind a turn."""
        async with self._reads.connect() as connection:
            return records.inbound(
                (await connection.execute(select(events.c.body).where(events.c.id == event_id))).scalar_one()
            )

    async def album(self, event_id: EventId) -> list[tuple[str, str]]:
        """The events of the same album that have words, in their order, each with its words; empty for no album."""
        group = func.json_extract(events.c.body, "$.group_id")
        mine = select(events.c.chat, group.label("album")).where(events.c.id == event_id).subquery()
        query = (
            select(events.c.id, func.json_extract(events.c.body, "$.text").label("text"))
            .join(mine, (events.c.chat == mine.c.chat) & (group == mine.c.album))
            .where(mine.c.album != "", func.json_extract(events.c.body, "$.text") != "")
            .order_by(events.c.sequence)
        )
        async with self._reads.connect() as connection:
            return [(row.id, row.text) for row in await connection.execute(query)]

    async def handle(self, event_id: EventId, *turns_of_it: Turn) -> None:
        """In one transaction: the event needs no more attention, and its turns exist if it has any."""
        async with self._engine.begin() as connection:
            await connection.execute(update(events).where(events.c.id == event_id).values(handled=1))
            for turn in turns_of_it:
                row = records.turn_row(turn) | {"chat": self._key(turn.chat)}
                await connection.execute(upsert(turns).values(**row).on_conflict_do_nothing())

    async def move_chat(self, moved: ChatMoved) -> None:
        """A chat has another id now: everything of the old one belongs to the new one, its lane included.

        Whoever still asks for the old one, such as a turn that was running meanwhile, is answered about the new one.
        """
        old, new = moved.old.key, moved.new.key
        async with self._engine.begin() as connection:
            if (await connection.execute(select(chats.c.chat).where(chats.c.chat == new))).first():
                return  # told twice, or the new one is in use already
            for table in (chats, projects, events, items, turns, collections, guests, outs, rules):
                await connection.execute(update(table).where(table.c.chat == old).values(chat=new))
            await connection.execute(update(items).where(items.c.origin == old).values(origin=new))
            row = upsert(meta).values(name=f"{_MOVED}{old}", value=new)
            await connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": new}))
        self._moved.pop(new, None)
        self._moved[old] = new

    async def _recall_moves(self) -> None:
        query = select(meta.c.name, meta.c.value).where(meta.c.name.startswith(_MOVED))
        async with self._reads.connect() as connection:
            rows = await connection.execute(query)
            self._moved |= {row.name.removeprefix(_MOVED): row.value for row in rows}

    async def lane(self, chat: ChatRef) -> str:
        """The name of a chat's lane; it stays when the chat gets another id."""
        async with self._reads.connect() as connection:
            return str(
                (await connection.execute(select(chats.c.lane).where(chats.c.chat == self._key(chat)))).scalar_one()
            )


async def _has(connection: AsyncConnection, key: str, project: int, ref: MediaRef) -> bool:
    """Whether the project has this very file already: somebody answered a photo to speak of it."""
    query = select(items.c.id).where(items.c.chat == key, items.c.project == project)
    query = query.where(items.c.ref == records.dump(ref), items.c.state != ItemState.REFUSED.value)
    return (await connection.execute(query)).first() is not None


async def _next_sequence(connection: AsyncConnection, inbound: Inbound, key: str) -> int:
    row = (await connection.execute(select(chats.c.sequence).where(chats.c.chat == key))).first()
    if row is None:
        private = int(inbound.chat_kind is ChatKind.PRIVATE)
        await connection.execute(
            insert(chats).values(chat=key, sequence=1, project=1, language="", private=private, lane=key)
        )
        await connection.execute(insert(projects).values(chat=key, number=1, delivered=0))
        return 1
    await connection.execute(update(chats).where(chats.c.chat == key).values(sequence=row.sequence + 1))
    return int(row.sequence) + 1
