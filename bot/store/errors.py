"""What SQLite's error codes mean for whoever runs the bot."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from bot.core.errors import StoreFailed

if TYPE_CHECKING:
    from sqlalchemy import Engine

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DISK = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}


class DatabaseDamaged(StoreFailed):
    """The file is no database any more; `params` has its `path` and the `reason`."""

    key = "operator.damaged_database"
    passing = False


def meaning(error: BaseException | None, path: str) -> StoreFailed | None:
    """What an error of the database driver says about the disk or the file, if it does."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest is detail
    if code in _DAMAGED:
        return DatabaseDamaged(path=path, reason=str(error))
    return StoreFailed(path=path, reason=str(error)) if code in _DISK else None


def translate(engine: Engine) -> None:
    """From now on this engine raises StoreFailed where the disk or the file is at fault."""
    path = engine.url.database or ""

    @event.listens_for(engine, "handle_error")
    def failed(context: Any) -> None:  # noqa: ANN401 - SQLAlchemy's ExceptionContext
        if (trouble := meaning(context.original_exception, path)) is not None:
            raise trouble from context.original_exception
