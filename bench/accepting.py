"""How many events a second are on disk before the platform is told, beside SQLite alone and the durable engine's line.

`python -m bench.accepting (ours|rows|bare|line) FOLDER AT_ONCE` prints events a second.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.beside import progress, spread
from bench.measure import run
from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender
from bot.core.policy import Policy
from bot.durable.turns import DurableTurns
from bot.store.database import Database
from bot.store.engines import sync_engine
from bot.store.records import dump
from bot.store.sql import SqlStore

EVENTS, CHATS = 1_000, 100
KINDS = {
    ("ours", 1): "**this store**, 1 at once",
    ("rows", 1): "sqlite3 alone: the same rows, 1 event a commit",
    ("ours", 16): "**this store**, 16 at once",
    ("rows", 16): "sqlite3 alone: the same rows, 16 events a commit",
    ("bare", 1): "sqlite3 alone: one small row a commit",
    ("line", 1): "the durable engine alone: a turn put in line, 1 at once",
    ("line", 16): "the durable engine alone, 16 at once",
}


async def ours(folder: Path, at_once: int) -> float:
    """As the bot accepts: its chat, its place in it and its event in one transaction."""
    async with SqlStore(Database(folder / "bot.sqlite")).opened() as store:

        async def accept(number: int) -> None:
            assert await store.add_event(_event(number))

        return await _timed(accept, at_once)


async def line(folder: Path, at_once: int) -> float:
    """What the durable engine takes to put turns in line. Nobody runs them: its queues are looked at too seldom."""

    async def never(turn_id: str) -> None:
        raise AssertionError(turn_id)

    turns = DurableTurns(sync_engine(folder / "bot.sqlite"), Policy(poll_queue=3600.0))
    async with turns.running(never):

        async def enqueue(number: int) -> None:
            await turns.enqueue(f"bench:{number:08d}", lane=str(number % CHATS), sequence=number + 1)

        return await _timed(enqueue, at_once)


async def _timed(act, at_once: int) -> float:
    async def worker(first: int) -> None:
        for number in range(first, EVENTS, at_once):
            await act(number)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for first in range(at_once):
            group.create_task(worker(first))
    return EVENTS / (time.perf_counter() - began)


async def rows(folder: Path, at_once: int) -> float:
    """The statements of `SqlStore.add_event` on its tables, `at_once` events a commit, without anything around them."""
    async with SqlStore(Database(folder / "bot.sqlite")).opened():
        pass
    with closing(_connected(folder / "bot.sqlite")) as connection:
        began = time.perf_counter()
        for first in range(0, EVENTS, at_once):
            connection.execute("BEGIN IMMEDIATE")
            for number in range(first, min(first + at_once, EVENTS)):
                _keep(connection, _event(number))
            connection.execute("COMMIT")
        return EVENTS / (time.perf_counter() - began)


def _keep(connection: sqlite3.Connection, event: Inbound) -> None:
    key = event.chat.key
    known = connection.execute("SELECT sequence, project FROM bot_chats WHERE chat = ?", (key,)).fetchone()
    sequence = known[0] + 1 if known else 1
    connection.execute(
        "INSERT INTO bot_events (id, chat, sequence, body, handled, at) VALUES (?, ?, ?, ?, 0, 0) "
        "ON CONFLICT (id) DO NOTHING",
        (event.event_id, key, sequence, dump(event)),
    )
    if known:
        connection.execute("UPDATE bot_chats SET sequence = ? WHERE chat = ?", (sequence, key))
    else:
        connection.execute("INSERT INTO bot_chats VALUES (?, 1, 1, '', 1, ?)", (key, key))
        connection.execute("INSERT INTO bot_projects (chat, number, delivered) VALUES (?, 1, 0)", (key,))


async def bare(folder: Path, _: int) -> float:
    """The least that keeps a message: one row per transaction."""
    with closing(_connected(folder / "bare.sqlite")) as connection:
        connection.execute("CREATE TABLE events (id TEXT PRIMARY KEY, body TEXT)")
        body = "x" * 400
        began = time.perf_counter()
        for number in range(EVENTS):
            connection.execute("INSERT INTO events VALUES (?, ?)", (f"t:{number}", body))
        return EVENTS / (time.perf_counter() - began)


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _event(number: int) -> Inbound:
    return Inbound(
        event_id=EventId(f"bench:{number:08d}"),
        chat=ChatRef(platform="bench", chat_id=str(number % CHATS)),
        chat_kind=ChatKind.PRIVATE,
        message_id=str(number),
        sender=Sender(id="7"),
        at=datetime.now(UTC),
        language="en",
        text="make it a bit calmer",
    )


def section(rounds: int, cache: Path) -> str:
    """Measure in turns; Markdown."""
    found: dict[tuple[str, int], list[float]] = {}
    for number in range(rounds):
        for kind, at_once in KINDS:
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                said = run([sys.executable, "-m", "bench.accepting", kind, folder, str(at_once)], cache)[1]
            found.setdefault((kind, at_once), []).append(float(said))
            progress(f"accepting, round {number + 1}: {kind}, {at_once} at once: {float(said):,.0f} events/s")
    table = "\n".join(
        f"| {name} | {spread(found[kind])} | {_ratio(found[kind], found['rows', kind[1]])} |"
        for kind, name in KINDS.items()
    )
    return f"""### Accepting events

{EVENTS:,} messages of {CHATS} chats, each on disk (write-ahead log, `synchronous=FULL`) before it counts as accepted.
What arrives while a commit waits for the disk shares the next one. A turn in line is what an event becomes afterwards,
in a commit of the durable engine's own.

| what | events/s | the same rows by sqlite3 = 1 |
| --- | --- | --- |
{table}
"""


def _ratio(values: list[float], limits: list[float]) -> str:
    return f"{median(a / b for a, b in zip(values, limits, strict=True)):.2f}"


def main(kind: str, folder: Path, at_once: int) -> None:
    """Measure once."""
    sys.stdout.write(str(asyncio.run({"ours": ours, "line": line, "rows": rows, "bare": bare}[kind](folder, at_once))))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
