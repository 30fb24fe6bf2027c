"""Fetching a finished film: from the address given, without our token, else by the service's own download path."""

from __future__ import annotations

import ipaddress
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from bot.core.errors import BackendDown, BadAnswer, EditorError
from bot.nemo.codes import Call, error_for
from bot.nemo.door import Ask, is_local
from bot.nemo.envelope import check
from bot.nemo.renders import download_url
from bot.nemo.spool import spooled

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.nemo.door import Door
    from bot.nemo.spool import Spool
    from bot.nemo.tokens import Token

    Source = Callable[[AsyncExitStack, dict[str, str]], Awaitable[httpx.Response]]
    """Opens the film, given request headers that may ask for a part of it."""

HOPS = 5
"""Most redirects, or addresses inside answers, that are followed."""

TRIES = 2
"""A broken download is resumed once."""


async def fetch(
    door: Door,
    *,
    render_id: str,
    skill: str,
    token: Token | None,
    url: str,
    target: Path,
    progress: Callable[[int], None],
) -> None:
    """Stream a film to `target`; see `Editor.fetch`. `url` may be empty. Raises EditorError and OSError."""

    async def from_address(stack: AsyncExitStack, part: dict[str, str]) -> httpx.Response:
        return await _open(door, stack, _join(door.base, url), part)

    async def by_path(stack: AsyncExitStack, part: dict[str, str]) -> httpx.Response:
        path = f"/api/render/proxy/{quote(render_id, safe='')}/download"
        ask = Ask(call=Call.DOWNLOAD, method="GET", path=path, skill=skill, headers=part, streams=True)
        answer = await stack.enter_async_context(door.opened(ask, token=token))
        if answer.body is None:
            return _film(answer.response)
        # From here on without the token: what follows may be anybody's address.
        if answer.response.has_redirect_location:
            return await _open(door, stack, _next(answer.response), part)
        check(Call.DOWNLOAD, answer.status, answer.body)
        return await _open(door, stack, _address(door.base, answer.body), part)

    async with spooled(target, limit=door.policy.film_bytes, progress=progress) as spool:
        if url:
            try:
                await _fill(from_address, spool)
            except EditorError:
                await _fill(by_path, spool)
        else:
            await _fill(by_path, spool)


async def _fill(source: Source, spool: Spool) -> None:
    spool.begin()
    for attempt in range(1, TRIES + 1):
        try:
            async with AsyncExitStack() as stack:
                await spool.take(await source(stack, spool.rest))
                return
        except (httpx.RequestError, BackendDown) as error:
            if attempt == TRIES:
                raise BackendDown(call="download", reason=type(error).__name__) from error


async def _open(door: Door, stack: AsyncExitStack, url: httpx.URL, part: dict[str, str]) -> httpx.Response:
    for _ in range(HOPS):
        _allow(door.base, url)
        response = await stack.enter_async_context(
            door.plain.stream("GET", url, headers=part, timeout=door.timeout(), follow_redirects=False)
        )
        if response.has_redirect_location:
            url = _next(response)
        elif not response.is_success:
            raise error_for(Call.DOWNLOAD, status=response.status_code)
        elif "json" in response.headers.get("content-type", ""):
            body = await door.read(response)
            check(Call.DOWNLOAD, response.status_code, body)
            url = _address(url, body)
        else:
            return _film(response)
    raise BadAnswer(call="download", reason="too many redirects")


def _film(response: httpx.Response) -> httpx.Response:
    if response.headers.get("content-type", "").startswith("text/"):
        raise BadAnswer(call="download", reason="no film but text")
    return response


def _next(response: httpx.Response) -> httpx.URL:
    return _join(response.url, response.headers["location"])


def _address(base: httpx.URL, body: object) -> httpx.URL:
    found = download_url(body)
    if not found:
        raise BadAnswer(call="download", reason="no film and no address")
    return _join(base, found)


def _join(base: httpx.URL, url: str) -> httpx.URL:
    try:
        return base.join(url)
    except (httpx.InvalidURL, ValueError):
        raise BadAnswer(call="download", reason="no usable address") from None


def _allow(base: httpx.URL, url: httpx.URL) -> None:
    """Refuse what is no web address, and addresses of this machine's network from a service that is elsewhere."""
    if url.scheme not in ("http", "https") or not url.host:
        raise BadAnswer(call="download", reason="no usable address")
    if is_local(base.host) or url.host == base.host:
        return
    try:
        private = not ipaddress.ip_address(url.host.strip("[]")).is_global
    except ValueError:
        private = is_local(url.host)
    if private:
        raise BadAnswer(call="download", reason="a private address")
