"""The words in which tests write what a service sends: whole answers, and the steps of a run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]
"""Answers one request."""


@dataclass(slots=True)
class Line:
    """The open stream of a run."""

    request: web.Request
    response: web.StreamResponse

    async def send(self, data: bytes) -> None:
        if data:
            await self.response.write(data)

    def abort(self) -> None:
        if self.request.transport is not None:
            self.request.transport.abort()


class Cut(Exception):
    """The server has hung up; nothing after it is sent."""


Step = Callable[[Line], Awaitable[None]]
"""One thing that happens on the stream of a run."""


# ---- steps of a run -------------------------------------------------------------------------------------------------


def raw(*chunks: bytes) -> Step:
    """Bytes as they are, one write each."""

    async def step(line: Line) -> None:
        for chunk in chunks:
            await line.send(chunk)
            await asyncio.sleep(0)

    return step


def frame(data: str) -> Step:
    """One event-stream frame."""
    return raw(f"data: {data}\n\n".encode())


def event(**fields: Any) -> Step:
    """One ADK event, compact as ADK writes it."""
    body = {"invocationId": "e-1", "author": "nemo_agent", "actions": {"stateDelta": {}, "artifactDelta": {}}} | fields
    return frame(json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def content(*parts: dict[str, Any], role: str = "model") -> dict[str, Any]:
    """The `content` of an ADK event."""
    return {"parts": list(parts), "role": role}


def said(text: str, **fields: Any) -> Step:
    """A final text."""
    return event(content=content({"text": text}), **fields)


def partial(text: str, **fields: Any) -> Step:
    """A delta; a final text that repeats it may follow."""
    return event(content=content({"text": text}), partial=True, **fields)


def thought(text: str) -> Step:
    """Reasoning that nobody should see."""
    return event(content=content({"text": text, "thought": True}))


def tool(name: str = "edit_multitrack", **fields: Any) -> Step:
    """The agent calls a tool."""
    return event(content=content({"functionCall": {"id": "adk-1", "name": name, "args": {}}}), **fields)


def tool_done(name: str = "edit_multitrack", **fields: Any) -> Step:
    """The tool's answer."""
    part = {"functionResponse": {"id": "adk-1", "name": name, "response": {"status": "ok"}}}
    return event(content=content(part, role="user"), **fields)


def beat(form: str = "data:\n\n") -> Step:
    """A sign of life."""
    return raw(form.encode())


def error_frame(message: str) -> Step:
    """An exception as ADK 1.24 and later report it."""
    return frame(json.dumps({"error": message}))


def broken_error_frame(message: str) -> Step:
    """The same as ADK up to 1.22 does: not escaped."""
    return frame(f'{{"error": "{message}"}}')


def silence(seconds: float) -> Step:
    """Nothing for a while."""

    async def step(line: Line) -> None:
        await asyncio.sleep(seconds)

    return step


def hang() -> Step:
    """Nothing until the other side gives up."""

    async def step(line: Line) -> None:
        while line.request.transport is not None and not line.request.transport.is_closing():
            await asyncio.sleep(0.01)
        raise Cut

    return step


def cut() -> Step:
    """The connection breaks."""

    async def step(line: Line) -> None:
        await asyncio.sleep(0.05)  # let what was written leave first
        line.abort()
        raise Cut

    return step


# ---- whole answers --------------------------------------------------------------------------------------------------


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """A JSON body."""
    return plain(json.dumps(body).encode(), "application/json", status, headers)


def plain(
    body: bytes, content_type: str = "text/plain", status: int = 200, headers: dict[str, str] | None = None
) -> Reply:
    """Any body."""

    async def reply(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, status=status, headers={"Content-Type": content_type} | (headers or {}))

    return reply


def run(*steps: Step, content_type: str = "text/event-stream; charset=utf-8", status: int = 200) -> Reply:
    """The stream of a run; it ends well after the last step."""

    async def reply(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=status, headers={"Content-Type": content_type})
        await response.prepare(request)
        try:
            for step in steps:
                await step(Line(request, response))
        except (Cut, ConnectionError):
            return response
        await response.write_eof()
        return response

    return reply


def hang_up() -> Reply:
    """Read the request, then close the connection without a word."""

    async def reply(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return reply


def film(data: bytes, *, cut_after: int | None = None, ranges: bool = True, content_type: str = "video/mp4") -> Reply:
    """A file, in parts where asked, breaking off where told."""

    async def reply(request: web.Request) -> web.StreamResponse:
        asked = request.headers.get("Range", "")
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and ranges else 0
        headers = {"Content-Type": content_type, "ETag": '"film"', "Content-Length": str(len(data) - start)}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        response = web.StreamResponse(status=206 if start else 200, headers=headers)
        await response.prepare(request)
        if cut_after is None:
            await response.write(data[start:])
            return response
        await response.write(data[start : start + cut_after])
        await asyncio.sleep(0.05)
        assert request.transport is not None
        request.transport.abort()
        return response

    return reply
