"""Which SQLite will do."""

from __future__ import annotations

import sqlite3
import sys

from bot.core.errors import BotError

PYTHON_WITH_SUBSEC = (3, 12)
SQLITE_WITH_SUBSEC = (3, 42)
"""From that Python on, the durable engine asks SQLite for `unixepoch('subsec')`, which older ones answer with NULL."""


class SqliteTooOld(BotError):
    """This Python's SQLite would lose the order of turns; `params` has `python` and `sqlite`."""

    key = "operator.old_sqlite"


def refuse_old_sqlite(
    python: tuple[int, ...] = tuple(sys.version_info[:2]), sqlite: tuple[int, ...] = sqlite3.sqlite_version_info
) -> None:
    """Raise SqliteTooOld where the two do not go together."""
    if python[:2] >= PYTHON_WITH_SUBSEC and sqlite[:2] < SQLITE_WITH_SUBSEC:
        raise SqliteTooOld(python=".".join(map(str, python)), sqlite=".".join(map(str, sqlite)))
