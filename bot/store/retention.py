"""What is over is forgotten after a while, in small transactions, so that nobody waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, literal_column, select

from bot.store.part import Part, writes
from bot.store.tables import chats, events, items, looks, turns, votes

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

BATCH = 2_000
"""Rows per transaction."""

_ROW: ColumnElement[int] = literal_column("rowid")


class Retention(Part):
    """The part of `engine.ports_store.Store` that forgets."""

    async def prune(self, *, events_before: float, events_least: int, turns_before: float) -> int:
        """Delete what is over and older than the given times (seconds since 1970); how many rows went.

        The newest `events_least` ids of events stay whatever the clock says: they are the memory against doubles.
        Turns take their marks along; files go with their event, once their project is no longer the chat's current one.
        """
        newest = select(func.max(_ROW)).select_from(events).scalar_subquery()
        unfinished = select(turns.c.id).where(turns.c.ended.is_(None))
        known = select(events.c.id)
        old = chats.c.chat == items.c.chat, chats.c.project > items.c.project
        return (
            await self._forget(turns, turns.c.ended < int(turns_before))
            + await self._forget(
                events,
                events.c.handled == 1,
                events.c.at < int(events_before),
                newest - events_least >= _ROW,
                events.c.id.not_in(unfinished),
            )
            + await self._forget(items, items.c.event.not_in(known), select(chats.c.chat).where(*old).exists())
            + await self._forget(looks, looks.c.item.not_in(select(items.c.id)))
            + await self._forget(votes, votes.c.item.not_in(select(items.c.id)))
        )

    async def _forget(self, table: Table, *which: ColumnElement[bool]) -> int:
        gone = 0
        while True:
            count = await self._forget_some(table, *which)
            gone += count
            if count < BATCH:
                return gone

    @writes
    def _forget_some(self, connection: Connection, table: Table, *which: ColumnElement[bool]) -> int:
        batch = select(_ROW).select_from(table).where(*which).limit(BATCH)
        return connection.execute(delete(table).where(_ROW.in_(batch))).rowcount
