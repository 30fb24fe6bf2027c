"""Uploaded media, by session and in order of upload."""

import json
from dataclasses import dataclass
from typing import Any

import aiosqlite

from bot.studio.store.database import Reader, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One accepted file. `kind` is photo, video or audio; `taken_at` in seconds since 1970.

    `measures` is what was measured on it, as JSON holds it; None where nothing was.
    """

    id: str
    session_id: str
    position: int
    filename: str
    kind: str
    width: int
    height: int
    duration_ms: int
    fps: float
    taken_at: float | None
    size: int
    sha256: str
    measures: dict[str, Any] | None = None


async def add(tx: Transaction, asset: Asset, now: float) -> None:
    """Record a file that is already in its place on disk."""
    await tx.run(
        "INSERT INTO assets (id, session_id, position, filename, kind, width, height, duration_ms, fps, taken_at, size,"
        " sha256, measures, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(asset.id, asset.session_id, asset.position, asset.filename, asset.kind, asset.width, asset.height),
        *(asset.duration_ms, asset.fps, asset.taken_at, asset.size, asset.sha256),
        *(None if asset.measures is None else json.dumps(asset.measures), now),
    )


async def same(reader: Reader, session_id: str, sha256: str) -> Asset | None:
    """The session's asset with exactly these bytes: an upload that is repeated after a lost answer adds nothing."""
    row = await reader.one("SELECT * FROM assets WHERE session_id = ? AND sha256 = ?", session_id, sha256)
    return _asset(row) if row else None


async def of_session(reader: Reader, session_id: str) -> list[Asset]:
    """In order of upload."""
    rows = await reader.all("SELECT * FROM assets WHERE session_id = ? ORDER BY position", session_id)
    return [_asset(row) for row in rows]


async def known_ids(reader: Reader) -> set[str]:
    """Every asset id, to tell files that were left behind by a crash."""
    return {row["id"] for row in await reader.all("SELECT id FROM assets")}


def described(asset: Asset, base_url: str) -> dict[str, Any]:
    """The asset as upload and state answers show it."""
    return {
        "filename": asset.filename,
        "file_type": "image" if asset.kind == "photo" else asset.kind,
        "cdn_url": f"{base_url}/files/uploads/{asset.id}",
        "duration": asset.duration_ms / 1000,
        "width": asset.width,
        "height": asset.height,
        "fps": asset.fps,
        "hash": asset.sha256,
        "asset": asset.id,
    }


def _asset(row: aiosqlite.Row) -> Asset:
    values = {name: row[name] for name in Asset.__slots__}
    return Asset(**values | {"measures": json.loads(row["measures"]) if row["measures"] else None})
