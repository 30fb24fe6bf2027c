"""What a platform keeps for itself, apart from the engine's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.store.tables import notes

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from bot.store.database import Database


class SqlNotebook:
    """`engine.ports.Notebook` of one platform."""

    def __init__(self, database: Database, platform: str) -> None:
        self._database = database
        self._platform = platform

    async def read(self, key: str) -> str | None:
        """What was written, or None."""
        query = select(notes.c.value).where(notes.c.platform == self._platform, notes.c.key == key)
        return await self._database.read(lambda connection: connection.execute(query).scalar_one_or_none())

    async def write(self, key: str, value: str) -> None:
        """Remember; committed on return."""
        row = upsert(notes).values(platform=self._platform, key=key, value=value)
        row = row.on_conflict_do_update(index_elements=["platform", "key"], set_={"value": value})
        await self._database.write(lambda connection: connection.execute(row).rowcount)

    async def erase(self, prefix: str) -> int:
        """Forget every key that begins so; how many there were."""
        which = delete(notes).where(*self._with(prefix))
        return await self._database.write(lambda connection: connection.execute(which).rowcount)

    async def keys(self, prefix: str) -> list[str]:
        """Every key that begins so, in order."""
        query = select(notes.c.key).where(*self._with(prefix)).order_by(notes.c.key)
        return await self._database.read(lambda connection: list(connection.execute(query).scalars()))

    def _with(self, prefix: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return notes.c.platform == self._platform, notes.c.key.startswith(prefix, autoescape=True)
