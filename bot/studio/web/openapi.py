"""The API in OpenAPI 3.1, written by hand: what the routes take and what they answer."""

from typing import Any

_Schema = dict[str, Any]


def _object(properties: dict[str, _Schema], *, needs: tuple[str, ...] | None = None) -> _Schema:
    return {"type": "object", "properties": properties, "required": list(properties if needs is None else needs)}


_TEXT: _Schema = {"type": "string"}
_WHOLE: _Schema = {"type": "integer"}
_ANYTHING: _Schema = {"type": "object"}
_SESSION: _Schema = {"type": "string", "pattern": "^[0-9]{19}$", "description": "larger than 2^53: never a number"}
_DRAFT: _Schema = _ANYTHING | {"description": "opaque: goes back to a render as it came"}
_LEFT: _Schema = _WHOLE | {
    "minimum": 0,
    "description": "seconds until the film is there, as far as can be told; missing when it has ended",
}
_NOTES: _Schema = {"type": "array", "items": _ANYTHING, "description": "what the renderer had to leave out"}

_SCHEMAS: dict[str, _Schema] = {
    "Error": _object(
        {
            "code": _WHOLE | {"description": "1001 token, 1002 session, 2001 credits, 4001 file type, 4002 file size"},
            "message": _TEXT,
            "data": {"type": "null"},
            "success": {"const": False},
            "error": _TEXT,
        }
    ),
    "Media": _object(
        {
            "filename": _TEXT,
            "file_type": {"enum": ["image", "video", "audio"]},
            "cdn_url": _TEXT,
            "duration": {"type": "number", "description": "seconds"},
            "width": _WHOLE,
            "height": _WHOLE,
            "fps": {"type": "number"},
            "hash": _TEXT | {"description": "SHA-256"},
            "asset": _TEXT | {"description": "how the draft names it"},
        }
    ),
    "Render": _object(
        {
            "taskId": _TEXT,
            "status": {"enum": ["pending", "processing", "completed", "failed", "cancelled"]},
            "progress": {"type": "integer", "minimum": 0, "maximum": 100},
            "secondsLeft": _LEFT,
            "output": _object({"url": _TEXT, "duration": {"type": "number"}, "size": _WHOLE}),
            "error": _TEXT,
            "notes": _NOTES,
            "success": {"const": True},
            "data": _object(
                {
                    "id": _TEXT,
                    "status": _TEXT,
                    "progress": _WHOLE,
                    "secondsLeft": _LEFT,
                    "outputUrl": _TEXT,
                    "error": _TEXT,
                    "notes": _NOTES,
                    "createdAt": _WHOLE | {"description": "milliseconds since 1970"},
                    "completedAt": _WHOLE,
                },
                needs=("id", "status", "progress", "createdAt"),
            ),
        },
        needs=("taskId", "status", "progress", "success", "data"),
    ),
}


def _json(schema: _Schema) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _enveloped(data: _Schema) -> _Schema:
    return _object({"code": {"const": 0}, "message": _TEXT, "data": data})


def _reference(name: str) -> _Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _operation(
    summary: str,
    answer: _Schema | str,
    *,
    errors: tuple[int, ...],
    body: dict[str, Any] | None = None,
    parameters: tuple[dict[str, Any], ...] = (),
    token: bool = True,
) -> dict[str, Any]:
    content = {answer: {}} if isinstance(answer, str) else {"application/json": {"schema": answer}}
    codes = errors + ((401,) if token else ())
    described: dict[str, Any] = {
        "summary": summary,
        "parameters": list(parameters),
        "responses": {"200": {"description": "done", "content": content}}
        | {str(code): {"description": "refused"} | _json(_reference("Error")) for code in sorted(codes)},
    }
    if body:
        described["requestBody"] = {"required": True} | body
    return described if token else described | {"security": []}


def _path(name: str, description: str = "") -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT, "description": description}


_USER = _path("user", "`me` or the user's own id")
_RENDER = _path("id")
_SKILL = tuple(
    {"name": name, "in": "header", "required": True, "schema": _TEXT}
    for name in ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")
)
_CLIENT = {"name": "X-Client-Id", "in": "header", "required": True, "schema": _TEXT | {"maxLength": 64}}

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "bot.studio",
        "version": "1",
        "description": "A Nemo-compatible editing server. Its agent follows rules; it is no model.",
    },
    "security": [{"bearer": []}],
    "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}, "schemas": _SCHEMAS},
    "paths": {
        "/api/auth/anonymous-token": {
            "post": _operation(
                "A token for this client",
                _enveloped(_object({"token": _TEXT, "user_id": _TEXT, "expires_at": _TEXT, "credits": _WHOLE})),
                errors=(400, 429),
                parameters=(_CLIENT,),
                token=False,
            )
        },
        "/api/auth/claim-token": {
            "post": _operation(
                "A token that opens a project in a browser and cannot call the API",
                _enveloped(_object({"claim_token": _TEXT, "expires_in": _WHOLE})),
                body=_json(_object({"task_id": _TEXT, "session_id": _SESSION}, needs=("session_id",))),
                errors=(404, 413, 422),
            )
        },
        "/api/credits/balance/simple": {
            "get": _operation(
                "Credits",
                _enveloped(_object({"available": _WHOLE, "frozen": _WHOLE, "total": _WHOLE})),
                errors=(),
            )
        },
        "/api/tasks/{user}/with-session/nemo_agent": {
            "post": _operation(
                "A new project and its session",
                _enveloped(_object({"task_id": _TEXT, "session_id": _SESSION, "user_id": _TEXT})),
                body=_json(_object({"task_name": _TEXT, "language": _TEXT}, needs=())),
                parameters=(_USER,),
                errors=(404, 413, 422),
            )
        },
        "/api/state/nemo_agent/{user}/{session}/latest": {
            "get": _operation(
                "Media and draft of a session",
                _enveloped(
                    _object(
                        {
                            "session_id": _SESSION,
                            "task_id": _TEXT,
                            "task_name": _TEXT,
                            "user_id": _TEXT,
                            "state": _object(
                                {
                                    "video_infos": {"type": "array", "items": _reference("Media")},
                                    "draft": _DRAFT,
                                    "canvas_config": _ANYTHING,
                                    "video_analyses": _ANYTHING,
                                    "generated_media": {"type": "array"},
                                }
                            ),
                        }
                    )
                ),
                parameters=(_USER, _path("session")),
                errors=(404,),
            )
        },
        "/api/upload-video/nemo_agent/{user}/{session}": {
            "post": _operation(
                "Media in: all of the request or none",
                _enveloped(
                    _object(
                        {
                            "files": {"type": "array", "items": _reference("Media")},
                            "session_state_applied": {"const": True},
                        }
                    )
                ),
                body={
                    "content": {
                        "multipart/form-data": {
                            "schema": _object({"files": {"type": "array", "items": _TEXT | {"format": "binary"}}})
                        },
                        "application/json": {
                            "schema": _object(
                                {"urls": {"type": "array", "items": _TEXT}, "source_type": {"const": "url"}},
                                needs=("urls",),
                            )
                        },
                    }
                },
                parameters=(_USER, _path("session")),
                errors=(403, 404, 413, 415, 422),
            )
        },
        "/run_sse": {
            "post": _operation(
                "Talk to the agent; the run goes on when the client hangs up",
                "text/event-stream",
                body=_json(
                    _object(
                        {
                            "app_name": {"const": "nemo_agent"},
                            "user_id": _TEXT,
                            "session_id": _SESSION,
                            "new_message": _object({"parts": {"type": "array", "items": _object({"text": _TEXT})}}),
                            "streaming": {"type": "boolean"},
                        },
                        needs=("session_id", "new_message"),
                    )
                ),
                errors=(403, 404, 409, 413, 422),
            )
        },
        "/api/render/proxy/lambda": {
            "post": _operation(
                "Queue a render; free of credits",
                _reference("Render"),
                body=_json(
                    _object(
                        {"id": _TEXT, "sessionId": _SESSION, "draft": _DRAFT, "output": _ANYTHING},
                        needs=("id", "sessionId", "draft"),
                    )
                ),
                parameters=_SKILL,
                errors=(402, 404, 409, 413, 422, 429),
            )
        },
        "/api/render/proxy/lambda/{id}": {
            "get": _operation("How far it is", _reference("Render"), parameters=(_RENDER,), errors=(404,))
        },
        "/api/render/proxy/lambda/{id}/cancel": {
            "post": _operation(
                "Stop it, unless it has ended", _reference("Render"), parameters=(_RENDER,), errors=(404,)
            )
        },
        "/api/render/proxy/{id}/download": {
            "get": _operation("The finished film", "video/mp4", parameters=(_RENDER,), errors=(404, 409))
        },
        "/files/films/{key}.mp4": {
            "get": _operation(
                "The film by its secret key", "video/mp4", parameters=(_path("key"),), errors=(404,), token=False
            )
        },
        "/files/uploads/{key}": {
            "get": _operation(
                "An uploaded file by its secret key",
                "application/octet-stream",
                parameters=(_path("key"),),
                errors=(404,),
                token=False,
            )
        },
        "/healthz": {"get": _operation("Alive", _object({"status": {"const": "ok"}}), errors=(), token=False)},
    },
}
