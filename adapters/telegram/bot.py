"""The Bot API, as python-telegram-bot speaks it, over our own HTTP."""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.faults import NONSENSE, TokenRefused, Unknown
from adapters.telegram.lenient import answer_of
from adapters.telegram.request import Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from adapters.telegram.config import TelegramConfig

log = logging.getLogger(__name__)

UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "poll_answer",
)
"""What is asked for; anything else would only be thrown away."""
NEEDED = frozenset({"getMe", "getUpdates", "setWebhook", "sendMessage", "sendVideo", "sendDocument", "getFile"})
"""Methods without which there is no bot: tried again each time. Any other that a server does not know is left out."""
_TOKEN = re.compile(r"[\w:-]+", re.ASCII)


class Api(Bot):
    """The library's bot, and what it cannot do: hand out updates one by one, so that a bad one spoils no other."""

    def __init__(self, config: TelegramConfig) -> None:
        root = config.api_url.rstrip("/")
        self._http = Request(config.timing)
        self._unknown: set[str] = set()
        super().__init__(
            config.token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._http,
            get_updates_request=self._http,
        )

    @property
    def http(self) -> Request:
        """The session behind every call."""
        return self._http

    async def _post(self, endpoint: str, data: dict[str, Any] | None = None, **more: Any) -> Any:  # noqa: ANN401
        """Every call passes here. Raises telegram.error.TelegramError; Unknown without asking twice."""
        if endpoint in self._unknown:
            raise Unknown(endpoint)
        try:
            result = await super()._post(endpoint, data, **more)
        except Unknown:
            log.warning("this Bot API server has no method %s", endpoint)
            if endpoint not in NEEDED:
                self._unknown.add(endpoint)
            raise
        return answer_of(endpoint, result)

    async def raw_updates(self, offset: int, *, wait: int) -> list[Any]:
        """New updates as they came. Raises telegram.error.TelegramError."""
        data = {"offset": offset, "timeout": wait, "allowed_updates": list(UPDATES)}
        answer = await self._post("getUpdates", data, read_timeout=wait + 15)
        if not isinstance(answer, list | None):
            raise TelegramError("getUpdates answered no list")
        return answer or []

    async def file_path(self, file_id: str, *, wait: float) -> str:
        """Where a file is: relative to the file root, or absolute on a local server's disk."""
        file = await self.get_file(file_id, read_timeout=wait)
        return (file.file_path or "").removeprefix(f"{self.base_file_url}/")

    def file_url(self, path: str) -> str:
        """An address that contains the token: never shown, logged or handed on."""
        return f"{self.base_file_url}/{path.lstrip('/')}"


@asynccontextmanager
async def connected(config: TelegramConfig) -> AsyncIterator[Api]:
    """The bot, once Telegram knows it. Waits while Telegram cannot be reached; raises TokenRefused."""
    if not _TOKEN.fullmatch(config.token):
        raise TokenRefused
    bot = Api(config)
    await bot.http.initialize()
    try:
        pause = config.timing.retry_first
        while True:
            try:
                await bot.initialize()
                break
            except InvalidToken:
                raise TokenRefused from None
            except (TelegramError, *NONSENSE) as error:
                log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, config.timing.retry_most)
        yield bot
    finally:
        await bot.http.shutdown()
