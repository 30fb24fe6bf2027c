"""A service on a real socket that does what a script tells it and remembers everything it was asked.

Without a script it is a small, honest service: tokens, sessions, a draft after the first run, renders that complete.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy

from tests.servers.nemo_script import Reply, answer, film, run, said, tool, tool_done

KEPT = 1 << 16
"""Bytes of a request's body that are remembered."""

DRAFT = {"t": [{"tt": 0, "sg": [{"d": 3000, "m": {"title": "a"}}]}], "d": 3000, "m": {"title": "First", "width": 320}}
FILM = bytes(range(256)) * 400

_CALLS = {
    ("POST", "/api/auth/anonymous-token"): "token",
    ("POST", "/api/tasks/me/with-session/nemo_agent"): "open",
    ("POST", "/run_sse"): "run",
    ("POST", "/api/upload-video/nemo_agent/me/{sid}"): "upload",
    ("GET", "/api/state/nemo_agent/me/{sid}/latest"): "state",
    ("GET", "/api/credits/balance/simple"): "balance",
    ("POST", "/api/render/proxy/lambda"): "render",
    ("GET", "/api/render/proxy/lambda/{rid}"): "poll",
    ("POST", "/api/render/proxy/lambda/{rid}/cancel"): "cancel",
    ("GET", "/api/render/proxy/{rid}/download"): "download",
    ("POST", "/api/auth/claim-token"): "claim",
    ("GET", "/files/{name}"): "file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request, as it arrived."""

    call: str
    path: str
    headers: CIMultiDictProxy[str]
    body: bytes
    """Its first bytes."""
    size: int
    """All bytes of the body."""

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class NemoServer:
    """`async with NemoServer() as server`: scripts first, defaults after."""

    url: str = ""
    words: str = "Done."
    """What the agent says after an edit; without any, the edit is silent."""
    film: bytes = FILM
    """What every finished render is."""
    seen: list[Seen] = field(default_factory=list)
    _scripts: dict[str, deque[Reply]] = field(default_factory=lambda: defaultdict(deque))
    _sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    _renders: dict[str, str] = field(default_factory=dict)
    _owners: dict[str, str] = field(default_factory=dict)
    """Client ids by token."""
    _runner: web.AppRunner | None = None

    def on(self, call: str, *replies: Reply) -> Self:
        """Answer the next requests of a kind so, in this order."""
        self._scripts[call].extend(replies)
        return self

    def asked(self, call: str) -> list[Seen]:
        """The requests of a kind so far."""
        return [seen for seen in self.seen if seen.call == call]

    async def __aenter__(self) -> Self:
        app = web.Application()
        for (method, path), call in _CALLS.items():
            app.router.add_route(method, path, self._handler(call))
        app.router.add_route("*", "/{rest:.*}", self._handler("other"))
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def _handler(self, call: str) -> Reply:
        async def handle(request: web.Request) -> web.StreamResponse:
            head, size = bytearray(), 0
            async for chunk in request.content.iter_chunked(1 << 18):
                size += len(chunk)
                head += chunk[: max(0, KEPT - len(head))]
            headers = CIMultiDictProxy(CIMultiDict(request.headers))
            self.seen.append(Seen(call=call, path=request.raw_path, headers=headers, body=bytes(head), size=size))
            script = self._scripts[call]
            reply = script.popleft() if script else self._default(call, request, self.seen[-1])
            return await reply(request)

        return handle

    # ---- without a script -------------------------------------------------------------------------------------------

    def _default(self, call: str, request: web.Request, seen: Seen) -> Reply:
        if call == "file":
            return film(self.film)
        if call == "token":
            return self._token(seen)
        if not seen.headers.get("Authorization", "").startswith("Bearer "):
            return answer({"code": 1001, "message": "bad token"}, 401)
        sid = request.match_info.get("sid")
        if sid is not None and self._sessions.get(sid, {}).get("owner") != self._owner(seen):
            return answer({"code": 1002, "message": "session not found"})
        known = getattr(self, f"_{call}", None)
        return known(request, seen) if known else answer({"detail": "Not Found"}, 404)

    def _token(self, seen: Seen) -> Reply:
        if not seen.headers.get("X-Client-Id"):
            return answer({"message": "X-Client-Id is missing"}, 400)
        token = f"nmv_usr_{len(self._owners) + 1:04}"
        self._owners[token] = seen.headers["X-Client-Id"]
        data = {"token": token, "user_id": "anon_7", "expires_at": "2099-01-01T00:00:00Z"}
        return answer({"code": 0, "data": data | {"credits": 100}})

    def _owner(self, seen: Seen) -> str:
        token = seen.headers.get("Authorization", "").removeprefix("Bearer ")
        return self._owners.get(token, token)

    def _open(self, request: web.Request, seen: Seen) -> Reply:
        sid = str(5529798706024415232 + len(self._sessions))
        self._sessions[sid] = {
            "owner": self._owner(seen),
            "video_infos": [],
            "video_analyses": {},
            "generated_media": [],
        }
        return answer({"code": 0, "data": {"task_id": f"task_{sid}", "session_id": sid, "user_id": "anon_7"}})

    def _run(self, request: web.Request, seen: Seen) -> Reply:
        state = self._sessions.get(seen.json["session_id"])
        if state is None:
            return answer({"detail": "Session not found"}, 404)
        state["draft"] = DRAFT
        return run(tool(), tool_done(), *([said(self.words)] if self.words else []))

    def _upload(self, request: web.Request, seen: Seen) -> Reply:
        name = seen.body.partition(b'filename="')[2].partition(b'"')[0].decode() or "linked.mp4"
        if not name.lower().endswith((".jpg", ".png", ".mp4")):
            return answer({"code": 4001, "message": "unsupported file type"})
        info = {"filename": name, "file_type": "image", "cdn_url": f"{self.url}/files/{len(self.seen)}"}
        self._sessions[request.match_info["sid"]]["video_infos"].append(info)
        return answer({"code": 0, "data": {"files": [info], "session_state_applied": True}})

    def _state(self, request: web.Request, seen: Seen) -> Reply:
        sid = request.match_info["sid"]
        return answer({"code": 0, "data": {"session_id": sid, "state": self._sessions[sid]}})

    def _balance(self, request: web.Request, seen: Seen) -> Reply:
        return answer({"code": 0, "data": {"available": 60, "frozen": 40, "total": 100}})

    def _render(self, request: web.Request, seen: Seen) -> Reply:
        if seen.json["id"] in self._renders:
            return answer({"success": False, "error": "duplicate render id"}, 409)
        self._renders[seen.json["id"]] = "completed"
        return answer({"success": True, "data": {"id": seen.json["id"], "status": "pending", "progress": 5}})

    def _poll(self, request: web.Request, seen: Seen) -> Reply:
        rid = request.match_info["rid"]
        if rid not in self._renders:
            return answer({"success": False, "error": "render not found"}, 404)
        data = {"id": rid, "status": self._renders[rid], "progress": 100, "outputUrl": f"{self.url}/files/{rid}.mp4"}
        return answer({"success": True, "data": data})

    def _cancel(self, request: web.Request, seen: Seen) -> Reply:
        rid = request.match_info["rid"]
        if self._renders.get(rid) != "processing":
            return answer({"success": False, "error": "not running"}, 409)
        return answer({"success": True, "data": {"id": rid, "status": "cancelled"}})

    def _download(self, request: web.Request, seen: Seen) -> Reply:
        return film(self.film) if request.match_info["rid"] in self._renders else answer({"detail": "Not Found"}, 404)

    def _claim(self, request: web.Request, seen: Seen) -> Reply:
        return answer({"code": 0, "data": {"claim_token": "clm_abc", "expires_in": 604800}})
