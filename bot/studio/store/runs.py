"""Runs of the agent: accepted on disk before they begin, finished exactly once."""

from dataclasses import dataclass

import aiosqlite

from bot.studio import ids
from bot.studio.errors import Busy
from bot.studio.store.database import Reader, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One message to the agent. `cost` in credits, reserved while the run is active."""

    id: str
    session_id: str
    user_id: str
    message: str
    cost: int
    attempts: int


async def accept(tx: Transaction, *, session_id: str, user_id: str, message: str, cost: int, now: float) -> Run:
    """Record a run. Raises Busy when the session has one in progress."""
    run = Run(id=ids.key(), session_id=session_id, user_id=user_id, message=message, cost=cost, attempts=0)
    try:
        await tx.run(
            "INSERT INTO runs (id, session_id, message, cost, status, created_at) VALUES (?, ?, ?, ?, 'accepted', ?)",
            *(run.id, session_id, message, cost, now),
        )
    except aiosqlite.IntegrityError:
        raise Busy("The project is still working on the request before this one.") from None
    return run


async def unfinished(reader: Reader) -> list[Run]:
    """What a stop or a crash has left to do, oldest first."""
    rows = await reader.all(
        "SELECT runs.*, sessions.user_id FROM runs JOIN sessions ON sessions.id = runs.session_id "
        "WHERE status = 'accepted' ORDER BY runs.created_at"
    )
    return [Run(**{name: row[name] for name in Run.__slots__}) for row in rows]


async def begin(tx: Transaction, run_id: str) -> None:
    """Count an attempt."""
    await tx.run("UPDATE runs SET attempts = attempts + 1 WHERE id = ?", run_id)


async def finish(tx: Transaction, run_id: str, *, answer: str, failed: bool, now: float) -> bool:
    """Mark the end; False when the run had already ended."""
    touched = await tx.run(
        "UPDATE runs SET status = ?, answer = ?, finished_at = ? WHERE id = ? AND status = 'accepted'",
        *("failed" if failed else "done", answer, now, run_id),
    )
    return touched == 1
