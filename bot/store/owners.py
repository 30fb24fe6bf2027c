"""Where the operator can be told something."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.core.chat import ChatRef
from bot.store.part import Part
from bot.store.tables import meta

_PREFIX = "owner:"


class Owners(Part):
    """The private chats of the owners, as they were last heard."""

    async def remember_owner(self, chat: ChatRef) -> None:
        """An owner speaks here in private: what the operator must know can be said here."""
        row = upsert(meta).values(name=f"{_PREFIX}{chat.key}", value="1").on_conflict_do_nothing()
        async with self._engine.begin() as connection:
            await connection.execute(row)

    async def owner_chats(self) -> list[ChatRef]:
        """Where owners were last heard in private."""
        query = select(meta.c.name).where(meta.c.name.startswith(_PREFIX))
        async with self._reads.connect() as connection:
            names = (await connection.execute(query)).scalars()
            return [ChatRef.from_key(name.removeprefix(_PREFIX)) for name in names]
