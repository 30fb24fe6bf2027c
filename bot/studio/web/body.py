"""Bodies: JSON from strangers in, the documented envelopes out."""

import json
from typing import Any

from aiohttp import web

from bot.studio.errors import Malformed, Refused


async def json_object(request: web.Request) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty one. Raises Malformed."""
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        value = json.loads(raw.decode("utf-8-sig"))
        # What cannot be written again (a lone surrogate, NaN) is refused here, not found out on the disk.
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Malformed("The body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise Malformed("The body has to be a JSON object.")
    return value


def text(body: dict[str, Any], name: str, *, default: str | None = None, longest: int = 200) -> str:
    """A string field. Raises Malformed when it is missing without a default, no string, empty, or too long."""
    value = body.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise Malformed(f"The field {name} has to be a text of 1 to {longest} characters.")
    return value


def ok(data: object) -> web.Response:
    """The envelope of everything but renders."""
    return answer({"code": 0, "message": "ok", "data": data})


def refusal(error: Refused, *, agent_call: bool) -> web.Response:
    """An error as every documented kind of client finds it: number, sentence, flag."""
    body: dict[str, object] = {"code": error.code, "message": error.message, "data": None}
    body |= {"success": False, "error": error.message}
    if agent_call:
        # Where the agent framework itself would answer, its own form is there too.
        body["detail"] = "Session not found" if error.code == 1002 else error.message
    return answer(body, status=error.status)


def answer(body: object, *, status: int = 200) -> web.Response:
    """Compact JSON, other scripts unescaped."""
    encoded = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return web.Response(body=encoded, status=status, content_type="application/json")
