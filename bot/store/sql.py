"""The store: every statement the bot runs, named for what it is for."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.chat import ChatKind, ChatRef
from bot.core.errors import BotError
from bot.core.intents import Intent
from bot.core.language import DEFAULT
from bot.core.turn import Item, ItemState, Project, Turn, TurnId, TurnState
from bot.store import records
from bot.store.tables import SCHEMA_VERSION, chats, events, items, marks, meta, metadata, projects, turns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

    from bot.core.chat import ChatMoved, EventId, Inbound
    from bot.core.session import Session

RETRY_REACH = 20
"""How many turns back a request to try again looks."""

_OPEN = (TurnState.WAITING.value, TurnState.RUNNING.value)


class NewerDatabase(BotError):
    """The file was written by a newer version; `params` has `found` and `known`."""

    key = "operator.newer_database"


class SqlStore:
    """`engine.ports.Store` on SQLAlchemy Core."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[SqlStore]:
        """Create or check the tables; dispose of the connections at the end. Raises NewerDatabase."""
        try:
            async with self._engine.begin() as connection:
                await connection.run_sync(metadata.create_all)
                await connection.execute(
                    upsert(meta).values(name="schema", value=str(SCHEMA_VERSION)).on_conflict_do_nothing()
                )
                found = int(
                    (await connection.execute(select(meta.c.value).where(meta.c.name == "schema"))).scalar_one()
                )
            if found > SCHEMA_VERSION:
                raise NewerDatabase(found=found, known=SCHEMA_VERSION)
            yield self
        finally:
            await self._engine.dispose()

    # events

    async def add_event(self, inbound: Inbound) -> bool:
        """Keep an event, its place in its chat and its files. False when it is known already."""
        key = inbound.chat.key
        async with self._engine.begin() as connection:
            if (await connection.execute(select(events.c.id).where(events.c.id == inbound.event_id))).first():
                return False
            sequence = await _next_sequence(connection, inbound)
            project = (await connection.execute(select(chats.c.project).where(chats.c.chat == key))).scalar_one()
            body = records.dump(inbound)
            await connection.execute(
                insert(events).values(id=inbound.event_id, chat=key, sequence=sequence, body=body, handled=0)
            )
            for position, ref in enumerate(inbound.media):
                await connection.execute(
                    insert(items).values(
                        chat=key,
                        project=project,
                        event=inbound.event_id,
                        position=position,
                        ref=records.dump(ref),
                        caption=inbound.text,
                        arrived=inbound.at.isoformat(),
                        state=ItemState.ARRIVED.value,
                        reason="",
                    )
                )
        return True

    async def unhandled(self) -> list[tuple[int, Inbound]]:
        """Events that have no turn yet, each with its place in its chat, oldest first."""
        query = select(events.c.sequence, events.c.body).where(events.c.handled == 0).order_by(events.c.sequence)
        async with self._engine.connect() as connection:
            return [(row.sequence, records.inbound(row.body)) for row in await connection.execute(query)]

    async def event(self, event_id: EventId | TurnId) -> Inbound:
        """The event behind a turn."""
        async with self._engine.connect() as connection:
            return records.inbound(
                (await connection.execute(select(events.c.body).where(events.c.id == event_id))).scalar_one()
            )

    async def handle(self, event_id: EventId, turn: Turn | None) -> None:
        """In one transaction: the event needs no more attention, and its turn exists if it has one."""
        async with self._engine.begin() as connection:
            await connection.execute(update(events).where(events.c.id == event_id).values(handled=1))
            if turn is not None:
                await connection.execute(upsert(turns).values(**records.turn_row(turn)).on_conflict_do_nothing())

    async def move_chat(self, moved: ChatMoved) -> None:
        """A chat has another id now: everything of the old one belongs to the new one, its lane included."""
        old, new = moved.old.key, moved.new.key
        async with self._engine.begin() as connection:
            if (await connection.execute(select(chats.c.chat).where(chats.c.chat == new))).first():
                return  # told twice, or the new one is in use already
            for table in (chats, projects, events, items, turns):
                await connection.execute(update(table).where(table.c.chat == old).values(chat=new))

    async def lane(self, chat: ChatRef) -> str:
        """The name of a chat's lane; it stays when the chat gets another id."""
        async with self._engine.connect() as connection:
            return str((await connection.execute(select(chats.c.lane).where(chats.c.chat == chat.key))).scalar_one())

    # turns

    async def turn(self, turn_id: TurnId) -> Turn:
        """One turn. Raises sqlalchemy's NoResultFound for an id that was never stored."""
        async with self._engine.connect() as connection:
            return records.turn((await connection.execute(select(turns).where(turns.c.id == turn_id))).one())

    async def open_turns(self, chat: ChatRef | None = None) -> list[Turn]:
        """Turns that wait or run, of one chat or of all, in lane order."""
        query = select(turns).where(turns.c.state.in_(_OPEN)).order_by(turns.c.chat, turns.c.sequence)
        if chat is not None:
            query = query.where(turns.c.chat == chat.key)
        async with self._engine.connect() as connection:
            return [records.turn(row) for row in await connection.execute(query)]

    async def begin_turn(self, turn_id: TurnId) -> int:
        """The turn runs now; how often it has been begun, this time included."""
        async with self._engine.begin() as connection:
            await connection.execute(
                update(turns)
                .where(turns.c.id == turn_id)
                .values(state=TurnState.RUNNING.value, attempts=turns.c.attempts + 1)
            )
            return int((await connection.execute(select(turns.c.attempts).where(turns.c.id == turn_id))).scalar_one())

    async def end_turn(self, turn_id: TurnId, state: TurnState) -> None:
        """The turn is over. The first end counts."""
        async with self._engine.begin() as connection:
            await connection.execute(
                update(turns).where(turns.c.id == turn_id, turns.c.state.in_(_OPEN)).values(state=state.value)
            )

    async def mark(self, turn_id: TurnId, name: str, value: str = "1") -> None:
        """Remember a fact of a turn durably, before or after the effect it speaks of."""
        row = upsert(marks).values(turn=turn_id, name=name, value=value)
        async with self._engine.begin() as connection:
            await connection.execute(row.on_conflict_do_update(index_elements=["turn", "name"], set_={"value": value}))

    async def marks(self, turn_id: TurnId) -> dict[str, str]:
        """All marks of a turn."""
        async with self._engine.connect() as connection:
            rows = await connection.execute(select(marks.c.name, marks.c.value).where(marks.c.turn == turn_id))
            return {row.name: row.value for row in rows}

    # projects

    async def project(self, chat: ChatRef) -> Project:
        """What the chat is working on; it exists as soon as an event does."""
        query = (
            select(chats, projects.c.delivered)
            .join(projects, (projects.c.chat == chats.c.chat) & (projects.c.number == chats.c.project))
            .where(chats.c.chat == chat.key)
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).one()
        return Project(
            chat=chat,
            number=row.project,
            language=row.language,
            delivered=row.delivered,
            private=bool(row.private),
        )

    async def new_project(self, chat: ChatRef, *, after: int) -> None:
        """Begin the project that follows number `after`; a second call with the same number changes nothing."""
        async with self._engine.begin() as connection:
            done = await connection.execute(
                update(chats).where(chats.c.chat == chat.key, chats.c.project == after).values(project=after + 1)
            )
            if done.rowcount:
                await connection.execute(insert(projects).values(chat=chat.key, number=after + 1, delivered=0))

    async def set_language(self, chat: ChatRef, language: str) -> None:
        """Answer this chat in this language from now on."""
        async with self._engine.begin() as connection:
            await connection.execute(update(chats).where(chats.c.chat == chat.key).values(language=language))

    async def session(self, chat: ChatRef, project: int) -> Session | None:
        """The backend's session of a project, if it has one."""
        query = select(projects.c.session).where(projects.c.chat == chat.key, projects.c.number == project)
        async with self._engine.connect() as connection:
            text = (await connection.execute(query)).scalar_one()
        return None if text is None else records.session(text)

    async def set_session(self, chat: ChatRef, project: int, session: Session | None) -> None:
        """Remember a project's session. Another one (or none) means that its files must be sent again."""
        mine = (projects.c.chat == chat.key, projects.c.number == project)
        async with self._engine.begin() as connection:
            await connection.execute(
                update(projects).where(*mine).values(session=None if session is None else records.dump(session))
            )
            if session is None:
                await connection.execute(
                    update(items)
                    .where(items.c.chat == chat.key, items.c.project == project)
                    .where(items.c.state == ItemState.UPLOADED.value)
                    .values(state=ItemState.ARRIVED.value)
                )

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
            .where(turns.c.chat == chat.key, turns.c.project == project)
            .order_by(turns.c.sequence.desc())
        )
        async with self._engine.connect() as connection:
            return [TurnId(name) for name in (await connection.execute(query)).scalars()]

    async def last_edit(self, chat: ChatRef, project: int) -> Turn | None:
        """The newest turn of a project that is or was meant for the agent."""
        query = (
            select(turns)
            .where(turns.c.chat == chat.key, turns.c.project == project, turns.c.aside == 0)
            .order_by(turns.c.sequence.desc())
            .limit(RETRY_REACH)
        )
        async with self._engine.connect() as connection:
            found = [records.turn(row) for row in await connection.execute(query)]
        return next((turn for turn in found if Intent.EDIT in turn.route.intents), None)

    async def forget(self, chat: ChatRef) -> int:
        """Delete everything of a chat but the ids of its events; how many files were known."""
        key = chat.key
        async with self._engine.begin() as connection:
            gone = (await connection.execute(delete(items).where(items.c.chat == key))).rowcount
            await connection.execute(update(events).where(events.c.chat == key).values(body="{}", handled=1))
            done = turns.c.chat == key, turns.c.state.not_in(_OPEN)
            await connection.execute(delete(turns).where(*done))
            await connection.execute(update(projects).where(projects.c.chat == key).values(session=None, delivered=0))
            await connection.execute(update(chats).where(chats.c.chat == key).values(project=chats.c.project + 1))
            number = (await connection.execute(select(chats.c.project).where(chats.c.chat == key))).scalar_one()
            await connection.execute(insert(projects).values(chat=key, number=number, delivered=0))
        return int(gone)

    # items

    async def items(self, chat: ChatRef, project: int) -> list[Item]:
        """A project's files in the order of their arrival."""
        query = select(items).where(items.c.chat == chat.key, items.c.project == project).order_by(items.c.id)
        async with self._engine.connect() as connection:
            return [records.item(row) for row in await connection.execute(query)]

    async def set_item(self, item_id: int, state: ItemState, reason: str = "") -> None:
        """Where a file is now, and why if it was refused."""
        async with self._engine.begin() as connection:
            await connection.execute(
                update(items).where(items.c.id == item_id).values(state=state.value, reason=reason)
            )


async def _next_sequence(connection: AsyncConnection, inbound: Inbound) -> int:
    key = inbound.chat.key
    row = (await connection.execute(select(chats.c.sequence).where(chats.c.chat == key))).first()
    if row is None:
        private = int(inbound.chat_kind is ChatKind.PRIVATE)
        await connection.execute(
            insert(chats).values(
                chat=key, sequence=1, project=1, language=inbound.language or DEFAULT, private=private, lane=key
            )
        )
        await connection.execute(insert(projects).values(chat=key, number=1, delivered=0))
        return 1
    await connection.execute(update(chats).where(chats.c.chat == key).values(sequence=row.sequence + 1))
    return int(row.sequence) + 1
