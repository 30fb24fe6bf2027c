"""HTTP for python-telegram-bot, on aiohttp: constant memory both ways, and certainty about what left.

The library's own client reports a cut line as one kind of error, whether the request left or not, and cannot wait for a
promise to be written down between a file's last byte and its answer. Both decide whether a film is sent twice.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import secrets
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.error import TelegramError
from telegram.request import BaseRequest

from adapters.telegram.faults import AnswerLost, Flood, NotSent, Unknown, Unwell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from pathlib import Path

    from telegram.request import RequestData

    from adapters.telegram.config import Timing

CHUNK = 1 << 18
ANSWER_BYTES = 64 << 20
"""No answer of the Bot API comes near it; more is not kept in memory."""
CONNECT_SECONDS = 15.0
FLOOD_SECONDS = 5.0
"""The pause after a 429 that does not say how long."""
HEADER_DIGITS = 6
""""Retry-After" of more is no pause."""
HEAD = 2048
"""Bytes of an answer in which a refusal has said what it is."""
_REFUSED = re.compile(rb'"ok"\s*:\s*false')
_UNKNOWN = re.compile(rb"(unknown|unsupported|no such) method|method not (found|known)", re.IGNORECASE)
_UNSUPPORTED = re.compile(rb"not (supported|implemented)", re.IGNORECASE)
_ALWAYS_KNOWN = frozenset({"getMe", "getUpdates"})
"""Here 404 means the token, in Telegram's own words."""


class Upload(io.FileIO):
    """A file to be sent from disk in pieces. Awaits `body_sent` before its last byte can be of any use to Telegram."""

    def __init__(self, path: Path, body_sent: Callable[[], Awaitable[None]]) -> None:
        super().__init__(path, "rb")
        self.body_sent = body_sent


class Request(BaseRequest):
    """One session for every call and every download."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._session: aiohttp.ClientSession | None = None

    async def initialize(self) -> None:
        """Open the session. The library asks for it twice, since it might have two."""
        if self._session is not None:
            return
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS)
        connector = aiohttp.TCPConnector(limit=0)  # calls are counted where they are made
        self._session = aiohttp.ClientSession(timeout=timeout, connector=connector)

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """What everything goes through."""
        assert self._session is not None
        return self._session

    @property
    def read_timeout(self) -> float:
        """Seconds until an answer is given up."""
        return self._timing.answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - the library's own marker for "not given"
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises NotSent, AnswerLost, Unwell or Flood."""
        parameters = request_data.json_parameters if request_data else {}
        files: Mapping[str, Any] = request_data.multipart_data if request_data and request_data.contains_files else {}
        if files:
            body = _Multipart(parameters, files, silence=self._timing.upload_silence)
            patience = self._timing.upload_silence
        else:
            body = None
            patience = self._timing.answer if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            async with asyncio.timeout(patience) as limit:
                if body:
                    body.limit = limit
                async with self.session.request(
                    method,
                    url,
                    data=body.stream() if body else parameters,
                    headers=body.headers if body else None,
                    allow_redirects=False,
                ) as response:
                    status, answer = response.status, await _bounded(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotSent("no connection") from None  # the cause would carry the address, and that the token
        except (aiohttp.ClientError, OSError, TimeoutError) as error:  # OSError: our own disk, or a reset line
            name = type(error).__name__
            raise (AnswerLost(name) if body is None or body.left else NotSent(name)) from None
        if status == 200 and _REFUSED.search(answer[:HEAD]):  # a refusal that is not told by the status
            status = _code(answer)
        if _is_unknown(url.rpartition("/")[2], status, answer[:HEAD]):
            raise Unknown(str(status))
        if status == 504:  # a gateway gave up waiting: what stands behind it may have done the work
            raise AnswerLost("504")
        if status in {500, 502, 503}:
            raise Unwell(str(status))
        if status == 429:
            raise Flood(_retry_after(answer, response.headers.get("Retry-After", "")))
        return status, answer

    @asynccontextmanager
    async def download(self, url: str, *, offset: int) -> AsyncIterator[tuple[int, AsyncIterator[bytes]]]:
        """Stream a file from a position. Status and bytes; aiohttp.ClientError and TimeoutError pass through."""
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=self._timing.answer)
        async with self.session.get(url, headers=headers, timeout=timeout, allow_redirects=False) as response:
            yield response.status, response.content.iter_chunked(CHUNK)


class _Multipart:
    """A form whose files are read while they are sent, with its length known beforehand."""

    def __init__(self, fields: Mapping[str, str], files: Mapping[str, Any], *, silence: float) -> None:
        boundary = secrets.token_hex(16)
        self._silence = silence
        self._parts: list[bytes | Upload] = []
        for name, value in fields.items():
            self._parts.append(_head(boundary, f'name="{name}"') + value.encode() + b"\r\n")
        for name, (file_name, content, mime) in files.items():
            self._parts.append(_head(boundary, f'name="{name}"; filename="{_quoted(file_name)}"', mime))
            self._parts += [content, b"\r\n"]
        self._parts.append(f"--{boundary}--\r\n".encode())
        length = sum(len(part) if isinstance(part, bytes) else _size(part) for part in self._parts)
        self.headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(length),
        }
        self.left = False
        """Whether the last byte was handed over: from then on the request may be carried out."""
        self.limit: asyncio.Timeout

    async def stream(self) -> AsyncIterator[bytes]:
        """The body. What was promised before the last byte is kept before the closing boundary."""
        loop = asyncio.get_running_loop()
        *parts, end = self._parts
        for part in parts:
            if isinstance(part, bytes):
                yield part
                continue
            part.seek(0)
            while chunk := await asyncio.to_thread(part.read, CHUNK):
                self.limit.reschedule(loop.time() + self._silence)
                yield chunk
        for part in parts:
            if isinstance(part, Upload):
                await part.body_sent()
        self.limit.reschedule(loop.time() + self._silence)
        self.left = True
        assert isinstance(end, bytes)
        yield end


def _head(boundary: str, disposition: str, mime: str = "") -> bytes:
    kind = f"Content-Type: {mime}\r\n" if mime else ""
    return f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n{kind}\r\n".encode()


def _quoted(name: str) -> str:
    return "".join(char for char in name if char >= " ").replace("\\", "\\\\").replace('"', "%22")


def _size(file: Upload) -> int:
    return file.seek(0, io.SEEK_END)


def _is_unknown(method: str, status: int, answer: bytes) -> bool:
    """Whether the server has no such method. Telegram's own says 404 to that, others say it in words."""
    if method in _ALWAYS_KNOWN:
        return False
    if status in {404, 405, 501}:
        return True
    if status not in {400, 500}:
        return False
    return bool(_UNKNOWN.search(answer) or (status == 500 and _UNSUPPORTED.search(answer)))


def _code(answer: bytes) -> int:
    try:
        code = json.loads(answer)["error_code"]
    except (ValueError, KeyError, TypeError):
        return 400
    return code if isinstance(code, int) and 400 <= code < 600 else 400


def _retry_after(answer: bytes, header: str) -> float:
    """As Telegram says it, else as a proxy in front does."""
    try:
        seconds = json.loads(answer)["parameters"]["retry_after"]
    except (ValueError, KeyError, TypeError):
        seconds = int(header) if header.isdecimal() and len(header) < HEADER_DIGITS else 0
    return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else FLOOD_SECONDS


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    answer = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        answer += chunk
        if len(answer) > ANSWER_BYTES:
            raise TelegramError("the answer is too large")
    return bytes(answer)
