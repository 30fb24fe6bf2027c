"""Render jobs: a queue on disk."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import aiosqlite

from bot.studio import ids
from bot.studio.errors import Busy, NotFound
from bot.studio.store.database import Database, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Render:
    """One job. Times in seconds since 1970; `key` names the film's file; `notes` is JSON of the renderer's remarks."""

    number: int
    user_id: str
    id: str
    session_id: str
    key: str
    draft: str
    status: str
    attempts: int
    error: str | None
    notes: str | None
    duration_ms: int | None
    size: int | None
    created_at: float
    finished_at: float | None

    @property
    def ended(self) -> bool:
        """Nothing will happen to it any more."""
        return self.status in {"completed", "failed", "cancelled"}


async def submit(
    database: Database, *, user_id: str, render_id: str, session_id: str, draft: dict[str, Any], now: float
) -> Render:
    """Queue a render. Raises Busy when the user has used this id before; that job goes on unharmed."""
    async with database.transaction() as tx:
        try:
            await tx.run(
                "INSERT INTO renders (user_id, id, session_id, key, draft, status, created_at)"
                " VALUES (?, ?, ?, ?, ?, 'pending', ?)",
                *(user_id, render_id, session_id, ids.key(), json.dumps(draft), now),
            )
        except aiosqlite.IntegrityError:
            raise Busy(f"The render id {render_id} is taken; poll it, or take a new id.") from None
        return await find(tx, user_id, render_id)


async def find(reader: Reader, user_id: str, render_id: str) -> Render:
    """The user's render. Raises NotFound."""
    row = await reader.one("SELECT * FROM renders WHERE user_id = ? AND id = ?", user_id, render_id)
    if row is None:
        raise NotFound("render not found")
    return _render(row)


async def take(database: Database, *, running: Collection[int]) -> Render | None:
    """The next job in order of submission that nobody is `running`, with its attempt counted."""
    async with database.transaction() as tx:
        rows = await tx.all("SELECT * FROM renders WHERE status IN ('pending', 'processing') ORDER BY number")
        row = next((row for row in rows if row["number"] not in running), None)
        if row is None:
            return None
        await tx.run(
            "UPDATE renders SET status = 'processing', attempts = attempts + 1 WHERE number = ?", row["number"]
        )
        return _render(await tx.one("SELECT * FROM renders WHERE number = ?", row["number"]))


async def put_back(database: Database, number: int) -> None:
    """Return a job to the queue; the attempt that an orderly stop broke off does not count."""
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE renders SET status = 'pending', attempts = attempts - 1 WHERE number = ? AND status = 'processing'",
            number,
        )


async def complete(
    database: Database, number: int, *, duration_ms: int, size: int, notes: list[Any], now: float
) -> bool:
    """The film is in its place. False when the job was cancelled meanwhile."""
    async with database.transaction() as tx:
        touched = await tx.run(
            "UPDATE renders SET status = 'completed', duration_ms = ?, size = ?, notes = ?, finished_at = ?"
            " WHERE number = ? AND status = 'processing'",
            *(duration_ms, size, json.dumps(notes), now, number),
        )
    return touched == 1


async def fail(database: Database, number: int, *, error: str, now: float) -> None:
    """Give the job up, in words."""
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE renders SET status = 'failed', error = ?, finished_at = ?"
            " WHERE number = ? AND status = 'processing'",
            *(error, now, number),
        )


async def cancel(database: Database, user_id: str, render_id: str, now: float) -> Render:
    """Stop a job that has not ended; one that has stays as it is. Raises NotFound."""
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE renders SET status = 'cancelled', error = 'cancelled', finished_at = ?"
            " WHERE user_id = ? AND id = ? AND status IN ('pending', 'processing')",
            *(now, user_id, render_id),
        )
        return await find(tx, user_id, render_id)


def _render(row: aiosqlite.Row | None) -> Render:
    assert row is not None
    return Render(**{name: row[name] for name in Render.__slots__})
