"""The store as a whole: opened, checked, brought up to date."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.core.errors import BotError
from bot.store.choices import Choices
from bot.store.collections import Collections
from bot.store.edits import Edits
from bot.store.errors import DatabaseDamaged
from bot.store.events import Events
from bot.store.look import Damaged, schema_version
from bot.store.migrate import bring_up
from bot.store.owners import Owners
from bot.store.projects import Projects
from bot.store.retention import Retention
from bot.store.shares import Shares
from bot.store.tables import SCHEMA_VERSION
from bot.store.turns import Turns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class NewerDatabase(BotError):
    """The file was written by a newer version; `params` has `found` and `known`."""

    key = "operator.newer_database"


class SqlStore(Events, Edits, Turns, Projects, Collections, Shares, Choices, Owners, Retention):
    """`engine.ports_store.Store` on SQLAlchemy Core."""

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[SqlStore]:
        """Check the file, create or migrate the tables; dispose of the connections at the end.

        Raises NewerDatabase, DatabaseDamaged and StoreFailed before anything was changed.
        """
        try:
            await asyncio.to_thread(self._prepare)
            self._moved |= await self._moves()
            yield self
        finally:
            await self.database.close()

    def _prepare(self) -> None:
        found = self._look()
        if found is not None and found > SCHEMA_VERSION:
            raise NewerDatabase(found=found, known=SCHEMA_VERSION)
        bring_up(self.database.engine, found)

    def _look(self) -> int | None:
        file = self.database.file
        if not file.exists():
            return None
        try:
            return schema_version(file)
        except Damaged as error:
            raise DatabaseDamaged(path=str(file), reason=str(error)) from None
