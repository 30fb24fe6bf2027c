"""POST /run_sse: talk to the agent."""

import logging
from typing import Any

from aiohttp import web

from bot.studio.errors import Malformed
from bot.studio.runs.events import Feed
from bot.studio.runs.frames import Wire
from bot.studio.store import sessions
from bot.studio.store.runs import Run
from bot.studio.web.body import json_object, text
from bot.studio.web.service import service, signed_in

_log = logging.getLogger(__name__)


async def run_sse(request: web.Request) -> web.StreamResponse:
    """Accept a message, then tell what the agent does with it until it is done or the client hangs up."""
    user_id = await signed_in(request)
    body = await json_object(request)
    studio = service(request)
    if text(body, "app_name", default="nemo_agent") != "nemo_agent":
        raise web.HTTPNotFound(text="There is no such app; its name is nemo_agent.")
    message = _message(body, longest=studio.config.limits.message_characters)
    if text(body, "user_id", default="me") not in {"me", user_id}:
        raise Malformed("The field user_id is `me` or the id of the token's own user.")
    session = await sessions.find(studio.database, text(body, "session_id"), user_id=user_id)
    run, feed = await studio.runner.accept(session, message)
    wire = Wire(invocation=f"e-{run.id}", streaming=body.get("streaming") is True, switches=studio.config.switches)
    return await _tell(request, run, feed, wire)


async def _tell(request: web.Request, run: Run, feed: Feed, wire: Wire) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    try:
        await response.prepare(request)
        told = 0
        async for event in feed.follow(interval=wire.switches.heartbeat_interval):
            for frame in wire.frames(event):
                await response.write(frame)
                told += 1
                if told == wire.switches.cut_after:
                    if request.transport:
                        request.transport.abort()
                    return response
        await response.write_eof()
    except ConnectionError:
        _log.info("the client of run %s hung up; the run goes on", run.id)
    return response


def _message(body: dict[str, Any], *, longest: int) -> str:
    message = body.get("new_message")
    parts = message.get("parts") if isinstance(message, dict) else None
    if not isinstance(parts, list):
        raise Malformed("The field new_message.parts has to be a list of parts with text.")
    texts = [part["text"] for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str)]
    joined = "\n".join(texts).strip()
    if not joined or len(joined) > longest:
        raise Malformed(f"The message has to have 1 to {longest} characters.")
    return joined
