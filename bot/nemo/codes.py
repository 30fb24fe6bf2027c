"""From numbers to errors: one table, whether a number came as HTTP status or in a body, as an integer or as text."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.core.errors import (
    BackendDown,
    BadAnswer,
    Busy,
    ClientIdMissing,
    EditorError,
    MediaTooLarge,
    NoCredits,
    PlanBlocked,
    RateLimited,
    RenderExists,
    SessionGone,
    Unauthorized,
    UnsupportedMedia,
)


class Call(StrEnum):
    """What was asked: some numbers mean different things on different calls."""

    TOKEN = "token"  # noqa: S105 - the name of a call
    OPEN = "open"
    RUN = "run"
    UPLOAD = "upload"
    STATE = "state"
    BALANCE = "balance"
    RENDER = "render"
    POLL = "poll"
    CANCEL = "cancel"
    DOWNLOAD = "download"
    CLAIM = "claim"


ANYWHERE: dict[int, type[EditorError]] = {
    1001: Unauthorized,
    1002: SessionGone,
    2001: NoCredits,
    4001: UnsupportedMedia,
    4002: MediaTooLarge,
    401: Unauthorized,
    408: BackendDown,
    413: MediaTooLarge,
    415: UnsupportedMedia,
    422: BadAnswer,
    429: RateLimited,
}
"""Rows that hold on every call."""

ON_CALL: dict[tuple[Call, int], type[EditorError]] = {
    (Call.TOKEN, 400): ClientIdMissing,
    (Call.RENDER, 402): PlanBlocked,
    (Call.POLL, 402): PlanBlocked,
    (Call.DOWNLOAD, 402): PlanBlocked,
    (Call.RUN, 404): SessionGone,
    (Call.STATE, 404): SessionGone,
    (Call.UPLOAD, 404): SessionGone,
    (Call.CLAIM, 404): SessionGone,
    (Call.RUN, 409): Busy,
    (Call.RENDER, 409): RenderExists,
}
"""Rows that hold on one call only; they come first."""

DUPLICATE = re.compile(r"duplicat|already\s+(?:exist|submitted|used|taken)|\bexists\b", re.IGNORECASE)
"""How a service without a code for it words that a render id was used before."""

NOT_FAILURES = frozenset({"STOP", "MODEL_RETURNED_NO_CONTENT", "FINISH_REASON_UNSPECIFIED"})
"""`errorCode` of a model that merely had nothing to add."""


def number(value: object) -> int | None:
    """A code as an integer: 1001, "1001" and 1001.0 alike; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", value):
        return int(value)
    return None


def meaning(code: object, call: Call) -> type[EditorError] | None:
    """The class that a code or HTTP status stands for on this call, when any does."""
    value = number(code)
    if value is None:
        return None
    return ON_CALL.get((call, value)) or ANYWHERE.get(value)


def error_for(call: Call, *, status: int, code: object = None, message: str = "") -> EditorError:
    """The error for a refused call. The body's code says more than the status, so it is asked first."""
    found = meaning(code, call) or meaning(status, call)
    if call is Call.RENDER and found in (None, BadAnswer) and DUPLICATE.search(message):
        found = RenderExists
    if found is None:
        found = BackendDown if status >= 500 else BadAnswer if 300 <= status < 400 else EditorError
    params: dict[str, str | float] = {"call": call.value, "status": status}
    if number(code) is not None:
        params["code"] = number(code) or 0
    if message:
        params["reason"] = message
    return found(**params)
