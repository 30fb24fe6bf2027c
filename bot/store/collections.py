"""Collections: what an event's group brings together, who is in it, and who does not want to be."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.chat import ChatRef
from bot.core.event.collection import Collection
from bot.core.event.rights import Rules
from bot.store import records
from bot.store.part import Part, reads, writes
from bot.store.tables import chats, collections, events, guests, items, marks, projects, rules, turns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection, Select


class Collections(Part):
    """The part of `engine.ports_store.Store` about collections and their guests."""

    @writes
    def open_collection(self, connection: Connection, wanted: Collection, *, after: int) -> Collection:
        """Begin a collection, and with it the project that follows number `after` of its chat.

        What arrived there since the order (event number `wanted.id` of the chat) is in it. The same order twice begins
        one: its join code is the mark.
        """
        key = self._key(wanted.chat)
        known = connection.execute(select(collections).where(collections.c.code == wanted.code)).first()
        if known is not None:
            return collection(known)
        connection.execute(update(chats).where(chats.c.chat == key).values(project=after + 1))
        row = {"chat": key, "number": after + 1, "delivered": 0}
        connection.execute(upsert(projects).values(**row).on_conflict_do_nothing())
        later = select(events.c.id).where(events.c.chat == key, events.c.sequence > wanted.id)
        connection.execute(
            update(items)
            .where(items.c.chat == key, items.c.project == after, items.c.event.in_(later))
            .values(project=after + 1)
        )
        made = connection.execute(
            insert(collections).values(
                chat=key,
                project=after + 1,
                title=wanted.title,
                language=wanted.language,
                code=wanted.code,
                opener=wanted.opener,
                open=1,
                until="" if wanted.until is None else wanted.until.isoformat(),
                heard=int(time.time()),
            )
        )
        number = made.inserted_primary_key
        assert number is not None
        return replace(wanted, id=int(number[0]), project=after + 1)

    @reads
    def collection_of(self, connection: Connection, chat: ChatRef, project: int) -> Collection | None:
        """The collection whose files a project holds, open or closed."""
        mine = collections.c.chat == self._key(chat), collections.c.project == project
        return _one(connection, select(collections).where(*mine))

    @reads
    def collecting(self, connection: Connection, chat: ChatRef) -> Collection | None:
        """Where files of this chat count in, or what was collected last while it still is its chat's project."""
        key, root = self._key(chat), self._root(chat)
        newest = collections.c.id.desc()
        open_first = collections.c.open.desc(), (collections.c.chat == key).desc(), newest
        current = (
            select(chats.c.chat)
            .where(chats.c.chat == collections.c.chat, chats.c.project == collections.c.project)
            .exists()
        )
        return _one(connection, select(collections).where(covers(key, root), current).order_by(*open_first).limit(1))

    @reads
    def collection_by_code(self, connection: Connection, code: str) -> Collection | None:
        """The open collection that guests join by this code."""
        return _one(connection, select(collections).where(collections.c.code == code, collections.c.open == 1))

    @reads
    def open_collections(self, connection: Connection) -> list[tuple[Collection, float]]:
        """Every open collection, and when it was last heard of (seconds since 1970)."""
        rows = connection.execute(select(collections).where(collections.c.open == 1))
        return [(collection(row), float(row.heard)) for row in rows]

    @writes
    def set_collection(self, connection: Connection, /, number: int, **facts: bool) -> bool:
        """Change `open`, `asked`, `offered`, `everything`, `names` or `picking`; whether that was any change."""
        columns = {name: int(value) for name, value in facts.items()}
        other = or_(*(collections.c[name] != value for name, value in columns.items()))
        done = connection.execute(
            update(collections).where(collections.c.id == number, other).values(**columns, heard=int(time.time()))
        )
        return bool(done.rowcount)

    @writes
    def hear(self, connection: Connection, number: int) -> None:
        """Something arrived: a question about going on may be asked again once it is quiet."""
        connection.execute(
            update(collections).where(collections.c.id == number).values(heard=int(time.time()), asked=0)
        )

    @writes
    def join(self, connection: Connection, chat: ChatRef, number: int) -> None:
        """From now on, files of this chat count in there; it leaves what it had joined before."""
        row = upsert(guests).values(chat=self._key(chat), collection=number)
        connection.execute(row.on_conflict_do_update(index_elements=["chat"], set_={"collection": number}))

    @reads
    def guest_groups(self, connection: Connection, number: int) -> list[ChatRef]:
        """The groups, not the private chats, whose files count in there."""
        query = (
            select(guests.c.chat)
            .join(chats, chats.c.chat == guests.c.chat)
            .where(guests.c.collection == number, chats.c.private == 0)
            .order_by(guests.c.chat)
        )
        return [ChatRef.from_key(key) for key in connection.execute(query).scalars()]

    @writes
    def leave(self, connection: Connection, chat: ChatRef) -> None:
        """Files of this chat are its own again."""
        connection.execute(delete(guests).where(guests.c.chat == self._key(chat)))

    @reads
    def rules(self, connection: Connection, chat: ChatRef) -> Rules:
        """What a group's admins chose for it and its topics."""
        query = select(rules.c.body).where(rules.c.chat == self._root(chat))
        body = connection.execute(query).scalar_one_or_none()
        return Rules() if body is None else records.rules(body)

    @writes
    def set_rules(self, connection: Connection, chat: ChatRef, chosen: Rules) -> None:
        """Keep what the admins chose."""
        body = records.dump(chosen)
        row = upsert(rules).values(chat=self._root(chat), body=body)
        connection.execute(row.on_conflict_do_update(index_elements=["chat"], set_={"body": body}))

    @reads
    def spent_since(self, connection: Connection, chat: ChatRef, when: float) -> int:
        """How many turns of a chat and its topics have asked the agent for something since a time, or still may."""
        root = self._root(chat)
        asked = select(marks.c.turn).where(marks.c.turn == turns.c.id, marks.c.name == "intent").exists()
        query = select(func.count()).where(
            turns.c.chat.startswith(root, autoescape=True), asked, or_(turns.c.ended.is_(None), turns.c.ended >= when)
        )
        return int(connection.execute(query).scalar_one())


def _one(connection: Connection, query: Select[Any]) -> Collection | None:
    row = connection.execute(query).first()
    return None if row is None else collection(row)


def covers(key: str, root: str) -> ColumnElement[bool]:
    """Whether a collection takes files of a chat: its own, those of its topics, those of its guests."""
    joined = select(guests.c.collection).where(guests.c.chat == key)
    return or_(collections.c.chat == key, collections.c.chat == root, collections.c.id.in_(joined))


def newest_open(key: str, root: str) -> Select[Any]:
    """Where a file of a chat belongs: the chat's own collection first."""
    return (
        select(collections.c.id, collections.c.chat, collections.c.project)
        .where(collections.c.open == 1, covers(key, root))
        .order_by((collections.c.chat == key).desc(), collections.c.id.desc())
        .limit(1)
    )


def collection(row: Any) -> Collection:  # noqa: ANN401 - a row is what SQLAlchemy makes of the table
    """A row of `collections`."""
    return Collection(
        id=row.id,
        chat=ChatRef.from_key(row.chat),
        project=row.project,
        title=row.title,
        language=row.language,
        code=row.code,
        opener=row.opener,
        open=bool(row.open),
        until=datetime.fromisoformat(row.until) if row.until else None,
        asked=bool(row.asked),
        offered=bool(row.offered),
        everything=bool(row.everything),
        names=bool(row.names),
        picking=bool(row.picking),
    )


def forgotten(key: str) -> Iterable[Any]:
    """Statements that forget a chat's collections."""
    mine = select(collections.c.id).where(collections.c.chat == key)
    yield delete(guests).where(or_(guests.c.chat == key, guests.c.collection.in_(mine)))
    yield delete(collections).where(collections.c.chat == key)
