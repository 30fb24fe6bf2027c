"""Where the operator can be told something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.chat import ChatRef
from bot.store.part import Part, reads, writes
from bot.store.tables import meta

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PREFIX = "owner:"


class Owners(Part):
    """The private chats of the owners, as they were last heard."""

    @writes
    def remember_owner(self, connection: Connection, chat: ChatRef) -> None:
        """An owner speaks here in private: what the operator must know can be said here."""
        row = upsert(meta).values(name=f"{_PREFIX}{chat.key}", value="1").on_conflict_do_nothing()
        connection.execute(row)

    @reads
    def owner_chats(self, connection: Connection) -> list[ChatRef]:
        """Where owners were last heard in private."""
        query = select(meta.c.name).where(meta.c.name.startswith(_PREFIX))
        names = connection.execute(query).scalars()
        return [ChatRef.from_key(name.removeprefix(_PREFIX)) for name in names]
