"""What a platform keeps for itself, apart from the engine's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.store.engines import reading
from bot.store.tables import notes

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncEngine


class SqlNotebook:
    """`engine.ports.Notebook` of one platform."""

    def __init__(self, engine: AsyncEngine, platform: str) -> None:
        self._engine = engine
        self._reads = reading(engine)
        self._platform = platform

    async def read(self, key: str) -> str | None:
        """What was written, or None."""
        query = select(notes.c.value).where(notes.c.platform == self._platform, notes.c.key == key)
        async with self._reads.connect() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def write(self, key: str, value: str) -> None:
        """Remember; committed on return."""
        row = upsert(notes).values(platform=self._platform, key=key, value=value)
        async with self._engine.begin() as connection:
            await connection.execute(
                row.on_conflict_do_update(index_elements=["platform", "key"], set_={"value": value})
            )

    async def erase(self, prefix: str) -> int:
        """Forget every key that begins so; how many there were."""
        async with self._engine.begin() as connection:
            return int((await connection.execute(delete(notes).where(*self._with(prefix)))).rowcount)

    async def keys(self, prefix: str) -> list[str]:
        """Every key that begins so, in order."""
        query = select(notes.c.key).where(*self._with(prefix)).order_by(notes.c.key)
        async with self._reads.connect() as connection:
            return list((await connection.execute(query)).scalars())

    def _with(self, prefix: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return notes.c.platform == self._platform, notes.c.key.startswith(prefix, autoescape=True)
