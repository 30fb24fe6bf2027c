"""A look at a database file from outside, while a bot may be using it: nothing is written, nothing is locked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bot.store.tables import meta

if TYPE_CHECKING:
    from pathlib import Path


class Damaged(Exception):
    """SQLite cannot make sense of the file; the text says why."""


def schema_version(file: Path) -> int | None:
    """The format that the file was written in, after SQLite's quick check; None when it has no tables of ours yet.

    Raises Damaged.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            if verdict != "ok":
                raise Damaged(verdict.splitlines()[0])
            known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (meta.name,)).fetchone()
            if known is None:
                return None
            row = connection.execute(f"SELECT value FROM {meta.name} WHERE name = 'schema'").fetchone()  # noqa: S608
            return None if row is None else int(row[0])
    except (sqlite3.Error, ValueError) as error:
        raise Damaged(str(error)) from None
