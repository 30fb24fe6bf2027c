"""Messages whose words were changed after they were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, update

from bot.core.commands import EDITED
from bot.store import records
from bot.store.part import Part, reads, writes
from bot.store.tables import events, items, marks, turns

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from bot.core.chat import ChatRef, EventId, Inbound
    from bot.core.intents import Route
    from bot.core.turn import Turn, TurnId

_COMMAND = func.json_extract(events.c.body, "$.command")
USED = ("brief", "captioned", "intent", "answered")
"""Marks of a turn whose words went into something already."""


class Edits(Part):
    """The part of `engine.ports_store.Store` about what was said differently at first."""

    @reads
    def said(self, connection: Connection, chat: ChatRef, message_id: str) -> Inbound | None:
        """The event of a message that was sent, as it reads now; None for one that was not kept."""
        first = self._of(chat, message_id).where(_COMMAND != EDITED).order_by(events.c.sequence)
        body = connection.execute(first.limit(1)).scalar()
        return None if body is None else records.inbound(body)

    @reads
    def changed(self, connection: Connection, chat: ChatRef, message_id: str) -> Inbound | None:
        """The event of a message's newest change; None when there is none."""
        last = self._of(chat, message_id).where(_COMMAND == EDITED).order_by(events.c.sequence.desc())
        body = connection.execute(last.limit(1)).scalar()
        return None if body is None else records.inbound(body)

    def _of(self, chat: ChatRef, message_id: str) -> Select[Any]:
        mine = func.json_extract(events.c.body, "$.message_id") == message_id
        return select(events.c.body).where(events.c.chat == self._key(chat), mine)

    @reads
    def turns_of(self, connection: Connection, event_id: EventId) -> list[Turn]:
        """All turns that an event caused, parts of batches too."""
        mine = or_(turns.c.id == event_id, turns.c.id.startswith(f"{event_id}#", autoescape=True))
        return [records.turn(row) for row in connection.execute(select(turns).where(mine))]

    @writes
    def reword(self, connection: Connection, event_id: EventId, text: str) -> None:
        """A message reads so now: its event, and the captions of its files."""
        body = func.json_set(events.c.body, "$.text", text)
        connection.execute(update(events).where(events.c.id == event_id).values(body=body))
        connection.execute(update(items).where(items.c.event == event_id).values(caption=text))

    @writes
    def reword_turn(self, connection: Connection, turn_id: TurnId, route: Route) -> bool:
        """A turn is about this now. False, and nothing changes, when its words may have been used already."""
        used = select(marks.c.turn).where(marks.c.turn == turn_id, marks.c.name.in_(USED))
        fresh = (turns.c.id == turn_id, turns.c.ended.is_(None), turns.c.id.not_in(used))
        return bool(connection.execute(update(turns).where(*fresh).values(route=records.dump(route))).rowcount)
