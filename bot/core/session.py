"""A chat's project at the backend, and what the backend reports about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

Draft = NewType("Draft", dict[str, Any])
"""Opaque: goes back unchanged on export. `core.timeline` is its only reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A project of one chat. Ids are strings: they exceed 2^53."""

    session_id: str
    task_id: str = ""
    user_id: str = ""
    """Anonymous accounts start with `anon_`."""
    language: str = "en"
    skill: str
    """Attribution of the next call; `core.media.skill_for` decides it each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A file as the backend took it."""

    name: str
    kind: str = ""
    url: str = ""
    duration: float | None = None
    """Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectState:
    """`GET /api/state/...`, reduced to what decisions need."""

    draft: Draft | None
    media: tuple[Uploaded, ...] = ()
    generated: int = 0
    """How many generated media the backend reports."""
    user_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Credits."""

    available: float
    frozen: float
    total: float


class RenderState(StrEnum):
    """Where a render is. A state nobody knows counts as PROCESSING."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    UNKNOWN_ID = "unknown_id"
    """The backend has never heard of this render id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderStatus:
    """One answer to a poll."""

    state: RenderState
    progress: float | None = None
    """0 to 100, where reported."""
    url: str = ""
    """Only with COMPLETED, and not even then always."""
    reason: str = ""
    """Only with FAILED."""
