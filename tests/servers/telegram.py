"""A Bot API server on a real socket: honest without a script, faulty on demand, in Telegram's own words.

Every call and every answer is checked against the Bot API's description where that is at hand; what does not fit is in
`faults`, which a test's fixture demands to be empty.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import ClientSession, web

from tests.servers.telegram_methods import Methods, Refused
from tests.servers.telegram_spec import check_answer, check_call, check_update
from tests.servers.telegram_updates import BOT

TOKEN = "4242:" + "A" * 35


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with one call."""

    kind: str
    value: float = 0
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def flood(seconds: int) -> Fault:
    return Fault(kind="flood", value=seconds)


def status(code: int) -> Fault:
    """An answer of a proxy in front, without the call having been carried out."""
    return Fault(kind="status", value=code)


def refuse(text: str, code: int = 400) -> Fault:
    return Fault(kind="refuse", value=code, text=text)


def answer(result: Any) -> Fault:
    """A success that says something else than it should."""
    return Fault(kind="answer", text=json.dumps({"ok": True, "result": result}))


def slow(seconds: float) -> Fault:
    return Fault(kind="slow", value=seconds)


CUT_BEFORE = Fault(kind="cut before")
"""The line breaks before the body was read."""
CUT_AFTER = Fault(kind="cut after")
"""The call is carried out, its answer never arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call, as it arrived."""

    method: str
    params: dict[str, Any]
    files: dict[str, bytes]
    names: dict[str, str]
    at: float


@dataclass(slots=True)
class TelegramServer(Methods):
    """`async with TelegramServer() as server`."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    confirmed: int = 0
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _next: int = 5000
    _scripts: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    # for tests

    def on(self, method: str, *faults: Fault) -> Self:
        """What goes wrong with the next calls of a method."""
        self._scripts[method].extend(faults)
        return self

    def asked(self, method: str) -> list[Call]:
        """The calls of a method so far."""
        return [call for call in self.calls if call.method == method]

    def texts(self, chat: int) -> list[str]:
        """What the bot's messages in a chat read now."""
        return [
            message.get("text", message.get("caption", ""))
            for (where, _), message in sorted(self.messages.items())
            if where == chat
        ]

    def films(self, chat: int) -> list[dict[str, Any]]:
        """The videos that arrived in a chat."""
        return [
            message for (where, _), message in sorted(self.messages.items()) if where == chat and "video" in message
        ]

    def send(self, *contents: dict[str, Any]) -> list[int]:
        """Hand updates to whoever polls: messages, or whole updates without their id."""
        for content in contents:
            whole = {
                "callback_query",
                "my_chat_member",
                "edited_message",
                "message_reaction",
                "poll_answer",
                "chat_member",
            }
            update = content if content.keys() & whole else {"message": content}
            told = update.get("message_reaction")
            if told and told["chat"]["id"] < 0 and BOT["id"] not in self.admins:
                self.faults.append("our own update: reactions are told to admins alone")
            self.raw({"update_id": self._next, **update}, strict=True)
        return [update["update_id"] for update in self._updates[-len(contents) :]]

    def raw(self, update: Any, *, strict: bool = False) -> None:
        """Hand over anything."""
        if strict:
            self.faults += [f"our own update: {fault}" for fault in check_update(update)]
        self._next += 1
        self._updates.append(update)
        self._news.set()

    async def deliver(self, update: dict[str, Any], *, secret: str | None = None, to: str = "") -> int:
        """Post an update to the webhook, as Telegram does; the answer's status."""
        update = {"update_id": self._next, **update}
        self._next += 1
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"] if secret is None else secret}
        url = to or self.webhook["url"]
        async with ClientSession() as session, session.post(url, json=update, headers=headers) as response:
            return response.status

    # the protocol

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN:
            known = request.match_info["token"].partition(":")[0].isdigit()
            return _refusal("Unauthorized", 401) if known else _refusal("Not Found", 404)
        script = self._scripts[method]
        fault = script.popleft() if script else Fault(kind="none")
        if fault.kind == "cut before":
            return await _cut(request)
        params, files, names = await _read(request)
        self.calls.append(Call(method=method, params=params, files=files, names=names, at=time.monotonic()))
        self.faults += check_call(method, params, set(files))
        match fault.kind:
            case "flood":
                return _refusal(f"Too Many Requests: retry after {int(fault.value)}", 429, retry_after=int(fault.value))
            case "status":
                return web.Response(status=int(fault.value), text="<html>nginx</html>", content_type="text/html")
            case "body":
                kind = "application/json"
                return web.Response(status=int(fault.value), text=fault.text, content_type=kind, headers=fault.headers)
            case "answer":
                return web.Response(text=fault.text, content_type="application/json")
            case "refuse":
                return _refusal(fault.text, int(fault.value))
            case "slow":
                await asyncio.sleep(fault.value)
        try:
            result = await self._carry_out(method, params, files)
        except Refused as refused:
            return _refusal(refused.text, refused.code, **refused.parameters)
        if method != "getUpdates":
            self.faults += check_answer(method, result)
        if fault.kind == "cut after":
            return await _cut(request)
        return web.json_response({"ok": True, "result": result})

    async def _carry_out(self, method: str, params: dict[str, Any], files: dict[str, bytes]) -> Any:
        if "chat_id" in params and (new := self.moved.get(int(params["chat_id"]))):
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(text, migrate_to_chat_id=new)
        thread = params.get("message_thread_id")
        if thread is not None and thread not in self.topics and method != "sendChatAction":
            raise Refused("Bad Request: message thread not found")
        act = getattr(self, f"_on_{method}", None)
        if act is None:
            raise Refused("Not Found", 404)
        outcome = act(params, files)
        return await outcome if asyncio.iscoroutine(outcome) else outcome

    async def _on_getUpdates(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        offset = params.get("offset", 0)
        self.confirmed = max(self.confirmed, offset)
        deadline = time.monotonic() + params.get("timeout", 0)
        while True:
            self._news.clear()
            self._updates = [one for one in self._updates if _number(one, offset) >= offset]
            found = self._updates

            left = deadline - time.monotonic()
            if found or left <= 0:
                return found[: params.get("limit", 100)]
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _file(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(
            Call(
                method="file",
                params={"path": request.match_info["path"], "range": request.headers.get("Range", "")},
                files={},
                names={},
                at=time.monotonic(),
            )
        )
        script = self._scripts["file"]
        fault = script.popleft() if script else Fault(kind="none")
        name = request.match_info["path"].rpartition("/")[2]
        if fault.kind == "status" or request.match_info["token"] != TOKEN or name not in self.files:
            return web.Response(status=int(fault.value) or 404)
        if fault.kind == "slow":
            await asyncio.sleep(fault.value)
        body = self.files[name]
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        response = web.StreamResponse(status=206 if start else 200)
        response.content_length = len(body) - start
        await response.prepare(request)
        if fault.kind == "cut after":
            await response.write(body[start : start + (len(body) - start) // 2])
            return await _cut(request)
        await response.write(body[start:])
        return response


def _number(update: Any, otherwise: int) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    if isinstance(number, str) and number.isdecimal():
        return int(number)
    return number if isinstance(number, int) else otherwise


def _refusal(text: str, code: int, **parameters: int) -> web.Response:
    more = {"parameters": parameters} if parameters else {}
    return web.json_response({"ok": False, "error_code": code, "description": text} | more, status=code)


async def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes], dict[str, str]]:
    """A call's parameters, decoded as the Bot API does, and its files."""
    params: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name], names[name] = value.file.read(), value.filename
        else:
            params[name] = _decoded(name, str(value))
    return params, files, names


def _decoded(name: str, value: str) -> Any:
    if name in {"text", "caption", "url", "secret_token", "callback_query_id", "action", "language_code", "file_id"}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
