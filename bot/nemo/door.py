"""The one way to the service: every request is built, sent, read and, where the token was bad, repeated once here."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import httpx

from bot.core.errors import BackendDown, BadAnswer, EditorError, StreamLost, Unauthorized
from bot.nemo import attribution, wire
from bot.nemo.codes import Call
from bot.nemo.envelope import encode, parse, refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from types import TracebackType

    from bot.core.media import Skill
    from bot.core.policy import Policy
    from bot.nemo.tokens import Identity, Token
    from bot.nemo.wire import Grant

ANSWER_BYTES = 32 << 20
"""A longer answer that is neither stream nor film is refused."""

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request, sendable more than once."""

    call: Call
    method: str
    path: str
    skill: str
    json: object = None
    body: Callable[[], AsyncIterator[bytes]] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    quiet: float | None = None
    """Longest silence of the network in seconds; the policy's `answer_timeout` unless said."""
    streams: bool = False
    """Whether a good answer is a stream that the caller reads."""
    fresh: bool = False
    """On a connection of its own, so that failing to connect proves that nothing was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. `body` is parsed JSON, else text; None when the caller reads the stream of `response`."""

    response: httpx.Response
    body: object
    token: Token

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code


class Door:
    """Holds the connections. The bearer leaves only towards `base_url`, and no redirect is followed with it.

    ValueError when `base_url` is no http(s) address.
    """

    def __init__(
        self, base_url: str, *, policy: Policy, skills: Mapping[str, Skill], identity: Identity, platform: str
    ) -> None:
        try:
            self.base = httpx.URL(base_url.rstrip("/"))
        except httpx.InvalidURL:
            raise ValueError("the service's address is no URL") from None
        if self.base.scheme not in ("http", "https") or not self.base.host:
            raise ValueError("the service's address must start with http:// or https://")
        self.policy = policy
        self.identity = identity
        self._skills = skills
        self._platform = platform
        self._exit = AsyncExitStack()

    async def __aenter__(self) -> Self:
        # A proxy from the environment must not come between this process and its own child.
        self._trust_env = not is_local(self.base.host)
        self._tls = httpx.create_ssl_context(trust_env=self._trust_env)
        self.plain = await self._exit.enter_async_context(self._client(kept=20))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exit.aclose()

    def timeout(self, quiet: float | None = None) -> httpx.Timeout:
        """Time limits with the given longest silence in seconds."""
        return httpx.Timeout(quiet or self.policy.answer_timeout, connect=self.policy.connect_timeout, pool=None)

    async def ask(self, ask: Ask, *, token: Token | None = None) -> Answer:
        """Send a request and read its answer. Refusals are left in it for the reader of that body.

        Raises BackendDown, BadAnswer for an answer without end, and whatever getting a token raises.
        """
        async with self.opened(ask, token=token) as answer:
            return answer

    @asynccontextmanager
    async def opened(self, ask: Ask, *, token: Token | None = None) -> AsyncIterator[Answer]:
        """Like `ask`, for as long as the caller reads the stream of a good answer.

        On a run, StreamLost instead of BackendDown says that the service may have accepted it.
        """
        used = token or await self.token(ask.skill)
        try:
            async with self._sent(ask, used) as response:
                answer = await self._answer(ask, response, used)
                if not self._rejected(ask, answer):
                    yield answer
                    return
            used = await self.identity.renew(used, self._acquire(ask.skill), retry_after=self.policy.token_retry)
            async with self._sent(ask, used) as response:
                yield await self._answer(ask, response, used)
        except httpx.RequestError as error:
            raise _lost(ask.call, error) from error

    async def token(self, skill: str) -> Token:
        """The token to use now."""
        return await self.identity.token(self._acquire(skill), retry_after=self.policy.token_retry)

    async def read(self, response: httpx.Response, token: Token | None = None) -> object:
        """A body as JSON, or as text where it is none; our own token is blotted out. Raises httpx.RequestError."""
        raw = bytearray()
        try:
            async with asyncio.timeout(self.policy.answer_timeout):
                async for chunk in response.aiter_bytes():
                    raw += chunk
                    if len(raw) > ANSWER_BYTES:
                        raise BadAnswer(reason="the answer is too long")
        except TimeoutError:
            raise httpx.ReadTimeout("the answer does not end") from None
        text = raw.decode("utf-8-sig", "replace")
        if token is not None:
            text = token.blot(text)
        try:
            return parse(text)
        except ValueError:
            return "" if text.lstrip().startswith("<") else text

    # ---- inside -----------------------------------------------------------------------------------------------------

    def _client(self, *, kept: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=self._tls,
            trust_env=self._trust_env,
            # Streams hold a connection for minutes: no limit may make one chat wait for another's.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=kept),
            headers={"User-Agent": "highlight-bot", "Accept-Encoding": "identity"},
        )

    @asynccontextmanager
    async def _sent(self, ask: Ask, token: Token | None) -> AsyncIterator[httpx.Response]:
        content = None if ask.json is None else encode(ask.json)
        kind = {} if content is None else {"Content-Type": "application/json"}
        headers = {**kind, **ask.headers, **attribution.headers(self._skills[ask.skill], self._platform)}
        if token is not None:
            headers["Authorization"] = f"Bearer {token.secret}"
        # A stream gets a pool of its own: a shared one looks at all that are open whenever one more comes or goes.
        pool = self._client(kept=0) if ask.fresh else nullcontext(self.plain)
        async with (
            pool as client,
            client.stream(
                ask.method,
                f"{self.base}{ask.path}",
                headers=headers,
                content=ask.body() if ask.body else content,
                timeout=self.timeout(ask.quiet),
            ) as response,
        ):
            log.debug("%s %s: %d", ask.method, ask.path, response.status_code)
            # A 402 is believed to be about the plan because these are never missing.
            assert attribution.complete(response.request.headers)
            yield response

    async def _answer(self, ask: Ask, response: httpx.Response, token: Token) -> Answer:
        streams = ask.streams and response.is_success and "json" not in response.headers.get("content-type", "")
        if streams:
            return Answer(response=response, body=None, token=token)
        return Answer(response=response, body=await self.read(response, token), token=token)

    @staticmethod
    def _rejected(ask: Ask, answer: Answer) -> bool:
        return isinstance(refusal(ask.call, answer.status, answer.body), Unauthorized)

    def _acquire(self, skill: str) -> Callable[[str], Awaitable[Grant]]:
        async def acquire(client_id: str) -> Grant:
            ask = Ask(
                call=Call.TOKEN,
                method="POST",
                path="/api/auth/anonymous-token",
                skill=skill,
                headers={"X-Client-Id": client_id},
            )
            try:
                async with self._sent(ask, None) as response:
                    return wire.grant(response.status_code, await self.read(response))
            except httpx.RequestError as error:
                raise _lost(ask.call, error) from error

        return acquire


def _lost(call: Call, error: httpx.RequestError) -> EditorError:
    kind = StreamLost if call is Call.RUN and not isinstance(error, _NOT_SENT) else BackendDown
    return kind(call=call.value, reason=type(error).__name__)


def is_local(host: str) -> bool:
    """Whether a host name or address means this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
