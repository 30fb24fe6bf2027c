"""From one format of the database to the next. A number, once released, is never changed: add the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.store.tables import SCHEMA_VERSION, meta, metadata

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.dialects.sqlite import Insert

_CHOSEN = ("number", "dropped", "lead")
MIGRATIONS: dict[int, tuple[str, ...]] = {
    2: (  # ages, so that what is over can be forgotten; indexes for what is asked all the time
        "ALTER TABLE bot_events ADD COLUMN at INTEGER DEFAULT '0' NOT NULL",
        "UPDATE bot_events SET at = CAST(strftime('%s', 'now') AS INTEGER)",
        "ALTER TABLE bot_turns ADD COLUMN ended INTEGER",
        "UPDATE bot_turns SET ended = CAST(strftime('%s', 'now') AS INTEGER) WHERE state NOT IN ('waiting', 'running')",
        "CREATE INDEX bot_events_unhandled ON bot_events (sequence) WHERE handled = 0",
        "CREATE INDEX bot_turns_of_chat ON bot_turns (chat, sequence)",
        "CREATE INDEX bot_turns_open ON bot_turns (chat) WHERE ended IS NULL",
        "CREATE INDEX bot_items_of_project ON bot_items (chat, project)",
        "CREATE INDEX bot_items_arrived ON bot_items (chat, project) WHERE state = 'arrived'",
    ),
    3: (  # whose files they are, and what an event's group brings together
        *(
            f"ALTER TABLE bot_items ADD COLUMN {name} TEXT DEFAULT '' NOT NULL"
            for name in ("person", "name", "message", "origin")
        ),
        *(f"ALTER TABLE bot_items ADD COLUMN {name} INTEGER DEFAULT '0' NOT NULL" for name in ("place", "sent")),
        "ALTER TABLE bot_items ADD COLUMN shown INTEGER",
        "UPDATE bot_items SET origin = chat, sent = state = 'uploaded'",
        "CREATE INDEX bot_items_from ON bot_items (origin, person)",
        (
            "CREATE TABLE bot_looks (item INTEGER NOT NULL PRIMARY KEY, digest TEXT NOT NULL, likeness TEXT NOT NULL, "
            "pixels INTEGER NOT NULL, taken TEXT NOT NULL, error TEXT NOT NULL)"
        ),
        (
            "CREATE TABLE bot_collections (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL, "
            "project INTEGER NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, code TEXT NOT NULL UNIQUE, "
            "opener TEXT NOT NULL, open INTEGER NOT NULL, until TEXT NOT NULL, heard INTEGER NOT NULL, "
            "asked INTEGER DEFAULT '0' NOT NULL, offered INTEGER DEFAULT '0' NOT NULL, "
            "everything INTEGER DEFAULT '0' NOT NULL, names INTEGER DEFAULT '1' NOT NULL)"
        ),
        "CREATE INDEX bot_collections_of_chat ON bot_collections (chat, project)",
        "CREATE TABLE bot_rules (chat TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL)",
        "CREATE TABLE bot_guests (chat TEXT NOT NULL PRIMARY KEY, collection INTEGER NOT NULL)",
        "CREATE TABLE bot_outs (chat TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (chat, person))",
    ),
    4: (  # choosing together
        *(f"ALTER TABLE bot_items ADD COLUMN {name} INTEGER DEFAULT '0' NOT NULL" for name in _CHOSEN),
        "ALTER TABLE bot_collections ADD COLUMN picking INTEGER DEFAULT '0' NOT NULL",
        "ALTER TABLE bot_looks ADD COLUMN tall INTEGER DEFAULT '0' NOT NULL",
        "CREATE TABLE bot_votes (item INTEGER NOT NULL, person TEXT NOT NULL, PRIMARY KEY (item, person))",
    ),
}
"""Statements that lead to each format from the one before."""


def bring_up(engine: Engine, found: int | None) -> None:
    """Create the tables of a new file (`found` is None), or migrate from format `found`, one transaction a step.

    Writes in any case: a disk that is full or read-only is noticed here and not in the middle of a turn.
    """
    if found is None:
        with engine.begin() as connection:
            metadata.create_all(connection)
            connection.execute(_version(SCHEMA_VERSION))
        return
    for number in range(found + 1, SCHEMA_VERSION + 1):
        with engine.begin() as connection:
            for statement in MIGRATIONS[number]:
                connection.execute(text(statement))
            connection.execute(_version(number))
    with engine.begin() as connection:
        connection.execute(_version(SCHEMA_VERSION))


def _version(number: int) -> Insert:
    row = upsert(meta).values(name="schema", value=str(number))
    return row.on_conflict_do_update(index_elements=["name"], set_={"value": str(number)})
