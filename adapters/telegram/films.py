"""Sending the film: by its id where the chat has had it before, else from disk, with all that makes it play well."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import InputFile

from adapters.telegram.ages import today
from adapters.telegram.faults import NoVideos, ShutOut, Unsupported
from adapters.telegram.quiet import quiet
from adapters.telegram.request import Upload
from adapters.text import shorten, whole
from bot.core.errors import DeliveryError, DeliveryUnclear

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from telegram import InlineKeyboardMarkup, Message, ReplyParameters

    from adapters.telegram.bot import Api
    from adapters.telegram.calls import Calls
    from bot.core.chat import ChatRef
    from bot.engine.ports import Notebook, Video

CAPTION_UNITS = 1024
NOTE = "film/"
FILE = "/file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One film for one chat."""

    chat: ChatRef
    video: Video
    reply: ReplyParameters | None
    markup: InlineKeyboardMarkup | None
    body_sent: Callable[[], Awaitable[None]]
    as_file: bool

    @property
    def caption(self) -> str:
        """As long as Telegram takes it, ringing nobody."""
        return shorten(quiet(whole(self.video.caption)), CAPTION_UNITS)


class Films:
    """Remembers under which id a chat has had a film."""

    def __init__(self, bot: Api, calls: Calls, notebook: Notebook) -> None:
        self._bot = bot
        self._calls = calls
        self._notebook = notebook

    async def send(self, parcel: Parcel) -> Message:
        """Deliver. Raises DeliveryError; DeliveryUnclear when all of it left and no answer came."""
        digest = await asyncio.to_thread(_digest, parcel.video.path)
        note = f"{NOTE}{parcel.chat.key}/{digest}{FILE if parcel.as_file else ''}"
        if (message := await self._known(parcel, note)) is None:
            message = await self._uploaded(parcel)
        sent = message.document if parcel.as_file else message.video
        if sent:  # what went as a file cannot go as a video next time
            await self._notebook.write(note, f"{today()} {sent.file_id}")
        return message

    async def _uploaded(self, parcel: Parcel) -> Message:
        if not parcel.as_file:
            with suppress(NoVideos, Unsupported):  # a group may forbid videos and allow files
                return await self._calls.send(parcel.chat, self._upload(parcel), upload=True)
        return await self._calls.send(parcel.chat, self._upload_as_file(parcel), upload=True)

    async def forget(self, chat: ChatRef) -> None:
        """Forget which films a chat has had."""
        await self._notebook.erase(f"{NOTE}{chat.key}/")

    async def prune(self, day: int) -> None:
        """Forget the ids of films that were last sent before a day."""
        for note in await self._notebook.keys(NOTE):
            sent, _, _ = (await self._notebook.read(note) or "").partition(" ")
            if not sent.isdecimal() or int(sent) < day:
                await self._notebook.erase(note)

    async def _known(self, parcel: Parcel, note: str) -> Message | None:
        """The film by its id; None when there is none, or Telegram does not know it any more."""
        kept = await self._notebook.read(note)
        if kept is None:
            return None
        file_id = kept.rpartition(" ")[2]

        async def send(where: int, topic: int | None) -> Message:
            await parcel.body_sent()
            again = self._bot.send_document if parcel.as_file else self._bot.send_video
            return await again(
                where,
                file_id,
                message_thread_id=topic,
                caption=parcel.caption or None,
                reply_parameters=parcel.reply,
                reply_markup=parcel.markup,
            )

        try:
            return await self._calls.send(parcel.chat, send)
        except (DeliveryUnclear, ShutOut):
            raise
        except DeliveryError:
            await self._notebook.erase(note)
            return None

    def _upload(self, parcel: Parcel) -> Callable[[int, int | None], Awaitable[Message]]:
        video = parcel.video

        async def send(where: int, topic: int | None) -> Message:
            with Upload(video.path, parcel.body_sent) as file:
                return await self._bot.send_video(
                    where,
                    InputFile(file, video.name, read_file_handle=False),
                    duration=round(video.duration),
                    width=video.width,
                    height=video.height,
                    thumbnail=await asyncio.to_thread(_picture, video.poster),
                    cover=await asyncio.to_thread(_picture, video.cover),
                    supports_streaming=True,
                    message_thread_id=topic,
                    caption=parcel.caption or None,
                    reply_parameters=parcel.reply,
                    reply_markup=parcel.markup,
                )

        return send

    def _upload_as_file(self, parcel: Parcel) -> Callable[[int, int | None], Awaitable[Message]]:
        video = parcel.video

        async def send(where: int, topic: int | None) -> Message:
            with Upload(video.path, parcel.body_sent) as file:
                return await self._bot.send_document(
                    where,
                    InputFile(file, video.name, read_file_handle=False),
                    thumbnail=await asyncio.to_thread(_picture, video.poster),
                    disable_content_type_detection=True,
                    message_thread_id=topic,
                    caption=parcel.caption or None,
                    reply_parameters=parcel.reply,
                    reply_markup=parcel.markup,
                )

        return send


def _picture(file: Path | None) -> InputFile | None:
    return InputFile(file.read_bytes(), "poster.jpg", attach=True) if file else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
