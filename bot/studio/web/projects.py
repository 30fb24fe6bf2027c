"""Sessions and their state."""

import time
from math import gcd
from typing import Any

from aiohttp import web

from bot.studio.agent.when import clock
from bot.studio.runs.known import media_of
from bot.studio.store import assets, sessions
from bot.studio.store.assets import Asset
from bot.studio.web.body import json_object, ok, text
from bot.studio.web.service import own_session, service, signed_in

_RAW = frozenset({"hash", "colours", "heat", "beats", "signals", "keys", "pauses", "looks"})  # of use to no reader


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
    left = _left_out(session.draft)
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
                "video_analyses": {asset.id: _analysis(asset) | left.get(asset.id, {}) for asset in media},
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
    told = clock(media_of(asset))
    seen = {key: value for key, value in (asset.measures or {}).items() if key not in _RAW}
    return seen | {
        "taken_at": told.at if told else None,
        "taken_by": told.by if told else None,
        "taken_confidence": told.trust if told else 0.0,
        "orientation": shape if asset.kind != "audio" else None,
    }


def _left_out(draft: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """Why the agent left out what it did, by asset id."""
    rows = draft["m"].get("left_out", []) if draft else []
    return {row["asset"]: {"left_out": row["reason"], "instead": row.get("instead")} for row in rows}
