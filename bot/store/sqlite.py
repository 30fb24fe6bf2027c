"""Which SQLite will do, and what an older one lacks."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

from bot.core.errors import BotError

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

OLDEST = (3, 37)
"""Strict tables, in which the studio keeps its accounts."""

_WITH_SUBSEC = (3, 42)


class SqliteTooOld(BotError):
    """This Python's SQLite does not know what is asked of it; `params` has its version as `sqlite`."""

    key = "operator.old_sqlite"


def refuse_old_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Raise SqliteTooOld below `OLDEST`."""
    if version[:2] < OLDEST:
        raise SqliteTooOld(sqlite=".".join(map(str, version)))


def lend_subsec(
    connection: DBAPIConnection | sqlite3.Connection, version: tuple[int, ...] = sqlite3.sqlite_version_info
) -> None:
    """Teach an older SQLite `unixepoch('subsec')`: the time in seconds since 1970, with its fraction.

    From Python 3.12 on the durable engine orders its work by it; SQLite before 3.42 would answer with NULL.
    """
    if version[:2] < _WITH_SUBSEC:
        connection.create_function("unixepoch", 1, lambda modifier: time.time())
