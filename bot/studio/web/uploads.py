"""Media in: multipart files, or URLs where that is allowed."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import BodyPartReader, web

from bot.studio import ids
from bot.studio.analyse import measures
from bot.studio.disk import publish
from bot.studio.errors import FileTooLarge, Forbidden, Malformed
from bot.studio.film import grid
from bot.studio.keeper import make_room
from bot.studio.media import formats, remote
from bot.studio.media.receive import Received, receive
from bot.studio.recording import stored
from bot.studio.store import assets
from bot.studio.store.assets import Asset
from bot.studio.store.sessions import Session
from bot.studio.web.body import json_object, ok
from bot.studio.web.service import Service, own_session, service

_CHUNK = 256 * 1024


async def upload(request: web.Request) -> web.Response:
    """POST /api/upload-video/nemo_agent/{user}/{session}: all files of the request or none."""
    session = await own_session(request)
    studio = service(request)
    from_urls = request.content_type == "application/json"
    if not from_urls and not request.content_type.startswith("multipart/"):
        raise Malformed("Send files as multipart/form-data in the field `files`, or URLs as JSON.")
    received: list[Received] = []
    try:
        files = _from_urls(request, studio) if from_urls else _from_form(request, studio)
        async for file in files:
            received.append(file)  # noqa: PERF401 - known as soon as it is there, so that it is removed whatever follows
        if not received:
            raise Malformed("There is no file in the request: put it in the field `files`.")
        await make_room(studio.database, studio.config, sum(file.size for file in received))
        seen = [await _judged(studio, file) for file in received]
        kept = [await _keep(studio, session, file, look) for file, look in zip(received, seen, strict=True)]
    finally:
        for file in received:
            await asyncio.to_thread(file.path.unlink, missing_ok=True)
    described = [assets.described(asset, studio.base_url) for asset in kept]
    return ok({"files": described, "session_state_applied": True})


async def _from_form(request: web.Request, studio: Service) -> AsyncIterator[Received]:
    try:
        reader = await request.multipart()
        count = 0
        async for part in reader:
            if not isinstance(part, BodyPartReader) or part.name != "files":
                continue
            count += 1
            _check_count(count, studio)
            yield await _received(studio, part.filename or "file", _chunks(part))
    except (ValueError, AssertionError, LookupError):
        # What aiohttp's reader raises for a form that breaks off or has no proper boundary.
        raise Malformed("The form is damaged: its parts cannot be told apart.") from None


async def _from_urls(request: web.Request, studio: Service) -> AsyncIterator[Received]:
    body = await json_object(request)
    urls = body.get("urls")
    if not isinstance(urls, list) or not all(isinstance(url, str) and len(url) < 4096 for url in urls):
        raise Malformed("The field urls has to be a list of URLs.")
    if not studio.config.switches.url_upload:
        raise Forbidden("This studio fetches nothing from the network. Send the files themselves.")
    _check_count(len(urls), studio)
    for url in urls:
        private = studio.config.switches.private_urls
        async with remote.opened(url, private=private, seconds=studio.config.limits.url_seconds) as (name, chunks):
            yield await _received(studio, name, chunks)


async def _received(studio: Service, filename: str, chunks: AsyncIterator[bytes]) -> Received:
    limit = studio.config.limits.media_bytes
    return await receive(chunks, filename=filename, folder=studio.config.incoming, limit=limit)


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(_CHUNK):
        yield chunk


def _check_count(count: int, studio: Service) -> None:
    limit = studio.config.limits.files_per_request
    if count > limit:
        raise FileTooLarge(f"More than {limit} files in one request; send them in several.")


async def _judged(studio: Service, file: Received) -> formats.Seen:
    seen = await studio.prober.look(file.path)
    return formats.judge(seen, filename=file.filename, size=file.size, limits=studio.config.limits)


async def _keep(studio: Service, session: Session, file: Received, seen: formats.Seen) -> Asset:
    """Move the file to its place and record it; a file that the session has already is not kept twice."""
    async with studio.database.transaction() as tx:
        if old := await assets.same(tx, session.id, file.sha256):
            return old
        before = await assets.of_session(tx, session.id)
        if len(before) >= studio.config.limits.assets_per_session:
            raise FileTooLarge(f"{file.filename}: a project holds at most {len(before)} files.")
        asset = Asset(
            id=ids.key(),
            session_id=session.id,
            position=len(before),
            filename=file.filename,
            kind=seen.kind,
            width=seen.width,
            height=seen.height,
            duration_ms=seen.duration_ms,
            fps=seen.fps,
            taken_at=seen.taken_at,
            size=file.size,
            sha256=file.sha256,
            measures=_measured(seen),
        )
        await asyncio.to_thread(publish, file.path, studio.config.uploads / asset.id)
        await assets.add(tx, asset, time.time())
        return asset


def _measured(seen: formats.Seen) -> dict[str, Any] | None:
    if seen.measures is not None:
        return measures.to_json(seen.measures)
    if seen.recording is not None:
        return stored.to_json(seen.recording)
    return None if seen.grid is None else grid.to_json(seen.grid)
