"""How much the studio keeps, and how a project is given up."""

from dataclasses import dataclass

from bot.studio.store.database import Reader, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Leavings:
    """The files of a project that is gone: ids of its assets, keys of its films, and how many bytes they were."""

    assets: tuple[str, ...]
    films: tuple[str, ...]
    size: int


async def used(reader: Reader) -> int:
    """Bytes of all media and films."""
    row = await reader.one(
        "SELECT (SELECT coalesce(sum(size), 0) FROM assets) + (SELECT coalesce(sum(size), 0) FROM renders) AS size"
    )
    assert row is not None
    return int(row["size"])


async def idle(reader: Reader, before: float) -> list[str]:
    """Sessions that hold files, have nothing under way, and were last used before a time; longest ago first."""
    rows = await reader.all(
        "SELECT id, max(created_at,"
        " coalesce((SELECT max(created_at) FROM assets WHERE session_id = sessions.id), 0),"
        " coalesce((SELECT max(coalesce(finished_at, created_at)) FROM runs WHERE session_id = sessions.id), 0),"
        " coalesce((SELECT max(coalesce(finished_at, created_at)) FROM renders WHERE session_id = sessions.id), 0)"
        ") AS used FROM sessions"
        " WHERE (EXISTS (SELECT 1 FROM assets WHERE session_id = sessions.id)"
        " OR EXISTS (SELECT 1 FROM renders WHERE session_id = sessions.id))"
        " AND NOT EXISTS (SELECT 1 FROM runs WHERE session_id = sessions.id AND status = 'accepted')"
        " AND NOT EXISTS (SELECT 1 FROM renders"
        " WHERE session_id = sessions.id AND status IN ('pending', 'processing'))"
        " AND used < ? ORDER BY used",
        before,
    )
    return [row["id"] for row in rows]


async def give_up(tx: Transaction, session_id: str) -> Leavings:
    """Forget a session with everything in it; whoever asks for it again learns that there is none."""
    assets = await tx.all("SELECT id, size FROM assets WHERE session_id = ?", session_id)
    films = await tx.all("SELECT key, coalesce(size, 0) AS size FROM renders WHERE session_id = ?", session_id)
    await tx.run("DELETE FROM claims WHERE session_id = ?", session_id)
    await tx.run("DELETE FROM runs WHERE session_id = ?", session_id)
    await tx.run("DELETE FROM renders WHERE session_id = ?", session_id)
    await tx.run("DELETE FROM assets WHERE session_id = ?", session_id)
    await tx.run("DELETE FROM sessions WHERE id = ?", session_id)
    return Leavings(
        assets=tuple(row["id"] for row in assets),
        films=tuple(row["key"] for row in films),
        size=sum(row["size"] for row in (*assets, *films)),
    )


async def film_keys(reader: Reader) -> set[str]:
    """Every film's key, to tell files that were left behind by a crash."""
    return {row["key"] for row in await reader.all("SELECT key FROM renders")}
