"""The bot's health in this chat: each line with the one thing that mends it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator, ChatMemberRestricted

from adapters.telegram.config import DOWNLOAD_BYTES
from adapters.telegram.faults import Unsupported
from adapters.telegram.ids import is_group
from bot.core.media import MAX_BYTES_TIMED, MEGABYTE

if TYPE_CHECKING:
    from telegram import ChatFullInfo, ChatMember

    from adapters.telegram.bot import Api
    from adapters.telegram.calls import Calls
    from adapters.telegram.config import TelegramConfig
    from adapters.telegram.events import Asked
    from adapters.telegram.polling import Reception
    from adapters.telegram.words import Me
    from bot.i18n.catalog import Catalog

GOOD, BAD = "✅", "⚠️"


class Doctor:
    """Looks at what Telegram says about the bot and the chat."""

    def __init__(
        self, *, bot: Api, me: Me, calls: Calls, config: TelegramConfig, catalog: Catalog, reception: Reception
    ) -> None:
        self._bot, self._me, self._calls = bot, me, calls
        self._config, self._catalog, self._reception = config, catalog, reception

    async def report(self, asked: Asked, language: str) -> str:
        """The findings, a line each. Raises DeliveryError when Telegram does not answer."""

        def line(good: bool, key: str, **params: str | float) -> str:
            return f"{GOOD if good else BAD} {self._catalog.text(language, key, **params)}"

        lines = [line(*self._incoming())]
        if is_group(asked.chat):
            with suppress(Unsupported):  # of a server that does not tell
                member = await self._calls.to(asked.chat, lambda where: self._bot.get_chat_member(where, self._me.id))
                admin = isinstance(member, ChatMemberAdministrator)
                sees = self._me.reads_all or admin
                lines.append(line(sees, "doctor.reads_all") if sees else line(sees, "doctor.privacy"))
                chat = await self._calls.to(asked.chat, self._bot.get_chat)
                films = _may_send_videos(member, chat)
                lines.append(line(films, "doctor.may_send") if films else line(films, "doctor.may_not_send"))
                if chat.is_forum:
                    lines.append(line(True, "doctor.topics"))
        else:
            lines.append(line(True, "doctor.private"))
        limit = MAX_BYTES_TIMED / MEGABYTE if self._config.local else DOWNLOAD_BYTES / (1 << 20)
        upload = self._config.upload_bytes / MEGABYTE
        lines.append(line(True, "doctor.sizes", download=limit, upload=upload))
        return "\n".join(lines)

    def _incoming(self) -> tuple[bool, str]:
        if self._reception.conflict:
            return False, "doctor.conflict"
        return (True, "doctor.webhook") if self._config.webhook_url else (True, "doctor.polling")


def _may_send_videos(member: ChatMember, chat: ChatFullInfo) -> bool:
    """A bot's own rights count before the group's."""
    if isinstance(member, ChatMemberAdministrator):
        return True
    if isinstance(member, ChatMemberRestricted):
        return bool(member.can_send_messages and member.can_send_videos)
    allowed = chat.permissions
    return allowed is None or allowed.can_send_videos is not False
