"""What arrived, and from which chat."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.chat import ChatKind, ChatRef, person_key
from bot.core.turn import ItemState
from bot.store import records
from bot.store.collections import newest_open
from bot.store.part import Part, reads, writes
from bot.store.tables import chats, collections, events, guests, items, meta, outs, projects, rules, turns

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.core.chat import ChatMoved, EventId, Inbound
    from bot.core.media import MediaRef
    from bot.core.turn import Turn, TurnId


_MOVED = "moved:"

# What every event asks. SQLAlchemy takes longer to put a statement together than SQLite to carry it out.
_CHAT = select(chats.c.sequence, chats.c.project).where(chats.c.chat == bindparam("key"))
_KEEP = upsert(events).on_conflict_do_nothing(index_elements=["id"])
_COUNT = update(chats).where(chats.c.chat == bindparam("key")).values(sequence=bindparam("next"))


class Events(Part):
    """The part of `engine.ports_store.Store` about events and chats."""

    @writes
    def add_event(self, connection: Connection, inbound: Inbound) -> bool:
        """Keep an event, its place in its chat and its files. False when it is known already."""
        key, person = self._key(inbound.chat), person_key(inbound.chat.platform, inbound.sender)
        if inbound.media and _opted_out(connection, self._root(inbound.chat), person):
            inbound = replace(inbound, media=(), text=inbound.text if inbound.addressed else "")
        chat = connection.execute(_CHAT, {"key": key}).first()
        sequence, project = (chat.sequence + 1, chat.project) if chat else (1, 1)
        row = {"id": inbound.event_id, "chat": key, "sequence": sequence, "body": records.dump(inbound)}
        if not connection.execute(_KEEP, row | {"handled": 0, "at": int(time.time())}).rowcount:
            return False
        if chat:
            connection.execute(_COUNT, {"key": key, "next": sequence})
        else:
            _first_event(connection, key, private=inbound.chat_kind is ChatKind.PRIVATE)
        if inbound.media:
            home = connection.execute(newest_open(key, self._root(inbound.chat))).first()
            where = {"chat": key, "project": project} if home is None else {"chat": home.chat, "project": home.project}
            _keep_files(connection, inbound, where | {"person": person, "origin": key})
        return True

    @reads
    def unhandled(self, connection: Connection) -> list[tuple[int, Inbound]]:
        """Events that have no turn yet, each with its place in its chat, oldest first."""
        query = (
            select(events.c.sequence, events.c.body)
            .where(events.c.handled == literal_column("0"))
            .order_by(events.c.sequence)
        )
        return [(row.sequence, records.inbound(row.body)) for row in connection.execute(query)]

    @reads
    def event(self, connection: Connection, event_id: EventId | TurnId) -> Inbound:
        """The event behind a turn."""
        return records.inbound(connection.execute(select(events.c.body).where(events.c.id == event_id)).scalar_one())

    @reads
    def album(self, connection: Connection, event_id: EventId) -> list[tuple[str, str]]:
        """The events of the same album that have words, in their order, each with its words; empty for no album."""
        group = func.json_extract(events.c.body, "$.group_id")
        mine = select(events.c.chat, group.label("album")).where(events.c.id == event_id).subquery()
        query = (
            select(events.c.id, func.json_extract(events.c.body, "$.text").label("text"))
            .join(mine, (events.c.chat == mine.c.chat) & (group == mine.c.album))
            .where(mine.c.album != "", func.json_extract(events.c.body, "$.text") != "")
            .order_by(events.c.sequence)
        )
        return [(row.id, row.text) for row in connection.execute(query)]

    @writes
    def handle(self, connection: Connection, event_id: EventId, *turns_of_it: Turn) -> None:
        """In one transaction: the event needs no more attention, and its turns exist if it has any."""
        connection.execute(update(events).where(events.c.id == event_id).values(handled=1))
        for turn in turns_of_it:
            row = records.turn_row(turn) | {"chat": self._key(turn.chat)}
            connection.execute(upsert(turns).values(**row).on_conflict_do_nothing())

    @writes
    def move_chat(self, connection: Connection, moved: ChatMoved) -> None:
        """A chat has another id now: everything of the old one belongs to the new one, its lane included.

        Whoever still asks for the old one, such as a turn that was running meanwhile, is answered about the new one.
        """
        old, new = moved.old.key, moved.new.key
        if connection.execute(select(chats.c.chat).where(chats.c.chat == new)).first():
            return  # told twice, or the new one is in use already
        for table in (chats, projects, events, items, turns, collections, guests, outs, rules):
            connection.execute(update(table).where(table.c.chat == old).values(chat=new))
        connection.execute(update(items).where(items.c.origin == old).values(origin=new))
        row = upsert(meta).values(name=f"{_MOVED}{old}", value=new)
        connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": new}))
        # At once: what is written after this, in the same transaction perhaps, is the new one's.
        self._moved.pop(new, None)
        self._moved[old] = new

    @reads
    def _moves(self, connection: Connection) -> dict[str, str]:
        query = select(meta.c.name, meta.c.value).where(meta.c.name.startswith(_MOVED))
        return {row.name.removeprefix(_MOVED): row.value for row in connection.execute(query)}

    @reads
    def lane(self, connection: Connection, chat: ChatRef) -> str:
        """The name of a chat's lane; it stays when the chat gets another id."""
        return str(connection.execute(select(chats.c.lane).where(chats.c.chat == self._key(chat))).scalar_one())


def _opted_out(connection: Connection, root: str, person: str) -> bool:
    query = select(outs.c.person).where(outs.c.chat == root, outs.c.person == person)
    return connection.execute(query).first() is not None


def _keep_files(connection: Connection, inbound: Inbound, whose: dict[str, str | int]) -> None:
    for position, ref in enumerate(inbound.media):
        if _has(connection, whose["chat"], whose["project"], ref):
            continue
        row = upsert(items).values(
            **whose,
            name=inbound.sender.name,
            message=inbound.message_id,
            event=inbound.event_id,
            position=position,
            ref=records.dump(ref),
            caption=inbound.text,
            arrived=inbound.at.isoformat(),
            state=ItemState.ARRIVED.value,
            reason="",
        )
        # An event that comes again after its id was forgotten brings no file twice.
        connection.execute(row.on_conflict_do_nothing())


def _has(connection: Connection, key: str | int, project: str | int, ref: MediaRef) -> bool:
    """Whether the project has this very file already: somebody answered a photo to speak of it."""
    query = select(items.c.id).where(items.c.chat == key, items.c.project == project)
    query = query.where(items.c.ref == records.dump(ref), items.c.state != ItemState.REFUSED.value)
    return connection.execute(query).first() is not None


def _first_event(connection: Connection, key: str, *, private: bool) -> None:
    row = {"chat": key, "sequence": 1, "project": 1, "language": "", "private": int(private), "lane": key}
    connection.execute(insert(chats).values(**row))
    connection.execute(insert(projects).values(chat=key, number=1, delivered=0))
