"""One identity per installation: the client id, the tokens it was given, and which render belongs to which token."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import time
import uuid
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.core.errors import ClientIdMissing, RateLimited, Unauthorized
from bot.nemo.vault import read_object, read_text, write_private

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.nemo.wire import Grant

    Acquire = Callable[[str], Awaitable[Grant]]
    """Asks the service for an anonymous token, given the client id."""

RENDERS_KEPT = 500
"""Most recent renders whose token is remembered."""

_HEADER_VALUE = re.compile(r"[\x21-\x7e]{1,4096}")
_CLIENT_ID_CHARS = 64
_SECRET_CHARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A bearer token that does not print itself. `key` names it where the secret must not go."""

    secret: str = field(repr=False)
    user_id: str = ""
    expires_at: float | None = None
    """Seconds since the epoch."""
    client_id: str = field(default="", repr=False)
    """Whose anonymous token it is; empty for a given one."""

    @property
    def key(self) -> str:
        """A short name that reveals nothing."""
        return hashlib.sha256(self.secret.encode()).hexdigest()[:16]

    def blot(self, text: str) -> str:
        """A text from outside without this token in it. A short one is no secret, and might be part of any word."""
        return text.replace(self.secret, "[token]") if len(self.secret) >= _SECRET_CHARS else text

    def current(self) -> bool:
        """Whether it is still good, as far as it was said."""
        return self.expires_at is None or time.time() < self.expires_at


class Identity:
    """Hands out tokens for one service.

    `scope` names the service whose tokens these are (an origin): a token is never offered to another one. A given token
    is used as it is, never stored and never replaced by an anonymous one. ValueError for values no header can carry;
    the value is not in the message.
    """

    def __init__(self, folder: Path, *, scope: str, token: str = "", client_id: str = "") -> None:
        for name, value in (("token", token), ("client id", client_id)):
            if value and not _HEADER_VALUE.fullmatch(value):
                raise ValueError(f"the given {name} has characters that no header can carry")
        self._id_file = folder / "client_id"
        self._file = folder / f"identity-{hashlib.sha256(scope.encode()).hexdigest()[:12]}.json"
        self._given = Token(secret=token) if token else None
        self._client_id = client_id[:_CLIENT_ID_CHARS]
        self._tokens: dict[str, Token] = {}
        self._renders: dict[str, str] = {}
        self._anonymous: Token | None = None
        self._loaded = False
        self._lock = asyncio.Lock()
        self._refusal: tuple[float, RateLimited] | None = None

    async def token(self, acquire: Acquire, *, retry_after: float) -> Token:
        """The token to use now; asks for an anonymous one when there is none or it has expired.

        Raises RateLimited when the service gives none, also after one more try `retry_after` seconds later; callers in
        the meantime share that outcome instead of asking again.
        """
        async with self._lock:
            await self._load()
            known = self._anonymous
            if self._given is not None:
                return self._given
            if known is not None and known.current():
                return known
            return await self._renewed(acquire, retry_after, fallback=known)

    async def known(self) -> Token | None:
        """The token that is at hand, expired or not; the service is not asked for one."""
        async with self._lock:
            await self._load()
            return self._given or self._anonymous

    async def renew(self, rejected: Token, acquire: Acquire, *, retry_after: float) -> Token:
        """A token in place of one that the service rejected; however many callers ask, one request is made.

        Raises Unauthorized when a given token was rejected: an anonymous account would be somebody else.
        """
        if self._given is not None:
            raise Unauthorized(reason="the given token was rejected")
        async with self._lock:
            await self._load()
            known = self._anonymous
            if known is not None and known.secret != rejected.secret:
                return known
            return await self._renewed(acquire, retry_after, fallback=None)

    async def token_of(self, render_id: str) -> Token | None:
        """The token that submitted a render, while it is remembered."""
        async with self._lock:
            await self._load()
            key = self._renders.get(render_id)
            if self._given is not None and key == self._given.key:
                return self._given
            return self._tokens.get(key) if key else None

    async def bind(self, render_id: str, token: Token) -> None:
        """Remember, across restarts, which token submits a render."""
        async with self._lock:
            await self._load()
            if self._renders.get(render_id) == token.key:
                return
            self._renders[render_id] = token.key
            while len(self._renders) > RENDERS_KEPT:
                del self._renders[next(iter(self._renders))]
            await self._save()

    # ---- asking -----------------------------------------------------------------------------------------------------

    async def _renewed(self, acquire: Acquire, retry_after: float, *, fallback: Token | None) -> Token:
        if self._refusal is not None and time.monotonic() - self._refusal[0] < max(retry_after, 1.0):
            raise RateLimited(**self._refusal[1].params)
        try:
            grant, client_id = await self._ask(acquire)
        except RateLimited:
            if fallback is not None:
                # Expired by our clock; the service may see it otherwise, and will not be asked again before it says so.
                self._anonymous = replace(fallback, expires_at=None)
                return self._anonymous
            await asyncio.sleep(retry_after)
            try:
                grant, client_id = await self._ask(acquire)
            except RateLimited as refusal:
                self._refusal = (time.monotonic(), refusal)
                raise
        self._refusal = None
        token = Token(secret=grant.token, user_id=grant.user_id, expires_at=grant.expires_at, client_id=client_id)
        self._anonymous = self._tokens[token.key] = token
        await self._save()
        return token

    async def _ask(self, acquire: Acquire) -> tuple[Grant, str]:
        client_id = self._client_id
        try:
            return await acquire(client_id), client_id
        except ClientIdMissing:
            client_id = str(uuid.uuid4())
            grant = await acquire(client_id)
            self._client_id = client_id
            await asyncio.to_thread(write_private, self._id_file, client_id)
            return grant, client_id

    # ---- remembering ------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        if self._loaded:
            return
        stored = await asyncio.to_thread(read_object, self._file)
        self._tokens = _tokens(stored.get("tokens"))
        renders = stored.get("renders")
        self._renders = {str(k): str(v) for k, v in renders.items()} if isinstance(renders, dict) else {}
        if self._given is None:
            await self._settle_client_id()
        current = self._tokens.get(str(stored.get("current")))
        if current is not None and (self._given is not None or current.client_id == self._client_id):
            self._anonymous = current
        self._loaded = True

    async def _settle_client_id(self) -> None:
        if self._client_id:
            return
        kept = await asyncio.to_thread(read_text, self._id_file)
        if _HEADER_VALUE.fullmatch(kept) and len(kept) <= _CLIENT_ID_CHARS:
            self._client_id = kept
            return
        self._client_id = str(uuid.uuid4())
        await asyncio.to_thread(write_private, self._id_file, self._client_id)

    async def _save(self) -> None:
        current = self._anonymous.key if self._anonymous else ""
        needed = {current, *self._renders.values()}
        self._tokens = {key: token for key, token in self._tokens.items() if key in needed}
        stored = {
            "current": current,
            "tokens": [asdict(token) for token in self._tokens.values()],
            "renders": self._renders,
        }
        await asyncio.to_thread(write_private, self._file, json.dumps(stored))


def _tokens(stored: object) -> dict[str, Token]:
    found: dict[str, Token] = {}
    for item in stored if isinstance(stored, list) else []:
        if token := _token(item):
            found[token.key] = token
    return found


def _token(item: Any) -> Token | None:  # noqa: ANN401 - whatever a file held
    if not isinstance(item, dict) or not isinstance(item.get("secret"), str):
        return None
    if not _HEADER_VALUE.fullmatch(item["secret"]):
        return None
    expires_at = item.get("expires_at")
    return Token(
        secret=item["secret"],
        user_id=str(item.get("user_id", "")),
        expires_at=expires_at if isinstance(expires_at, int | float) else None,
        client_id=str(item.get("client_id", "")),
    )
