"""Sessions: one project each, with its draft."""

import json
from dataclasses import dataclass
from typing import Any

from bot.studio import ids
from bot.studio.errors import SessionUnknown
from bot.studio.store.database import Database, Reader, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`project` is the agent's own memory, `draft` the film as the API shows it; both None before the first edit."""

    id: str
    user_id: str
    task_id: str
    task_name: str
    language: str
    project: dict[str, Any] | None
    draft: dict[str, Any] | None


async def create(database: Database, *, user_id: str, task_name: str, language: str, now: float) -> Session:
    """A new project and its session."""
    session = Session(
        id=ids.session_id(),
        user_id=user_id,
        task_id=ids.task_id(),
        task_name=task_name,
        language=language,
        project=None,
        draft=None,
    )
    async with database.transaction() as tx:
        await tx.run(
            "INSERT INTO sessions (id, user_id, task_id, task_name, language, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            *(session.id, user_id, session.task_id, task_name, language, now),
        )
    return session


async def find(reader: Reader, session_id: str, *, user_id: str) -> Session:
    """The user's session. Raises SessionUnknown, also for a session of somebody else."""
    row = await reader.one("SELECT * FROM sessions WHERE id = ? AND user_id = ?", session_id, user_id)
    if row is None:
        raise SessionUnknown("session not found")
    return Session(
        id=row["id"],
        user_id=row["user_id"],
        task_id=row["task_id"],
        task_name=row["task_name"],
        language=row["language"],
        project=json.loads(row["project"]) if row["project"] else None,
        draft=json.loads(row["draft"]) if row["draft"] else None,
    )


async def save(tx: Transaction, session_id: str, *, project: dict[str, Any], draft: dict[str, Any] | None) -> None:
    """Keep what a run made of the session."""
    await tx.run(
        "UPDATE sessions SET project = ?, draft = ? WHERE id = ?",
        *(_json(project), None if draft is None else _json(draft), session_id),
    )


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
