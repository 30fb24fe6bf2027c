"""What a group chooses among its files: numbers, what is left out, what comes first, what people like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.chat import ChatRef, person_key
from bot.core.event.choice import chosen
from bot.core.event.collection import REMOVED, WITHDRAWN
from bot.core.event.votes import Sign
from bot.core.turn import ItemState
from bot.store.part import Part, reads, writes
from bot.store.shares import family
from bot.store.tables import items, looks, marks, votes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection

    from bot.core.chat import Reacted, Signed
    from bot.core.event.choice import Choice
    from bot.core.turn import TurnId


class Choices(Part):
    """The part of `engine.ports_store.Store` about choosing together."""

    @writes
    def number(self, connection: Connection, chat: ChatRef, project: int, order: Sequence[int]) -> bool:
        """Give the files of a sheet their numbers, in this order, once and for all; whether none had one before."""
        mine = items.c.chat == self._key(chat), items.c.project == project
        rows = connection.execute(select(items.c.id, items.c.number).where(*mine)).all()
        known = {row.id for row in rows if row.number}
        after = max((row.number for row in rows), default=0) + 1
        for number, item in enumerate((item for item in order if item not in known), after):
            connection.execute(update(items).where(*mine, items.c.id == item).values(number=number))
        return not known

    @writes
    def choose(
        self, connection: Connection, turn_id: TurnId, chat: ChatRef, project: int, choice: Choice
    ) -> tuple[int, ...]:
        """Change what is left out and what begins the film, once for a turn; the numbers that nobody has.

        Of choices at the same time each sees what the one before it left.
        """
        mine = items.c.chat == self._key(chat), items.c.project == project
        columns = items.c.id, items.c.number, items.c.dropped, items.c.lead
        rows = connection.execute(select(*columns).where(*mine, items.c.reason.not_in(WITHDRAWN))).all()
        numbers = {row.number: row.id for row in rows if row.number}
        dropped = frozenset(row.id for row in rows if row.dropped)
        lead = [row.id for row in sorted(rows, key=lambda row: row.lead) if row.lead]
        out, first, unknown = chosen(numbers, dropped, lead, choice)
        row = upsert(marks).values(turn=turn_id, name="chosen", value="1").on_conflict_do_nothing()
        if connection.execute(row).rowcount:
            connection.execute(update(items).where(*mine).values(dropped=0, lead=0))
            connection.execute(update(items).where(*mine, items.c.id.in_(out)).values(dropped=1))
            for place, item in enumerate(first, 1):
                connection.execute(update(items).where(*mine, items.c.id == item).values(lead=place))
        return unknown

    @writes
    def vote(
        self, connection: Connection, chat: ChatRef, person: str, *, among: Sequence[int], chosen: Sequence[int]
    ) -> None:
        """What somebody likes among files that count in a chat."""
        known = items.c.id.in_(chosen), items.c.chat.startswith(self._root(chat), autoescape=True)
        liked = connection.execute(select(items.c.id).where(*known)).scalars().all()
        connection.execute(delete(votes).where(votes.c.item.in_(among), votes.c.person == person))
        for item in liked:
            connection.execute(insert(votes).values(item=item, person=person))

    @writes
    def sign(self, connection: Connection, chat: ChatRef, signed: Signed) -> list[int]:
        """Votes for a message's files are these now, and who signed theirs out took them out; the files that left.

        Whose sign is gone stays out: it may have been said in words.
        """
        message = items.c.origin.in_(family(self._root(chat))), items.c.message == signed.message_id
        mine = connection.execute(select(items.c.id).where(*message)).scalars().all()
        theirs = votes.c.person.startswith(f"{chat.platform}:", autoescape=True)
        connection.execute(delete(votes).where(votes.c.item.in_(mine), theirs))
        for item in mine:
            for person in signed.likes:
                connection.execute(insert(votes).values(item=item, person=f"{chat.platform}:{person}"))
        people = [f"{chat.platform}:{person}" for person in signed.outs]
        out = _found(connection, *message, items.c.person.in_(people), items.c.reason.not_in(WITHDRAWN))
        return _out(connection, out)

    @reads
    def sources(self, connection: Connection, chat: ChatRef, project: int) -> list[tuple[ChatRef, str, str]]:
        """Where a project's files were sent: chat, message and person of each that was not taken out."""
        query = (
            select(items.c.origin, items.c.message, items.c.person)
            .where(items.c.chat == self._key(chat), items.c.project == project, items.c.reason.not_in(WITHDRAWN))
            .distinct()
        )
        return [(ChatRef.from_key(row.origin), row.message, row.person) for row in connection.execute(query)]

    @writes
    def react(self, connection: Connection, reacted: Reacted) -> tuple[list[int], list[tuple[ChatRef, int]]]:
        """Keep what somebody's signs say of a message's files.

        Gives the files that left by them, and the projects (chat and number) whose files are others now.
        """
        person = person_key(reacted.chat.platform, reacted.sender)
        message = items.c.origin.in_(family(self._root(reacted.chat))), items.c.message == reacted.message_id
        own = *message, items.c.person == person
        if Sign.LIKE in reacted.put | reacted.taken:
            liked = connection.execute(select(items.c.id).where(*message)).scalars().all()
            connection.execute(delete(votes).where(votes.c.item.in_(liked), votes.c.person == person))
            for item in liked if Sign.LIKE in reacted.put else ():
                connection.execute(insert(votes).values(item=item, person=person))
        back = _found(connection, *own, items.c.reason == REMOVED) if Sign.OUT in reacted.taken else []
        again = update(items).where(items.c.id.in_([row.id for row in back]))
        connection.execute(again.values(state=ItemState.ARRIVED.value, reason=""))
        unseen = looks.c.item.in_([row.id for row in back])  # its small picture was deleted
        connection.execute(delete(looks).where(unseen))
        out = _found(connection, *own, items.c.reason.not_in(WITHDRAWN)) if Sign.OUT in reacted.put else []
        projects = dict.fromkeys((row.chat, row.project) for row in [*back, *out])
        return _out(connection, out), [(ChatRef.from_key(chat), project) for chat, project in projects]


def _out(connection: Connection, rows: Sequence[Any]) -> list[int]:
    """These files left by their senders' signs; their ids."""
    gone = [row.id for row in rows]
    refused = update(items).where(items.c.id.in_(gone))
    connection.execute(refused.values(state=ItemState.REFUSED.value, reason=REMOVED))
    return gone


def _found(connection: Connection, *which: ColumnElement[bool]) -> Sequence[Any]:
    return connection.execute(select(items.c.id, items.c.chat, items.c.project).where(*which)).all()
