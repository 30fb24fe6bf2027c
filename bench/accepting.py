"""How many events a second are on disk before the platform is told: the store beside one bare insert per commit.

`python -m bench.accepting (ours|bare) FOLDER AT_ONCE` prints events a second.
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

from bench.beside import spread
from bench.measure import run
from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender
from bot.store.database import Database
from bot.store.sql import SqlStore

EVENTS, CHATS = 1_000, 100
AT_ONCE = (1, 16)


async def ours(folder: Path, at_once: int) -> float:
    """As the bot accepts: its chat, its place in it and its event in one transaction."""
    async with SqlStore(Database(folder / "bot.sqlite")).opened() as store:
        began = time.perf_counter()

        async def worker(first: int) -> None:
            for number in range(first, EVENTS, at_once):
                assert await store.add_event(_event(number))

        async with asyncio.TaskGroup() as group:
            for first in range(at_once):
                group.create_task(worker(first))
        return EVENTS / (time.perf_counter() - began)


def bare(folder: Path) -> float:
    """The least that keeps as much: one row per transaction, write-ahead log, synchronous FULL, no framework."""
    with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE events (id TEXT PRIMARY KEY, body TEXT)")
        body = "x" * 400
        began = time.perf_counter()
        for number in range(EVENTS):
            connection.execute("INSERT INTO events VALUES (?, ?)", (f"t:{number}", body))
        return EVENTS / (time.perf_counter() - began)


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
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for kind, at_once in (*(("ours", number) for number in AT_ONCE), ("bare", 1)):
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                said = run([sys.executable, "-m", "bench.accepting", kind, folder, str(at_once)], cache)[1]
            found.setdefault(f"{kind} {at_once}", []).append(float(said))
    limit = found["bare 1"]
    rows = "\n".join(
        f"| {name} | {spread(values)} | {median(a / b for a, b in zip(values, limit, strict=True)):.2f} |"
        for name, values in (
            *((f"**this store**, {number} at once", found[f"ours {number}"]) for number in AT_ONCE),
            ("sqlite3 alone, one insert per commit", limit),
        )
    )
    return f"""### Accepting events

{EVENTS:,} messages of {CHATS} chats, each on disk (write-ahead log, `synchronous=FULL`) before it counts as accepted.

| what | events/s | sqlite3 alone = 1 |
| --- | --- | --- |
{rows}
"""


def main(kind: str, folder: Path, at_once: int) -> None:
    """Measure once."""
    sys.stdout.write(str(bare(folder) if kind == "bare" else asyncio.run(ours(folder, at_once))))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
