"""Sending a picture with words under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InputFile

from adapters.telegram.films import CAPTION_UNITS
from adapters.telegram.request import Upload
from adapters.text import shorten, utf16_units, whole

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import InlineKeyboardMarkup, Message, ReplyParameters

    from adapters.telegram.bot import Api
    from adapters.telegram.calls import Calls
    from bot.core.chat import ChatRef
    from bot.engine.ports import Picture


def fits(caption: str) -> bool:
    """Whether Telegram takes these words under a picture."""
    return utf16_units(whole(caption)) <= CAPTION_UNITS


async def send_picture(
    bot: Api,
    calls: Calls,
    chat: ChatRef,
    picture: Picture,
    body_sent: Callable[[], Awaitable[None]],
    *,
    reply: ReplyParameters | None,
    markup: InlineKeyboardMarkup | None,
) -> None:
    """Post it. Raises DeliveryError; DeliveryUnclear when all of it may have left and no answer came."""

    async def send(where: int, topic: int | None) -> Message:
        with Upload(picture.path, body_sent) as file:
            return await bot.send_photo(
                where,
                InputFile(file, picture.name, read_file_handle=False),
                message_thread_id=topic,
                caption=shorten(whole(picture.caption), CAPTION_UNITS),
                reply_parameters=reply,
                reply_markup=markup,
            )

    await calls.send(chat, send, upload=True)
