"""What a chat is working on: its project, the backend's session of it, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, literal_column, select, update

from bot.core.chat import ChatRef
from bot.core.event.collection import WITHDRAWN
from bot.core.turn import Item, ItemState, Project
from bot.store import records
from bot.store.collections import forgotten
from bot.store.part import Part
from bot.store.tables import chats, events, items, looks, projects, turns, votes
from bot.store.turns import OPEN

if TYPE_CHECKING:
    from bot.core.session import Session


class Projects(Part):
    """The part of `engine.ports_store.Store` about projects."""

    async def project(self, chat: ChatRef) -> Project:
        """What the chat is working on; it exists as soon as an event does."""
        query = (
            select(chats, projects.c.delivered)
            .join(projects, (projects.c.chat == chats.c.chat) & (projects.c.number == chats.c.project))
            .where(chats.c.chat == self._key(chat))
        )
        async with self._reads.connect() as connection:
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
                update(chats).where(chats.c.chat == self._key(chat), chats.c.project == after).values(project=after + 1)
            )
            if done.rowcount:
                await connection.execute(insert(projects).values(chat=self._key(chat), number=after + 1, delivered=0))

    async def set_language(self, chat: ChatRef, language: str) -> None:
        """Answer this chat in this language from now on."""
        async with self._engine.begin() as connection:
            await connection.execute(update(chats).where(chats.c.chat == self._key(chat)).values(language=language))

    async def session(self, chat: ChatRef, project: int) -> Session | None:
        """The backend's session of a project, if it has one."""
        query = select(projects.c.session).where(projects.c.chat == self._key(chat), projects.c.number == project)
        async with self._reads.connect() as connection:
            text = (await connection.execute(query)).scalar_one()
        return None if text is None else records.session(text)

    async def set_session(self, chat: ChatRef, project: int, session: Session | None) -> None:
        """Remember a project's session. Another one (or none) means that its files must be sent again."""
        mine = (projects.c.chat == self._key(chat), projects.c.number == project)
        async with self._engine.begin() as connection:
            await connection.execute(
                update(projects).where(*mine).values(session=None if session is None else records.dump(session))
            )
            if session is None:
                await connection.execute(
                    update(items)
                    .where(items.c.chat == self._key(chat), items.c.project == project)
                    .where(items.c.state == ItemState.UPLOADED.value)
                    .values(state=ItemState.ARRIVED.value, sent=0)
                )

    async def items(self, chat: ChatRef, project: int) -> list[Item]:
        """A project's files in the order of their arrival."""
        query = (
            select(items)
            .where(items.c.chat == self._key(chat), items.c.project == project)
            .order_by(items.c.place, items.c.id)
        )
        async with self._reads.connect() as connection:
            return [records.item(row) for row in await connection.execute(query)]

    async def arrived(self) -> dict[tuple[ChatRef, int], int]:
        """By chat and project, how many files wait to be sent."""
        waiting = items.c.state == literal_column("'arrived'")  # bound, it would not find its index
        query = (
            select(items.c.chat, items.c.project, func.count()).where(waiting).group_by(items.c.chat, items.c.project)
        )
        async with self._reads.connect() as connection:
            rows = (await connection.execute(query)).all()
        return {(ChatRef.from_key(chat), project): count for chat, project, count in rows}

    async def set_item(self, item_id: int, state: ItemState, reason: str = "") -> None:
        """Where a file is now, and why if it was refused."""
        values: dict[str, str | int] = {"state": state.value, "reason": reason}
        if state is ItemState.UPLOADED:
            values["sent"] = 1
        taken_out_meanwhile = items.c.reason.in_(WITHDRAWN)
        async with self._engine.begin() as connection:
            if state is ItemState.UPLOADED:  # it stays out, but the service has it now
                await connection.execute(update(items).where(items.c.id == item_id, taken_out_meanwhile).values(sent=1))
            await connection.execute(update(items).where(items.c.id == item_id, ~taken_out_meanwhile).values(**values))

    async def forget(self, chat: ChatRef) -> int:
        """Delete everything of a chat but the ids of its events; how many files were known."""
        key = self._key(chat)
        async with self._engine.begin() as connection:
            mine = select(items.c.id).where(items.c.chat == key)
            for table in (looks, votes):
                await connection.execute(delete(table).where(table.c.item.in_(mine)))
            for statement in forgotten(key):
                await connection.execute(statement)
            gone = (await connection.execute(delete(items).where(items.c.chat == key))).rowcount
            await connection.execute(update(events).where(events.c.chat == key).values(body="{}", handled=1))
            done = turns.c.chat == key, turns.c.state.not_in(OPEN)
            await connection.execute(delete(turns).where(*done))
            await connection.execute(update(projects).where(projects.c.chat == key).values(session=None, delivered=0))
            await connection.execute(update(chats).where(chats.c.chat == key).values(project=chats.c.project + 1))
            number = (await connection.execute(select(chats.c.project).where(chats.c.chat == key))).scalar_one()
            await connection.execute(insert(projects).values(chat=key, number=number, delivered=0))
        return int(gone)
