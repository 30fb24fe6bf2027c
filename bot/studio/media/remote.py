"""Media by URL: http(s) only, public addresses only unless allowed, the checked address is the one connected to."""

import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import unquote

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.studio.errors import Forbidden, Malformed, UnsupportedFile
from bot.studio.media.receive import safe_name

_REDIRECTS = 5
_CHUNK = 256 * 1024


@asynccontextmanager
async def opened(url: str, *, private: bool, seconds: float) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    """A file name and the bytes behind `url`. Raises Malformed, Forbidden or UnsupportedFile in words."""
    timeout = aiohttp.ClientTimeout(total=seconds)
    connector = aiohttp.TCPConnector(resolver=_Resolver(private=private))
    try:
        async with aiohttp.ClientSession(
            connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
        ) as web:
            target = _checked(url, private=private)
            for _ in range(_REDIRECTS + 1):
                async with web.get(target, allow_redirects=False) as response:
                    if response.status in {301, 302, 303, 307, 308} and "Location" in response.headers:
                        target = _checked(str(target.join(URL(response.headers["Location"]))), private=private)
                        continue
                    if response.status != 200:
                        raise UnsupportedFile(f"{url}: the server answered with HTTP {response.status}.")
                    yield safe_name(unquote(target.path)), response.content.iter_chunked(_CHUNK)
                    return
            raise UnsupportedFile(f"{url}: too many redirects.")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise UnsupportedFile(f"{url}: the file cannot be fetched ({type(error).__name__}).") from error


def _checked(text: str, *, private: bool) -> URL:
    try:
        url = URL(text)
        host = url.host
    except ValueError:
        raise Malformed(f"{text!r} is no URL.") from None
    if url.scheme not in {"http", "https"} or not host:
        raise Malformed(f"{text!r}: only http and https URLs are fetched.")
    # A literal address is never resolved, so it has to be checked here.
    if not private and _is_literal(host) and not _is_public(host):
        raise Forbidden(f"{text}: addresses inside a private network are not fetched.")
    return url


class _Resolver(AbstractResolver):
    """Gives the connector only addresses that may be connected to: nothing is resolved a second time."""

    def __init__(self, *, private: bool) -> None:
        self._inner = ThreadedResolver()
        self._private = private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        allowed = [result for result in found if self._private or _is_public(result["host"])]
        if found and not allowed:
            raise Forbidden(f"{host}: addresses inside a private network are not fetched.")
        return allowed

    async def close(self) -> None:
        await self._inner.close()


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast
