"""Renders: submit, poll, cancel, download; and the files themselves."""

import json
import math
import re
import time
from typing import Any

from aiohttp import web

from bot.studio.errors import Busy, ExportBlocked, Malformed, NotFound
from bot.studio.jobs import estimate
from bot.studio.store import assets, renders, sessions
from bot.studio.store.renders import Render, Room
from bot.studio.store.sessions import Session
from bot.studio.switches import RenderBody
from bot.studio.web.body import answer, json_object, text
from bot.studio.web.service import Service, service, signed_in

_HEADERS = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")
_RENDER_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


async def submit(request: web.Request) -> web.Response:
    """POST /api/render/proxy/lambda."""
    user_id = await signed_in(request)
    studio = service(request)
    missing = [name for name in _HEADERS if not request.headers.get(name, "").strip()]
    if missing and studio.config.switches.skill_headers:
        raise ExportBlocked(f"Free plan export blocked: the header {', '.join(missing)} is missing.")
    body = await json_object(request)
    render_id = text(body, "id", longest=128)
    if not _RENDER_ID.fullmatch(render_id):
        raise Malformed("The field id may hold letters, digits and . _ : - only.")
    session = await sessions.find(studio.database, text(body, "sessionId"), user_id=user_id)
    draft = body.get("draft")
    if not isinstance(draft, dict) or not _has_segments(draft):
        raise Malformed("The field draft has to be the draft of the state, with at least one segment.")
    _check_output(body.get("output"))
    limits = studio.config.limits
    render = await renders.submit(
        studio.database,
        user_id=user_id,
        render_id=render_id,
        session_id=session.id,
        draft=draft,
        work=await _work(studio, session, draft),
        room=Room(session=limits.renders_per_session, user=limits.renders_per_user),
        now=time.time(),
    )
    studio.jobs.wake()
    return await _described(studio, render)


async def poll(request: web.Request) -> web.Response:
    """GET /api/render/proxy/lambda/{id}."""
    return await _described(service(request), await _own(request))


async def cancel(request: web.Request) -> web.Response:
    """POST /api/render/proxy/lambda/{id}/cancel; a render that has ended stays as it is."""
    user_id = await signed_in(request)
    studio = service(request)
    render = await renders.cancel(studio.database, user_id, request.match_info["id"], time.time())
    if render.status == "cancelled":
        studio.jobs.stop(render)
    return await _described(studio, render)


async def download(request: web.Request) -> web.StreamResponse:
    """GET /api/render/proxy/{id}/download, with a bearer token."""
    render = await _own(request)
    if render.status != "completed":
        raise Busy(f"The render is {render.status}; there is no film.")
    return _film(service(request), render.key, f"{render.id}.mp4")


async def film_file(request: web.Request) -> web.StreamResponse:
    """GET /files/films/{key}.mp4, without a token: the key is the secret."""
    return _film(service(request), request.match_info["key"], "highlight.mp4")


async def upload_file(request: web.Request) -> web.StreamResponse:
    """GET /files/uploads/{asset}, without a token: the asset id is the secret."""
    path = service(request).config.uploads / request.match_info["key"]
    if not path.is_file():
        raise NotFound("file not found")
    # Media of strangers are never opened as a page of this server.
    return web.FileResponse(
        path, headers={"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff"}
    )


async def _own(request: web.Request) -> Render:
    user_id = await signed_in(request)
    return await renders.find(service(request).database, user_id, request.match_info["id"])


def _film(studio: Service, key: str, name: str) -> web.FileResponse:
    path = studio.config.film(key)
    if not path.is_file():
        raise NotFound("file not found")
    headers = {"Content-Type": "video/mp4", "Content-Disposition": f'attachment; filename="{name}"'}
    return web.FileResponse(path, headers=headers)


def _has_segments(draft: dict[str, Any]) -> bool:
    tracks = draft.get("t")
    return isinstance(tracks, list) and any(isinstance(track, dict) and track.get("sg") for track in tracks)


def _check_output(output: object) -> None:
    if output is not None and not isinstance(output, dict):
        raise Malformed("The field output has to be an object.")
    wanted = output.get("format", "mp4") if isinstance(output, dict) else "mp4"
    if wanted != "mp4":
        raise Malformed("Films are made as mp4 only.")


async def _work(studio: Service, session: Session, draft: dict[str, Any]) -> dict[str, Any] | None:
    """What there is to do for a draft, for the estimate."""
    sizes = {one.id: (one.width, one.height) for one in await assets.of_session(studio.database, session.id)}
    work = estimate.work_of(draft, sizes, again=await renders.has_film(studio.database, session.id))
    return None if work is None else estimate.to_json(work)


async def _described(studio: Service, render: Render) -> web.Response:
    """One body in which the readers of both documented shapes find what they look for."""
    progress = studio.jobs.progress(render)
    url = f"{studio.base_url}/files/films/{render.key}.mp4" if render.status == "completed" else None
    flat: dict[str, Any] = {"taskId": render.id, "status": render.status, "progress": progress}
    data: dict[str, Any] = {"id": render.id, "status": render.status, "progress": progress}
    data["createdAt"] = int(render.created_at * 1000)
    if render.finished_at:
        data["completedAt"] = int(render.finished_at * 1000)
    left = await studio.jobs.seconds_left(render)
    if left is not None:
        flat["secondsLeft"] = data["secondsLeft"] = math.ceil(left)
    if url:
        flat["output"] = {"url": url, "duration": (render.duration_ms or 0) / 1000, "size": render.size}
        data["outputUrl"] = url
    if render.notes and (notes := json.loads(render.notes)):
        flat["notes"] = data["notes"] = notes
    if render.error:
        flat["error"] = data["error"] = render.error
    wrapped = {"success": True, "data": data}
    body = {RenderBody.FLAT: flat, RenderBody.WRAPPED: wrapped}.get(studio.config.switches.render_body, flat | wrapped)
    return answer(body)
