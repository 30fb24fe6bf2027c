"""Readers of the bodies we know. Pure and total: any JSON gives a value of ours, a coded error, or BadAnswer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.core.errors import BadAnswer
from bot.core.session import Balance, Draft, ProjectState, Session, Uploaded
from bot.nemo.codes import Call
from bot.nemo.envelope import check, clean, unwrap

_TEXT_CHARS = 2_000
_ID = re.compile(r"(?!\.{1,2}$)[\x21-\x7e]{1,200}")
_TOKEN = re.compile(r"[\x21-\x7e]{1,4096}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What the token call gave."""

    token: str = field(repr=False)
    user_id: str = ""
    expires_at: float | None = None
    """Seconds since the epoch; None when it was not said."""


def text_of(value: object, limit: int = _TEXT_CHARS) -> str:
    """A string, cleaned and bounded; empty for anything else."""
    return clean(value)[:limit] if isinstance(value, str) else ""


def id_of(value: object) -> str:
    """An id as a string, also when it was sent as a number: all digits survive. Empty when it is no usable id."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        value = int(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else ""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def number_of(value: object) -> float | None:
    """A finite number, also from text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def grant(status: int, body: object) -> Grant:
    """Read the answer of the token call."""
    data = unwrap(Call.TOKEN, status, body)
    token = data.get("token")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise BadAnswer(call="token", reason="no token in the answer")
    return Grant(token=token, user_id=id_of(data.get("user_id")), expires_at=_moment(data.get("expires_at")))


def _moment(value: object) -> float | None:
    if isinstance(value, str) and not value.strip().isdigit():
        try:
            at = datetime.fromisoformat(value.strip())
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            return None
    seconds = number_of(value)
    # Some services count milliseconds: 1e11 s would be the year 5138.
    return seconds / 1000 if seconds is not None and seconds > 1e11 else seconds


def session(status: int, body: object, *, language: str, skill: str, user_id: str = "") -> Session:
    """Read the answer of create-session; `user_id` is the account's, for when the answer has none."""
    data = unwrap(Call.OPEN, status, body)
    session_id = id_of(data.get("session_id"))
    if not session_id:
        raise BadAnswer(call="open", reason="no session_id in the answer")
    return Session(
        session_id=session_id,
        task_id=id_of(data.get("task_id")),
        user_id=id_of(data.get("user_id")) or user_id,
        language=language,
        skill=skill,
    )


def uploads(status: int, body: object) -> tuple[Uploaded, ...]:
    """Read the answer of an upload. Raises the error of an item that was refused on its own."""
    data = unwrap(Call.UPLOAD, status, body)
    items = data.get("files", data.get("data", data))
    items = [items] if isinstance(items, dict) else items
    if not isinstance(items, list):
        raise BadAnswer(call="upload", reason="no files in the answer")
    for item in items:
        check(Call.UPLOAD, status, item)
    found = tuple(_uploaded(item) for item in items if isinstance(item, dict) and _names_a_file(item))
    if not found:
        raise BadAnswer(call="upload", reason="no files in the answer")
    return found


def _names_a_file(item: dict[str, Any]) -> bool:
    return any(isinstance(item.get(key), str) for key in ("filename", "name", "cdn_url", "url"))


def _uploaded(item: dict[str, Any]) -> Uploaded:
    return Uploaded(
        name=text_of(item.get("filename")) or text_of(item.get("name")),
        kind=text_of(item.get("file_type"), 40),
        url=text_of(item.get("cdn_url")) or text_of(item.get("url")),
        duration=number_of(item.get("duration")),
    )


def state(status: int, body: object) -> ProjectState:
    """Read a project's state. A draft that is missing, null or empty is None: nothing was edited yet."""
    data = unwrap(Call.STATE, status, body)
    inner = data.get("state")
    inner = inner if isinstance(inner, dict) else data
    draft = inner.get("draft")
    if draft and not isinstance(draft, dict):
        raise BadAnswer(call="state", reason="the draft is no object")
    infos = inner.get("video_infos")
    infos = list(infos.values()) if isinstance(infos, dict) else infos
    return ProjectState(
        draft=Draft(draft) if draft else None,
        media=tuple(_uploaded(item) for item in infos if isinstance(item, dict)) if isinstance(infos, list) else (),
        generated=_count(inner.get("generated_media")),
        user_id=id_of(inner.get("user_id")) or id_of(data.get("user_id")),
    )


def _count(media: object) -> int:
    if isinstance(media, list):
        return len(media)
    if isinstance(media, dict):
        return sum(len(value) if isinstance(value, list) else 1 for value in media.values())
    return 0


def balance(status: int, body: object) -> Balance:
    """Read the credits. `total` is the sum of the others where it is not said."""
    data = unwrap(Call.BALANCE, status, body)
    available = number_of(data.get("available"))
    if available is None:
        raise BadAnswer(call="balance", reason="no credits in the answer")
    frozen = number_of(data.get("frozen")) or 0.0
    total = number_of(data.get("total"))
    return Balance(available=available, frozen=frozen, total=available + frozen if total is None else total)


def claim_token(status: int, body: object) -> str:
    """Read a claim token, which opens a project in the browser and can do nothing else."""
    token = unwrap(Call.CLAIM, status, body).get("claim_token")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token) or token.startswith("nmv_usr_"):
        raise BadAnswer(call="claim", reason="no claim token in the answer")
    return token
