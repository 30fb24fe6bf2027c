"""The routes, and what becomes of every error."""

import errno
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.studio.errors import DiskTrouble, FileTooLarge, Malformed, NotFound, Refused
from bot.studio.web import accounts, chat, films, projects, uploads
from bot.studio.web.body import answer, refusal
from bot.studio.web.openapi import DESCRIPTION
from bot.studio.web.service import SERVICE, Service

_log = logging.getLogger(__name__)
_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EACCES, errno.EIO})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def _health(_: web.Request) -> web.Response:
    return answer({"status": "ok"})


async def _openapi(request: web.Request) -> web.Response:
    return answer(DESCRIPTION | {"servers": [{"url": request.app[SERVICE].base_url}]})


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refused as error:
        refused = error
    except sqlite3.OperationalError as error:
        _log.error("the database cannot be used: %s", error)
        refused = DiskTrouble("The studio cannot write to its disk; nothing was changed.")
    except OSError as error:
        if error.errno not in _DISK_ERRORS:
            raise
        _log.error("the disk cannot be written: %s", error)
        refused = DiskTrouble("The studio cannot write to its disk; nothing was changed.")
    except web.RequestPayloadError:
        refused = Malformed("The body breaks off or is not encoded as its headers say.")
    except web.HTTPRequestEntityTooLarge:
        refused = FileTooLarge("The body is too large.")
    except web.HTTPNotFound as error:
        refused = NotFound(error.text or "There is nothing at this address.")
    except web.HTTPException as error:
        if error.status < 400:
            raise
        refused = Refused(error.text or error.reason)
        refused.status = refused.code = error.status
    return refusal(refused, agent_call=request.path == "/run_sse")


ROUTES = (
    web.post("/api/auth/anonymous-token", accounts.anonymous_token),
    web.post("/api/auth/claim-token", accounts.claim_token),
    web.get("/api/credits/balance/simple", accounts.balance),
    web.post("/api/tasks/{user}/with-session/nemo_agent", projects.with_session),
    web.get("/api/state/nemo_agent/{user}/{session}/latest", projects.state),
    web.post("/api/upload-video/nemo_agent/{user}/{session}", uploads.upload),
    web.post("/run_sse", chat.run_sse),
    web.post("/api/render/proxy/lambda", films.submit),
    web.get("/api/render/proxy/lambda/{id}", films.poll),
    web.post("/api/render/proxy/lambda/{id}/cancel", films.cancel),
    web.get("/api/render/proxy/{id}/download", films.download),
    web.get("/files/films/{key:[a-z0-9]+}.mp4", films.film_file),
    web.get("/files/uploads/{key:[a-z0-9]+}", films.upload_file),
    web.get("/healthz", _health),
    web.get("/openapi.json", _openapi),
)


def build(service: Service) -> web.Application:
    """The application of one studio."""
    app = web.Application(middlewares=[_errors], client_max_size=service.config.limits.json_bytes)
    app[SERVICE] = service
    app.add_routes(ROUTES)
    return app
