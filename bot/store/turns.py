"""Turns, and the marks that say how far each has come."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.intents import Intent
from bot.core.turn import TurnId, TurnState, batch_of, is_part, lane_order
from bot.store import records
from bot.store.part import Part, reads, writes
from bot.store.tables import items, marks, projects, turns

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.core.chat import ChatRef
    from bot.core.turn import Turn

RETRY_REACH = 20
"""How many turns back a request to try again looks."""

OPEN = (TurnState.WAITING.value, TurnState.RUNNING.value)


class Turns(Part):
    """The part of `engine.ports_store.Store` about turns."""

    @reads
    def turn(self, connection: Connection, turn_id: TurnId) -> Turn:
        """One turn. Raises sqlalchemy's NoResultFound for an id that was never stored."""
        return records.turn(connection.execute(select(turns).where(turns.c.id == turn_id)).one())

    @reads
    def earlier_phases(self, connection: Connection, turn: Turn) -> list[Turn]:
        """The turns of the same message before this one, in order; parts of batches are none."""
        query = select(turns).where(turns.c.chat == self._key(turn.chat), turns.c.sequence == turn.sequence)
        found = [records.turn(row) for row in connection.execute(query)]
        before = [one for one in found if not is_part(one.id) and lane_order(one) < lane_order(turn)]
        return sorted(before, key=lane_order)

    @reads
    def batch_turns(self, connection: Connection, chat: ChatRef, project: int) -> list[Turn]:
        """The parts of the newest batch that a project became, and the later turns of their films, in lane order."""
        mine = select(turns).where(turns.c.chat == self._key(chat))
        rows = connection.execute(mine.where(turns.c.project < 0).order_by(turns.c.sequence))
        apart = [records.turn(row) for row in rows]
        parts = [one for one in apart if is_part(one.id)]
        if not parts:
            return []
        newest = batch_of(max(parts, key=lane_order).id)
        began = connection.execute(mine.where(turns.c.id == newest)).one_or_none()
        if began is None or began.project != project:  # it is forgotten, or a new project was begun since
            return []
        films = {part.project for part in parts if batch_of(part.id) == newest}
        return sorted((one for one in apart if one.project in films), key=lane_order)

    @writes
    def readdress(self, connection: Connection, turn_id: TurnId, *, project: int, text: str) -> None:
        """A turn is for another project, with these words."""
        mine = turns.c.id == turn_id
        found = records.turn(connection.execute(select(turns).where(mine)).one())
        route = records.dump(replace(found.route, text=text))
        connection.execute(update(turns).where(mine).values(project=project, route=route))

    @reads
    def open_turns(self, connection: Connection, chat: ChatRef | None = None) -> list[Turn]:
        """Turns that wait or run, of one chat or of all, in lane order."""
        query = select(turns).where(turns.c.ended.is_(None)).order_by(turns.c.chat, turns.c.sequence)
        if chat is not None:
            query = query.where(turns.c.chat == self._key(chat))
        return [records.turn(row) for row in connection.execute(query)]

    @writes
    def add_part(self, connection: Connection, turn: Turn, *, item: int, label: str) -> None:
        """In one transaction: a part of a batch, its own project with its file, and how its live line begins."""
        chat = self._key(turn.chat)
        row = records.turn_row(turn) | {"chat": chat}
        fresh = connection.execute(upsert(turns).values(**row).on_conflict_do_nothing())
        if not fresh.rowcount:
            return
        connection.execute(upsert(projects).values(chat=chat, number=turn.project, delivered=0))
        connection.execute(update(items).where(items.c.id == item).values(project=turn.project, state="arrived"))
        connection.execute(upsert(marks).values(turn=turn.id, name="label", value=label))

    @writes
    def begin_turn(self, connection: Connection, turn_id: TurnId) -> int:
        """The turn runs now; how often it has been begun since it last got on, this time included."""
        connection.execute(
            update(turns)
            .where(turns.c.id == turn_id)
            .values(state=TurnState.RUNNING.value, attempts=turns.c.attempts + 1)
        )
        return int(connection.execute(select(turns.c.attempts).where(turns.c.id == turn_id)).scalar_one())

    @reads
    def stopped(self, connection: Connection) -> frozenset[TurnId]:
        """The open turns that somebody said stop to: marked `stop`."""
        open_ones = select(turns.c.id).where(turns.c.ended.is_(None))
        query = select(marks.c.turn).where(marks.c.name == "stop", marks.c.turn.in_(open_ones))
        return frozenset(TurnId(name) for name in connection.execute(query).scalars())

    @reads
    def begun(self, connection: Connection, turn_id: TurnId) -> int:
        """How often the turn has been begun since it last got on."""
        return int(connection.execute(select(turns.c.attempts).where(turns.c.id == turn_id)).scalar_one())

    @writes
    def recount_turn(self, connection: Connection, turn_id: TurnId, begun: int) -> None:
        """The turn got on (1), or was interrupted on purpose (0): earlier beginnings no longer count against it."""
        connection.execute(update(turns).where(turns.c.id == turn_id).values(attempts=begun))

    @writes
    def end_turn(self, connection: Connection, turn_id: TurnId, state: TurnState) -> None:
        """The turn is over. The first end counts."""
        connection.execute(
            update(turns)
            .where(turns.c.id == turn_id, turns.c.state.in_(OPEN))
            .values(state=state.value, ended=int(time.time()))
        )

    @writes
    def mark(self, connection: Connection, turn_id: TurnId, name: str, value: str = "1") -> None:
        """Remember a fact of a turn durably, before or after the effect it speaks of."""
        row = upsert(marks).values(turn=turn_id, name=name, value=value)
        connection.execute(row.on_conflict_do_update(index_elements=["turn", "name"], set_={"value": value}))

    @reads
    def marks(self, connection: Connection, turn_id: TurnId) -> dict[str, str]:
        """All marks of a turn."""
        rows = connection.execute(select(marks.c.name, marks.c.value).where(marks.c.turn == turn_id))
        return {row.name: row.value for row in rows}

    @writes
    def count_delivery(self, connection: Connection, turn_id: TurnId) -> None:
        """The turn's film reached the chat: mark and count in one transaction, once."""
        fresh = connection.execute(
            upsert(marks).values(turn=turn_id, name="delivered", value="1").on_conflict_do_nothing()
        )
        if fresh.rowcount:
            row = connection.execute(select(turns).where(turns.c.id == turn_id)).one()
            connection.execute(
                update(projects)
                .where(projects.c.chat == row.chat, projects.c.number == row.project)
                .values(delivered=projects.c.delivered + 1)
            )

    @reads
    def film_turns(self, connection: Connection, chat: ChatRef, project: int) -> list[TurnId]:
        """The turns of a project that made a film (marked `film`), newest first."""
        query = (
            select(turns.c.id)
            .join(marks, (marks.c.turn == turns.c.id) & (marks.c.name == "film"))
            .where(turns.c.chat == self._key(chat), turns.c.project == project)
            .order_by(turns.c.sequence.desc())
        )
        return [TurnId(name) for name in connection.execute(query).scalars()]

    @reads
    def newest_turns(self, connection: Connection, chat: ChatRef) -> list[Turn]:
        """The turns of the chat's newest message that has any in the lane, in lane order."""
        mine = select(turns).where(turns.c.chat == self._key(chat), turns.c.aside == 0)
        rows = connection.execute(mine.order_by(turns.c.sequence.desc()).limit(RETRY_REACH))
        found = [records.turn(row) for row in rows]
        return sorted((turn for turn in found if turn.sequence == found[0].sequence), key=lane_order)

    @reads
    def last_edit(self, connection: Connection, chat: ChatRef, project: int) -> Turn | None:
        """The newest turn of a project that is or was meant for the agent."""
        query = (
            select(turns)
            .where(turns.c.chat == self._key(chat), turns.c.project == project, turns.c.aside == 0)
            .order_by(turns.c.sequence.desc())
            .limit(RETRY_REACH)
        )
        found = [records.turn(row) for row in connection.execute(query)]
        return next((turn for turn in found if Intent.EDIT in turn.route.intents), None)
