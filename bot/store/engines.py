"""One pragma factory for every connection to the database file, the store's and the durable engine's alike."""

from __future__ import annotations

import fcntl
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event

from bot.core.errors import BotError
from bot.store.errors import translate
from bot.store.sqlite import lend_subsec, refuse_old_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection

BUSY_MS = 30_000
_READS = "highlight_reads"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_MS}",
    "foreign_keys=ON",
    "secure_delete=ON",  # what a chat asked to forget is overwritten
)


class DataDirUnusable(BotError):
    """The data directory cannot be made or written to; `params` has its `path` and the `reason`."""

    key = "operator.data_dir"


class DataDirLocked(BotError):
    """Another process of ours is using this data directory; `params` has its `path`."""

    key = "operator.locked"


def store_engine(file: Path, *, connections: int) -> Engine:
    """For the store: a transaction takes the write lock at its first statement, so what it read stays true.

    Raises SqliteTooOld.
    """
    refuse_old_sqlite()
    engine = create_engine(f"sqlite:///{file}", pool_size=connections, max_overflow=0)
    _prepare(engine, isolation_level=None)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        reads = connection.get_execution_options().get(_READS)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read: they wait for nobody and see one moment."""
    return engine.execution_options(**{_READS: True})


def sync_engine(file: Path) -> Engine:
    """For the durable engine, which uses threads and begins its transactions as it sees fit."""
    engine = create_engine(f"sqlite:///{file}")
    _prepare(engine, isolation_level="IMMEDIATE")
    return engine


def _prepare(engine: Engine, *, isolation_level: str | None) -> None:
    translate(engine)

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, record: object) -> None:
        connection.isolation_level = isolation_level
        lend_subsec(connection)
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def make_folder(folder: Path) -> None:
    """Make the data directory unless it is there. Raises DataDirUnusable when it cannot be made or written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise DataDirUnusable(path=str(folder), reason=error.strerror or str(error)) from None


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the data directory for this process.

    Raises DataDirLocked when another process has it, DataDirUnusable when it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = (folder / "bot.lock").open("w")
    except OSError as error:
        raise DataDirUnusable(path=str(folder), reason=error.strerror or str(error)) from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DataDirLocked(path=str(folder)) from None
        yield
