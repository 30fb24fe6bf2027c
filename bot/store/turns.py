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
from bot.store.part import Part
from bot.store.tables import items, marks, projects, turns

if TYPE_CHECKING:
    from bot.core.chat import ChatRef
    from bot.core.turn import Turn

RETRY_REACH = 20
"""How many turns back a request to try again looks."""

OPEN = (TurnState.WAITING.value, TurnState.RUNNING.value)


class Turns(Part):
    """The part of `engine.ports_store.Store` about turns."""

    async def turn(self, turn_id: TurnId) -> Turn:
        """One turn. Raises sqlalchemy's NoResultFound for an id that was never stored."""
        async with self._reads.connect() as connection:
            return records.turn((await connection.execute(select(turns).where(turns.c.id == turn_id))).one())

    async def earlier_phases(self, turn: Turn) -> list[Turn]:
        """The turns of the same message before this one, in order; parts of batches are none."""
        query = select(turns).where(turns.c.chat == self._key(turn.chat), turns.c.sequence == turn.sequence)
        async with self._reads.connect() as connection:
            found = [records.turn(row) for row in await connection.execute(query)]
        before = [one for one in found if not is_part(one.id) and lane_order(one) < lane_order(turn)]
        return sorted(before, key=lane_order)

    async def batch_turns(self, chat: ChatRef, project: int) -> list[Turn]:
        """The parts of the newest batch that a project became, and the later turns of their films, in lane order."""
        mine = select(turns).where(turns.c.chat == self._key(chat))
        async with self._reads.connect() as connection:
            rows = await connection.execute(mine.where(turns.c.project < 0).order_by(turns.c.sequence))
            apart = [records.turn(row) for row in rows]
            parts = [one for one in apart if is_part(one.id)]
            if not parts:
                return []
            newest = batch_of(max(parts, key=lane_order).id)
            began = (await connection.execute(mine.where(turns.c.id == newest))).one_or_none()
        if began is None or began.project != project:  # it is forgotten, or a new project was begun since
            return []
        films = {part.project for part in parts if batch_of(part.id) == newest}
        return sorted((one for one in apart if one.project in films), key=lane_order)

    async def readdress(self, turn_id: TurnId, *, project: int, text: str) -> None:
        """A turn is for another project, with these words."""
        mine = turns.c.id == turn_id
        async with self._engine.begin() as connection:
            found = records.turn((await connection.execute(select(turns).where(mine))).one())
            route = records.dump(replace(found.route, text=text))
            await connection.execute(update(turns).where(mine).values(project=project, route=route))

    async def open_turns(self, chat: ChatRef | None = None) -> list[Turn]:
        """Turns that wait or run, of one chat or of all, in lane order."""
        query = select(turns).where(turns.c.ended.is_(None)).order_by(turns.c.chat, turns.c.sequence)
        if chat is not None:
            query = query.where(turns.c.chat == self._key(chat))
        async with self._reads.connect() as connection:
            return [records.turn(row) for row in await connection.execute(query)]

    async def add_part(self, turn: Turn, *, item: int, label: str) -> None:
        """In one transaction: a part of a batch, its own project with its file, and how its live line begins."""
        chat = self._key(turn.chat)
        async with self._engine.begin() as connection:
            row = records.turn_row(turn) | {"chat": chat}
            fresh = await connection.execute(upsert(turns).values(**row).on_conflict_do_nothing())
            if not fresh.rowcount:
                return
            await connection.execute(upsert(projects).values(chat=chat, number=turn.project, delivered=0))
            await connection.execute(
                update(items).where(items.c.id == item).values(project=turn.project, state="arrived")
            )
            await connection.execute(upsert(marks).values(turn=turn.id, name="label", value=label))

    async def begin_turn(self, turn_id: TurnId) -> int:
        """The turn runs now; how often it has been begun since it last got on, this time included."""
        async with self._engine.begin() as connection:
            await connection.execute(
                update(turns)
                .where(turns.c.id == turn_id)
                .values(state=TurnState.RUNNING.value, attempts=turns.c.attempts + 1)
            )
            return int((await connection.execute(select(turns.c.attempts).where(turns.c.id == turn_id))).scalar_one())

    async def stopped(self) -> frozenset[TurnId]:
        """The open turns that somebody said stop to: marked `stop`."""
        open_ones = select(turns.c.id).where(turns.c.ended.is_(None))
        query = select(marks.c.turn).where(marks.c.name == "stop", marks.c.turn.in_(open_ones))
        async with self._reads.connect() as connection:
            return frozenset(TurnId(name) for name in (await connection.execute(query)).scalars())

    async def begun(self, turn_id: TurnId) -> int:
        """How often the turn has been begun since it last got on."""
        async with self._reads.connect() as connection:
            return int((await connection.execute(select(turns.c.attempts).where(turns.c.id == turn_id))).scalar_one())

    async def recount_turn(self, turn_id: TurnId, begun: int) -> None:
        """The turn got on (1), or was interrupted on purpose (0): earlier beginnings no longer count against it."""
        async with self._engine.begin() as connection:
            await connection.execute(update(turns).where(turns.c.id == turn_id).values(attempts=begun))

    async def end_turn(self, turn_id: TurnId, state: TurnState) -> None:
        """The turn is over. The first end counts."""
        async with self._engine.begin() as connection:
            await connection.execute(
                update(turns)
                .where(turns.c.id == turn_id, turns.c.state.in_(OPEN))
                .values(state=state.value, ended=int(time.time()))
            )

    async def mark(self, turn_id: TurnId, name: str, value: str = "1") -> None:
        """Remember a fact of a turn durably, before or after the effect it speaks of."""
        row = upsert(marks).values(turn=turn_id, name=name, value=value)
        async with self._engine.begin() as connection:
            await connection.execute(row.on_conflict_do_update(index_elements=["turn", "name"], set_={"value": value}))

    async def marks(self, turn_id: TurnId) -> dict[str, str]:
        """All marks of a turn."""
        async with self._reads.connect() as connection:
            rows = await connection.execute(select(marks.c.name, marks.c.value).where(marks.c.turn == turn_id))
            return {row.name: row.value for row in rows}

    async def count_delivery(self, turn_id: TurnId) -> None:
        """The turn's film reached the chat: mark and count in one transaction, once."""
        async with self._engine.begin() as connection:
            fresh = await connection.execute(
                upsert(marks).values(turn=turn_id, name="delivered", value="1").on_conflict_do_nothing()
            )
            if fresh.rowcount:
                row = (await connection.execute(select(turns).where(turns.c.id == turn_id))).one()
                await connection.execute(
                    update(projects)
                    .where(projects.c.chat == row.chat, projects.c.number == row.project)
                    .values(delivered=projects.c.delivered + 1)
                )

    async def film_turns(self, chat: ChatRef, project: int) -> list[TurnId]:
        """The turns of a project that made a film (marked `film`), newest first."""
        query = (
            select(turns.c.id)
            .join(marks, (marks.c.turn == turns.c.id) & (marks.c.name == "film"))
            .where(turns.c.chat == self._key(chat), turns.c.project == project)
            .order_by(turns.c.sequence.desc())
        )
        async with self._reads.connect() as connection:
            return [TurnId(name) for name in (await connection.execute(query)).scalars()]

    async def last_edit(self, chat: ChatRef, project: int) -> Turn | None:
        """The newest turn of a project that is or was meant for the agent."""
        query = (
            select(turns)
            .where(turns.c.chat == self._key(chat), turns.c.project == project, turns.c.aside == 0)
            .order_by(turns.c.sequence.desc())
            .limit(RETRY_REACH)
        )
        async with self._reads.connect() as connection:
            found = [records.turn(row) for row in await connection.execute(query)]
        return next((turn for turn in found if Intent.EDIT in turn.route.intents), None)
