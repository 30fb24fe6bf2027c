"""Readers of the render service's bodies: flat (R1), wrapped (R2), or both at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.core.errors import BackendDown, BadAnswer, EditorError, RateLimited, Unauthorized
from bot.core.session import RenderState, RenderStatus
from bot.nemo.codes import Call, number
from bot.nemo.envelope import check, error_code, error_text, refusal
from bot.nemo.wire import number_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATES = {state.value: state for state in (RenderState.PENDING, RenderState.COMPLETED, RenderState.FAILED)}
# What a poll after a cancel shows is nowhere documented; no such render will ever complete.
_STATES |= {"cancelled": RenderState.FAILED, "canceled": RenderState.FAILED}

_NO_SUCH_RENDER = re.compile(r"not\s+found|unknown|no\s+such|does\s+not\s+exist", re.IGNORECASE)


def submitted(status: int, body: object) -> None:
    """Check the answer of a submit. Only a refusal matters: a poll tells the rest."""
    check(Call.RENDER, status, body)


def render_status(status: int, body: object) -> RenderStatus:
    """Read the answer of a poll.

    Every field is looked for at the top, then under `data`; the address also under `output`. A state that nobody
    documents counts as still running. Raises the error of a refusal; an id the service does not know is UNKNOWN_ID.
    """
    levels = list(_levels(body))
    said = next((word for level in levels if (word := text_of(level.get("status"), 40).strip().lower())), "")
    url = next((found for level in levels if (found := url_of(level))), "")
    if not 200 <= status < 300 or not (said or url):
        return _refused(status, body)
    state = _STATES.get(said, RenderState.PROCESSING) if said else RenderState.COMPLETED
    progress = next((part for level in levels if (part := number_of(level.get("progress"))) is not None), None)
    return RenderStatus(
        state=state,
        progress=None if progress is None else min(100.0, max(0.0, progress)),
        url=url if state is RenderState.COMPLETED else "",
        reason=error_text(body) or said if state is RenderState.FAILED else "",
    )


def dropped(status: int, body: object) -> bool:
    """Read the answer of a cancel, which is documented nowhere: whether no film will come of it."""
    refused = refusal(Call.CANCEL, status, body)
    if isinstance(refused, BackendDown | RateLimited | Unauthorized):
        raise refused
    return refused is None and all(text_of(level.get("status")).lower() != "completed" for level in _levels(body))


def _refused(status: int, body: object) -> RenderStatus:
    if 404 in (status, number(error_code(body))):
        return RenderStatus(state=RenderState.UNKNOWN_ID)
    try:
        check(Call.POLL, status, body)
    except EditorError as refusal:
        if type(refusal) is EditorError and _NO_SUCH_RENDER.search(error_text(body)):
            return RenderStatus(state=RenderState.UNKNOWN_ID)
        raise
    raise BadAnswer(call="poll", reason="no status in the answer")


def download_url(body: object) -> str:
    """The address inside a JSON answer of the download path; empty when there is none."""
    return next((found for level in _levels(body) if (found := url_of(level))), "")


def _levels(body: object) -> Iterator[dict[str, Any]]:
    if isinstance(body, dict):
        yield body
        if isinstance(body.get("data"), dict):
            yield body["data"]


def url_of(level: dict[str, Any]) -> str:
    """The film's address on one level of a body."""
    output = level.get("output")
    nested = output.get("url") if isinstance(output, dict) else output
    for value in (nested, level.get("outputUrl"), level.get("output_url"), level.get("url"), level.get("download_url")):
        if found := text_of(value, 8_000).strip():
            return found
    return ""
