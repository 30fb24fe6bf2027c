"""The machine: Python, SQLite, the data directory and what is in it."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import tempfile
from typing import TYPE_CHECKING

from bot.core.errors import BotError
from bot.doctor.finding import Finding, fault, note
from bot.i18n import catalog
from bot.store.engines import DataDirLocked, lock
from bot.store.look import Damaged, schema_version
from bot.store.sqlite import refuse_old_sqlite
from bot.store.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GB = 1_000_000_000
LITTLE_SPACE, NO_SPACE = 5 * GB, GB
"""Free bytes below which it is worth a note, and below which uploads and films will soon fail."""


def look_at_python() -> Iterator[Finding]:
    """Versions; a SQLite that is too old is a fault."""
    versions = f"{platform.python_version()} with SQLite {sqlite3.sqlite_version}, {platform.machine()}"
    try:
        refuse_old_sqlite()
        yield Finding(part="python", text=versions)
    except BotError as error:
        yield fault("python", versions, fix=catalog.load().text("en", error.key, **error.params))


def look_at_folder(folder: Path, database: str) -> Iterator[Finding]:
    """Whether the data directory can be used, how much room it has, who uses it, and what its database is."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not _writable(there):
        yield fault(
            "data folder",
            f"{there} cannot be written to.",
            fix="Make it writable for this user, or set HIGHLIGHT_DATA_DIR to another folder.",
        )
    else:
        yield Finding(part="data folder", text=f"{folder}{'' if there == folder else ' (made at the first start)'}")
    yield _room(there)
    if there == folder and os.access(folder, os.W_OK):
        yield from _use(folder)
    if (file := folder / database).exists():
        yield _database(file)


def _writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    text = f"{free / GB:,.1f} GB free"
    fix = "Free some space, or set HIGHLIGHT_DATA_DIR to a folder on a larger disk."
    if free < NO_SPACE:
        return fault("disk", text, fix=fix)
    return note("disk", text, fix=fix) if free < LITTLE_SPACE else Finding(part="disk", text=text)


def _use(folder: Path) -> Iterator[Finding]:
    try:
        with lock(folder):
            return
    except DataDirLocked:
        yield Finding(part="lock", text="a running highlight-bot holds the data folder")


def _database(file: Path) -> Finding:
    try:
        found = schema_version(file)
    except Damaged as error:
        return fault(
            "database",
            f"{file.name} cannot be read: {error}",
            fix="Stop the bot and put the last backup of the data folder in its place.",
        )
    if found is not None and found > SCHEMA_VERSION:
        return fault(
            "database",
            f"{file.name} has format {found}, and this version knows {SCHEMA_VERSION}.",
            fix="Run the newer highlight-bot that wrote it, or restore the backup from before that upgrade.",
        )
    return Finding(part="database", text=f"{file.name}, format {'none yet' if found is None else found}")
