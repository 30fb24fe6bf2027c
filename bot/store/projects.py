"""What a chat is working on: its project, the backend's session of it, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, literal_column, select, update

from bot.core.album import in_order
from bot.core.chat import ChatRef
from bot.core.event.collection import WITHDRAWN
from bot.core.turn import Item, ItemState, Project
from bot.store import records
from bot.store.collections import forgotten
from bot.store.part import Part, reads, writes
from bot.store.tables import chats, events, items, looks, projects, turns, votes
from bot.store.turns import OPEN

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.core.chat import EventId
    from bot.core.session import Session


class Projects(Part):
    """The part of `engine.ports_store.Store` about projects."""

    @reads
    def project(self, connection: Connection, chat: ChatRef) -> Project:
        """What the chat is working on; it exists as soon as an event does."""
        query = (
            select(chats, projects.c.delivered)
            .join(projects, (projects.c.chat == chats.c.chat) & (projects.c.number == chats.c.project))
            .where(chats.c.chat == self._key(chat))
        )
        row = connection.execute(query).one()
        return Project(
            chat=chat,
            number=row.project,
            language=row.language,
            delivered=row.delivered,
            private=bool(row.private),
        )

    @writes
    def new_project(self, connection: Connection, chat: ChatRef, *, after: int) -> None:
        """Begin the project that follows number `after`; a second call with the same number changes nothing."""
        done = connection.execute(
            update(chats).where(chats.c.chat == self._key(chat), chats.c.project == after).values(project=after + 1)
        )
        if done.rowcount:
            connection.execute(insert(projects).values(chat=self._key(chat), number=after + 1, delivered=0))

    @writes
    def settle_files(self, connection: Connection, event_id: EventId, chat: ChatRef, project: int) -> None:
        """What an event brought to a chat belongs to this project: it arrived while another one was still there."""
        mine = items.c.event == event_id, items.c.chat == self._key(chat), items.c.project != project
        kept = items.c.state != ItemState.REFUSED.value
        values = {"project": project, "state": ItemState.ARRIVED.value, "sent": 0}
        connection.execute(update(items).where(*mine, kept).values(**values))

    @writes
    def set_language(self, connection: Connection, chat: ChatRef, language: str) -> None:
        """Answer this chat in this language from now on."""
        connection.execute(update(chats).where(chats.c.chat == self._key(chat)).values(language=language))

    @reads
    def session(self, connection: Connection, chat: ChatRef, project: int) -> Session | None:
        """The backend's session of a project, if it has one."""
        query = select(projects.c.session).where(projects.c.chat == self._key(chat), projects.c.number == project)
        text = connection.execute(query).scalar_one()
        return None if text is None else records.session(text)

    @writes
    def set_session(self, connection: Connection, chat: ChatRef, project: int, session: Session | None) -> None:
        """Remember a project's session. Another one (or none) means that its files must be sent again."""
        mine = (projects.c.chat == self._key(chat), projects.c.number == project)
        connection.execute(
            update(projects).where(*mine).values(session=None if session is None else records.dump(session))
        )
        if session is None:
            connection.execute(
                update(items)
                .where(items.c.chat == self._key(chat), items.c.project == project)
                .where(items.c.state == ItemState.UPLOADED.value)
                .values(state=ItemState.ARRIVED.value, sent=0)
            )

    @reads
    def items(self, connection: Connection, chat: ChatRef, project: int) -> list[Item]:
        """A project's files in the order of their arrival."""
        query = (
            select(items)
            .where(items.c.chat == self._key(chat), items.c.project == project)
            .order_by(items.c.place, items.c.id)
        )
        return [records.item(row) for row in connection.execute(query)]

    @writes
    def order_albums(self, connection: Connection, chat: ChatRef, project: int) -> None:
        """Put the files of each album in the order of their messages; what came since stands behind."""
        album = func.coalesce(func.json_extract(events.c.body, "$.group_id"), "")
        rows = connection.execute(
            select(items.c.id, items.c.place, items.c.message, album.label("album"))
            .join(events, events.c.id == items.c.event, isouter=True)
            .where(items.c.chat == self._key(chat), items.c.project == project)
            .order_by(items.c.place == 0, items.c.place, items.c.id)
        ).all()
        ordered = in_order([(row.id, row.album, row.message) for row in rows])
        if ordered == sorted(ordered) and not any(row.place for row in rows):
            return
        for place, item in enumerate(ordered, 1):
            connection.execute(update(items).where(items.c.id == item).values(place=place))

    @reads
    def arrived(self, connection: Connection) -> dict[tuple[ChatRef, int], int]:
        """By chat and project, how many files wait to be sent."""
        waiting = items.c.state == literal_column("'arrived'")  # bound, it would not find its index
        query = (
            select(items.c.chat, items.c.project, func.count()).where(waiting).group_by(items.c.chat, items.c.project)
        )
        rows = connection.execute(query).all()
        return {(ChatRef.from_key(chat), project): count for chat, project, count in rows}

    @writes
    def set_item(self, connection: Connection, item_id: int, state: ItemState, reason: str = "") -> None:
        """Where a file is now, and why if it was refused."""
        values: dict[str, str | int] = {"state": state.value, "reason": reason}
        if state is ItemState.UPLOADED:
            values["sent"] = 1
        taken_out_meanwhile = items.c.reason.in_(WITHDRAWN)
        if state is ItemState.UPLOADED:  # it stays out, but the service has it now
            connection.execute(update(items).where(items.c.id == item_id, taken_out_meanwhile).values(sent=1))
        connection.execute(update(items).where(items.c.id == item_id, ~taken_out_meanwhile).values(**values))

    @writes
    def forget(self, connection: Connection, chat: ChatRef) -> int:
        """Delete everything of a chat but the ids of its events; how many files were known."""
        key = self._key(chat)
        mine = select(items.c.id).where(items.c.chat == key)
        for table in (looks, votes):
            connection.execute(delete(table).where(table.c.item.in_(mine)))
        for statement in forgotten(key):
            connection.execute(statement)
        gone = connection.execute(delete(items).where(items.c.chat == key)).rowcount
        connection.execute(update(events).where(events.c.chat == key).values(body="{}", handled=1))
        done = turns.c.chat == key, turns.c.state.not_in(OPEN)
        connection.execute(delete(turns).where(*done))
        connection.execute(update(projects).where(projects.c.chat == key).values(session=None, delivered=0))
        connection.execute(update(chats).where(chats.c.chat == key).values(project=chats.c.project + 1))
        number = connection.execute(select(chats.c.project).where(chats.c.chat == key)).scalar_one()
        connection.execute(insert(projects).values(chat=key, number=number, delivered=0))
        return int(gone)
