"""Sessions and their state."""

import time
from math import gcd
from typing import Any

from aiohttp import web

from bot.studio.store import assets, sessions
from bot.studio.store.assets import Asset
from bot.studio.web.body import json_object, ok, text
from bot.studio.web.service import own_session, service, signed_in


async def with_session(request: web.Request) -> web.Response:
    """POST /api/tasks/{user}/with-session/nemo_agent."""
    user_id = await signed_in(request)
    if request.match_info["user"] not in {"me", user_id}:
        raise web.HTTPNotFound
    body = await json_object(request)
    session = await sessions.create(
        service(request).database,
        user_id=user_id,
        task_name=text(body, "task_name", default="project"),
        language=text(body, "language", default="en", longest=35),
        now=time.time(),
    )
    return ok({"task_id": session.task_id, "session_id": session.id, "user_id": user_id})


async def state(request: web.Request) -> web.Response:
    """GET /api/state/nemo_agent/{user}/{session}/latest."""
    session = await own_session(request)
    studio = service(request)
    media = await assets.of_session(studio.database, session.id)
    return ok(
        {
            "session_id": session.id,
            "task_id": session.task_id,
            "task_name": session.task_name,
            "user_id": session.user_id,
            "state": {
                "video_infos": [assets.described(asset, studio.base_url) for asset in media],
                "draft": session.draft or {},
                "canvas_config": _canvas(session.draft),
                "video_analyses": {asset.id: _analysis(asset) for asset in media},
                "generated_media": [],
            },
        }
    )


def _canvas(draft: dict[str, Any] | None) -> dict[str, Any]:
    if not draft:
        return {}
    width, height = draft["m"]["width"], draft["m"]["height"]
    common = gcd(width, height)
    return {"width": width, "height": height, "aspect_ratio": f"{width // common}:{height // common}"}


def _analysis(asset: Asset) -> dict[str, Any]:
    shape = "square" if asset.width == asset.height else "landscape" if asset.width > asset.height else "portrait"
    return {"taken_at": asset.taken_at, "orientation": shape if asset.kind != "audio" else None}
