"""Whose files are in a project, what was seen in them, and how people take them out again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.chat import ChatRef
from bot.core.event.collection import DROPPED, DUPLICATE, OPTED_OUT, REMOVED, WITHDRAWN, Collection, Look, Share
from bot.core.turn import ItemState
from bot.store import records
from bot.store.collections import collection
from bot.store.part import Part, reads, writes
from bot.store.tables import collections, events, items, looks, outs, projects, turns, votes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Connection

_REFUSED, _ARRIVED = ItemState.REFUSED.value, ItemState.ARRIVED.value


class Shares(Part):
    """The part of `engine.ports_store.Store` about people's files."""

    @reads
    def shares(self, connection: Connection, chat: ChatRef, project: int) -> list[Share]:
        """A project's files with their senders, in the order of their arrival."""
        query = (
            select(items, looks, _votes())
            .outerjoin(looks, looks.c.item == items.c.id)
            .where(items.c.chat == self._key(chat), items.c.project == project)
            .order_by(items.c.id)
        )
        return [_share(row) for row in connection.execute(query)]

    @reads
    def unseen(self, connection: Connection, most: int) -> list[tuple[Collection, Share]]:
        """Files of open collections that nobody has looked at yet, oldest first."""
        mine = (items.c.chat == collections.c.chat) & (items.c.project == collections.c.project)
        query = (
            select(items, looks, _votes(), collections.c.id.label("collection"))
            .join(collections, mine)
            .outerjoin(looks, looks.c.item == items.c.id)
            .where(collections.c.open == 1, looks.c.item.is_(None), items.c.state == _ARRIVED)
            .order_by(items.c.id)
            .limit(most)
        )
        rows = connection.execute(query).all()
        known = select(collections).where(collections.c.id.in_({row.collection for row in rows}))
        there = {row.id: collection(row) for row in connection.execute(known)}
        return [(there[row.collection], _share(row)) for row in rows]

    @writes
    def set_look(self, connection: Connection, item: int, look: Look) -> None:
        """What was seen in a file."""
        row = {
            "digest": look.digest,
            "likeness": "" if look.likeness is None else f"{look.likeness:016x}",
            "pixels": look.pixels,
            "taken": "" if look.taken is None else look.taken.isoformat(),
            "error": look.error,
            "tall": int(look.tall),
        }
        connection.execute(
            upsert(looks).values(item=item, **row).on_conflict_do_update(index_elements=["item"], set_=row)
        )

    @writes
    def arrange(self, connection: Connection, places: Mapping[int, int]) -> None:
        """The order in which files are sent, by their ids."""
        for item, place in places.items():
            connection.execute(update(items).where(items.c.id == item).values(place=place))

    @writes
    def set_shown(self, connection: Connection, chat: ChatRef, project: int, shown: frozenset[int]) -> None:
        """Which of a project's files its last film has."""
        mine = items.c.chat == self._key(chat), items.c.project == project
        connection.execute(update(items).where(*mine).values(shown=0))
        connection.execute(update(items).where(*mine, items.c.id.in_(shown)).values(shown=1))

    @writes
    def withdraw(
        self,
        connection: Connection,
        chat: ChatRef,
        person: str,
        *,
        reason: str,
        message: str = "",
        anyone: bool = False,
    ) -> list[int]:
        """Take out what a person sent from a chat and its topics, or with `message` what that one brought.

        `anyone` takes the message's files whoever sent them. Gives the ids; the next version is made without them.
        """
        mine = [self._sent_here(chat, message) if message else self._counting_here(chat)]
        if not anyone:
            mine.append(items.c.person == person)
        return _refuse(connection, *mine, reason=reason)

    @reads
    def places_of(self, connection: Connection, person: str) -> list[ChatRef]:
        """The chats that a person sent files to, or whose collections have them."""
        mine = items.c.person == person
        query = select(items.c.origin).where(mine).union(select(items.c.chat).where(mine))
        return [ChatRef.from_key(key) for key in connection.execute(query).scalars()]

    @writes
    def opt_out(self, connection: Connection, chat: ChatRef, person: str) -> list[int]:
        """From now on nothing that a person sends here is kept; what there was is withdrawn. Gives its ids."""
        row = upsert(outs).values(chat=self._root(chat), person=person)
        connection.execute(row.on_conflict_do_nothing())
        return _refuse(connection, self._counting_here(chat), items.c.person == person, reason=OPTED_OUT)

    @writes
    def opt_in(self, connection: Connection, chat: ChatRef, person: str) -> int:
        """What a person sends here counts again, and what they had sent before; how many files came back."""
        mine = self._counting_here(chat), items.c.person == person, items.c.reason == OPTED_OUT
        connection.execute(delete(outs).where(outs.c.chat == self._root(chat), outs.c.person == person))
        back = connection.execute(update(items).where(*mine).values(state=_ARRIVED, reason=""))
        return int(back.rowcount)

    @writes
    def forget_person(self, connection: Connection, chat: ChatRef, person: str) -> tuple[list[int], int]:
        """Delete what a person sent: the ids of the files, and how many of them the service has had."""
        mine = self._counting_here(chat), items.c.person == person
        withdrawn = _refuse(connection, *mine, reason=REMOVED)
        rows = connection.execute(select(items.c.id, items.c.event, items.c.sent).where(*mine)).all()
        for project in connection.execute(_stale(*mine)).all():
            connection.execute(_without_session(project))
            connection.execute(_to_be_sent_again(project))
        gone = [row.id for row in rows]
        for table in (looks, votes):
            connection.execute(delete(table).where(table.c.item.in_(gone)))
        theirs = select(items.c.id).where(self._counting_here(chat))
        connection.execute(delete(votes).where(votes.c.person == person, votes.c.item.in_(theirs)))
        connection.execute(delete(items).where(items.c.id.in_(gone)))
        busy = select(turns.c.id).where(turns.c.ended.is_(None))
        done = events.c.id.in_({row.event for row in rows}), events.c.handled == 1, events.c.id.not_in(busy)
        connection.execute(update(events).where(*done).values(body=_EMPTIED))
        assert set(withdrawn) <= set(gone)
        return gone, sum(row.sent for row in rows)

    @writes
    def without_withdrawn(self, connection: Connection, chat: ChatRef, project: int) -> bool:
        """Leave a service's project that holds a withdrawn file: the others are sent to a new one. Whether it was."""
        unwanted = items.c.reason.in_(WITHDRAWN | {DUPLICATE, DROPPED})
        mine = items.c.chat == self._key(chat), items.c.project == project, unwanted
        stale = connection.execute(_stale(*mine)).first()
        if stale is None:
            return False
        connection.execute(_without_session(stale))
        connection.execute(_to_be_sent_again(stale))
        return True

    def _sent_here(self, chat: ChatRef, message: str) -> ColumnElement[bool]:
        return and_(items.c.origin.in_(family(self._root(chat))), items.c.message == message)

    def _counting_here(self, chat: ChatRef) -> ColumnElement[bool]:
        """What was sent to a chat and its topics, or elsewhere to what they collect."""
        top = self._root(chat)
        return or_(items.c.origin.in_(family(top)), items.c.chat.startswith(top, autoescape=True))


def _refuse(connection: Connection, *which: ColumnElement[bool], reason: str) -> list[int]:
    wanted = *which, items.c.reason.not_in(WITHDRAWN)
    found = [row.id for row in connection.execute(select(items.c.id).where(*wanted))]
    connection.execute(update(items).where(items.c.id.in_(found)).values(state=_REFUSED, reason=reason))
    return found


def family(top: str) -> Any:  # noqa: ANN401 - a subquery
    """A chat and its topics, as files name where they came from."""
    return select(items.c.origin).where(items.c.origin.startswith(top, autoescape=True))


def _votes() -> Any:  # noqa: ANN401 - a subquery
    return select(func.count()).where(votes.c.item == items.c.id).scalar_subquery().label("votes")


_EMPTIED = "{}"


def _stale(*which: Any) -> Any:  # noqa: ANN401
    return select(items.c.chat, items.c.project).where(*which, items.c.sent == 1).distinct()


def _without_session(project: Any) -> Any:  # noqa: ANN401
    return (
        update(projects)
        .where(projects.c.chat == project.chat, projects.c.number == project.project)
        .values(session=None)
    )


def _to_be_sent_again(project: Any) -> Any:  # noqa: ANN401
    mine = items.c.chat == project.chat, items.c.project == project.project
    kept = update(items).where(*mine, items.c.state == ItemState.UPLOADED.value)
    return kept.values(state=_ARRIVED, sent=0)


def _share(row: Any) -> Share:  # noqa: ANN401 - a row is what SQLAlchemy makes of the tables
    item = records.item(row)
    look = None
    if row.item is not None:
        look = Look(
            digest=row.digest,
            likeness=int(row.likeness, 16) if row.likeness else None,
            pixels=row.pixels,
            taken=datetime.fromisoformat(row.taken) if row.taken else None,
            error=row.error,
            tall=bool(row.tall),
        )
    return Share(
        id=item.id,
        person=row.person,
        name=row.name,
        ref=item.ref,
        state=item.state,
        sent=item.arrived,
        reason=item.reason,
        look=look,
        shown=None if row.shown is None else bool(row.shown),
        number=row.number,
        dropped=bool(row.dropped),
        lead=row.lead,
        votes=row.votes,
    )
