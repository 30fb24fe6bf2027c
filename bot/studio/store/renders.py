"""Render jobs: a queue on disk."""

import json
from dataclasses import dataclass
from typing import Any

import aiosqlite

from bot.studio import ids
from bot.studio.errors import Busy, NotFound, QueueFull
from bot.studio.store.database import Database, Reader, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Render:
    """One job. Times in seconds since 1970; `key` names the film's file; `notes` is JSON of the renderer's remarks.

    `work` is JSON of what there is to do for it, None where nobody can tell.
    """

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
    work: str | None

    @property
    def ended(self) -> bool:
        """Nothing will happen to it any more."""
        return self.status in {"completed", "failed", "cancelled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many renders may be unfinished at a time, of one session and of one user."""

    session: int
    user: int


async def submit(
    database: Database,
    *,
    user_id: str,
    render_id: str,
    session_id: str,
    draft: dict[str, Any],
    work: dict[str, Any] | None,
    room: Room,
    now: float,
) -> Render:
    """Queue a render.

    Raises:
        Busy: the user has used this id before; that job goes on unharmed.
        QueueFull: there is no more `room`.
    """
    async with database.transaction() as tx:
        try:
            await tx.run(
                "INSERT INTO renders (user_id, id, session_id, key, draft, status, created_at, work)"
                " VALUES (?, ?, ?, ?, ?, 'pending', ?, ?)",
                *(user_id, render_id, session_id, ids.key(), json.dumps(draft), now),
                None if work is None else json.dumps(work),
            )
        except aiosqlite.IntegrityError:
            raise Busy(f"The render id {render_id} is taken; poll it, or take a new id.") from None
        await _check_room(tx, user_id, session_id, room)
        return await find(tx, user_id, render_id)


async def _check_room(tx: Transaction, user_id: str, session_id: str, room: Room) -> None:
    row = await tx.one(
        "SELECT count(*) AS of_user, total(session_id = ?) AS of_session FROM renders"
        " WHERE user_id = ? AND status IN ('pending', 'processing')",
        *(session_id, user_id),
    )
    assert row is not None
    if row["of_session"] > room.session:
        raise QueueFull(f"{room.session} films of this project are waiting already. Wait for one, or cancel one.")
    if row["of_user"] > room.user:
        raise QueueFull(f"{room.user} films of this account are waiting already. Wait for one, or cancel one.")


async def find(reader: Reader, user_id: str, render_id: str) -> Render:
    """The user's render. Raises NotFound."""
    row = await reader.one("SELECT * FROM renders WHERE user_id = ? AND id = ?", user_id, render_id)
    if row is None:
        raise NotFound("render not found")
    return _render(row)


async def unfinished(reader: Reader) -> list[tuple[int, str, str | None]]:
    """Number, session and work of every job that has not ended, in order of submission."""
    rows = await reader.all(
        "SELECT number, session_id, work FROM renders WHERE status IN ('pending', 'processing') ORDER BY number"
    )
    return [(row["number"], row["session_id"], row["work"]) for row in rows]


async def take(database: Database, number: int) -> Render | None:
    """A job that is to be worked on, with its attempt counted; None when it has ended meanwhile."""
    async with database.transaction() as tx:
        taken = await tx.run(
            "UPDATE renders SET status = 'processing', attempts = attempts + 1"
            " WHERE number = ? AND status IN ('pending', 'processing')",
            number,
        )
        return _render(await tx.one("SELECT * FROM renders WHERE number = ?", number)) if taken else None


async def has_film(reader: Reader, session_id: str) -> bool:
    """Whether a film of the session was made before."""
    row = await reader.one("SELECT 1 FROM renders WHERE session_id = ? AND status = 'completed' LIMIT 1", session_id)
    return row is not None


async def timed(reader: Reader, count: int) -> list[tuple[str, float]]:
    """Work and seconds of the last films that had the cores to themselves, the newest first."""
    rows = await reader.all(
        "SELECT work, seconds FROM renders WHERE seconds IS NOT NULL AND work IS NOT NULL ORDER BY number DESC LIMIT ?",
        count,
    )
    return [(row["work"], row["seconds"]) for row in rows]


async def put_back(database: Database, number: int) -> None:
    """Return a job to the queue; the attempt that an orderly stop broke off does not count."""
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE renders SET status = 'pending', attempts = attempts - 1 WHERE number = ? AND status = 'processing'",
            number,
        )


async def complete(
    database: Database, number: int, *, duration_ms: int, size: int, notes: list[Any], seconds: float | None, now: float
) -> bool:
    """The film is in its place; `seconds` is how long it took alone. False when the job was cancelled meanwhile."""
    async with database.transaction() as tx:
        touched = await tx.run(
            "UPDATE renders SET status = 'completed', duration_ms = ?, size = ?, notes = ?, finished_at = ?,"
            " seconds = ?"
            " WHERE number = ? AND status = 'processing'",
            *(duration_ms, size, json.dumps(notes), now, seconds, number),
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
