"""Bodies before anyone knows what they say: bounded JSON, the four envelopes, error texts."""

from __future__ import annotations

import json
import math
from typing import Any

from bot.core.errors import BadAnswer, EditorError
from bot.nemo.codes import Call, error_for, number

REASON_CHARS = 300
"""Longest error text that is kept: it comes from outside and may be shown."""

_ERROR_TEXTS = ("message", "msg", "error", "detail", "reason")


def parse(text: str) -> object:
    """JSON as Python values, key order and big integers kept. Raises ValueError for anything else.

    NaN, the infinities and numbers beyond a double cannot be sent back; a service that sends them means "no number".
    """
    try:
        found: object = _JSON.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return found


def encode(value: object) -> bytes:
    """A request body: compact, and ASCII only, which carries any text that was ever received. Raises BadAnswer."""
    try:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
    except (ValueError, RecursionError):
        raise BadAnswer(reason="what came in cannot go back out") from None


def _finite(literal: str) -> float | None:
    value = float(literal)
    return value if math.isfinite(value) else None


_JSON = json.JSONDecoder(parse_constant=lambda _: None, parse_float=_finite)


def clean(text: str) -> str:
    """Text that every database and platform takes: no NUL, no lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def error_text(body: object) -> str:
    """The human part of an error body: a string, or the first of the known keys at the top or one level below."""
    return clean(_error_text(body, depth=2))[:REASON_CHARS]


def _error_text(body: object, *, depth: int) -> str:
    if isinstance(body, str):
        return body.strip()
    if depth < 0:
        return ""
    if isinstance(body, list):
        return "; ".join(filter(None, (_error_text(item, depth=depth - 1) for item in body[:3])))
    if isinstance(body, dict):
        for key in _ERROR_TEXTS:
            if found := _error_text(body.get(key), depth=depth - 1):
                return found
    return ""


def error_code(body: object) -> object:
    """The code of an error body, at the top or inside `error` or `detail`, as it was sent."""
    if not isinstance(body, dict):
        return None
    for holder in (body, body.get("error"), body.get("detail")):
        if isinstance(holder, dict) and number(holder.get("code")) is not None:
            return holder["code"]
    return None


def refusal(call: Call, status: int, body: object) -> EditorError | None:
    """The error that an answer stands for, if it stands for one."""
    code = error_code(body)
    refused = not 200 <= status < 300 or number(code) not in (None, 0)
    if isinstance(body, dict) and number(body.get("code")) is None and body.get("success") is False:
        refused = True
    return error_for(call, status=status, code=code, message=error_text(body)) if refused else None


def check(call: Call, status: int, body: object) -> None:
    """Raise the error that an answer stands for, if it stands for one."""
    if error := refusal(call, status, body):
        raise error


def unwrap(call: Call, status: int, body: object) -> dict[str, Any]:
    """What an answer holds, whichever of the documented envelopes it came in.

    `{code, data}`, `{success, data}` and a bare object are read; a refusal in any of them, or `{detail}`, raises the
    error of its code. A list or scalar in `data` stays under the key `data`. Raises BadAnswer for what is no object.
    """
    check(call, status, body)
    if not isinstance(body, dict):
        raise BadAnswer(call=call.value, reason="not an object")
    wrapped = number(body.get("code")) == 0 or body.get("success") is True
    if wrapped and isinstance(body.get("data"), dict):
        inner: dict[str, Any] = body["data"]
        return inner
    return body
