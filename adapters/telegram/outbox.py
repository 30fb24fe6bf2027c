"""Telegram's way out: words in parts, one live line, and the film with all that makes it play well."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import LinkPreviewOptions, ReplyParameters

from adapters.telegram.doors import Doors
from adapters.telegram.drafts import DRAFT, Drafts
from adapters.telegram.faults import MessageGone, NotModified, ShutOut, Unsupported
from adapters.telegram.films import Films, Parcel
from adapters.telegram.ids import is_group, origin
from adapters.telegram.pictures import fits, send_picture
from adapters.telegram.polls import Polls
from adapters.telegram.quiet import quiet
from adapters.telegram.toasts import LENGTH, Toasts
from adapters.text import shorten, split, utf16_units, whole
from adapters.throttle import LineGone, LiveLines, Pace, Paused
from bot.core.chat import ChatRef
from bot.core.errors import DeliveryError, DeliveryUnclear, VideoTooLarge
from bot.engine.ports import Button, Limits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import InlineKeyboardMarkup, Message

    from adapters.telegram.bot import Api
    from adapters.telegram.buttons import ButtonBook
    from adapters.telegram.calls import Calls
    from adapters.telegram.config import TelegramConfig
    from adapters.telegram.signs import Signs
    from bot.core.chat import Inbound
    from bot.engine.ports import Notebook, Picture, Video

log = logging.getLogger(__name__)

TEXT_UNITS = 4096
AGAIN = "🔁 "
"""Begins a message that may be there already: the answer to the first try was lost."""
_STOP = Button(label="⏹", command="stop")
"""Understood in every language."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramOutbox:
    """`engine.ports.Outbox`, and the canvas of the live lines.

    Texts go out as they are, without a markup language: nothing that a person or a backend writes can be taken for
    markup, and no message is refused for its form. Names in them ring nobody.
    """

    def __init__(self, bot: Api, config: TelegramConfig, calls: Calls, buttons: ButtonBook, notebook: Notebook) -> None:
        self._bot = bot
        self._config = config
        self._calls = calls
        self._buttons = buttons
        self._films = Films(bot, calls, notebook)
        self.polls = Polls(bot, calls, notebook)
        self.doors = Doors(notebook)
        self.toasts = Toasts()
        self.drafts = Drafts(bot, calls, config)
        self._stops: dict[str, InlineKeyboardMarkup | None] = {}
        self.lines = LiveLines(self, notebook)
        self.signs: Signs

    def limits(self, chat: ChatRef) -> Limits:
        """The same in every chat; a local server takes larger films."""
        return Limits(video_bytes=self._config.upload_bytes, text_units=TEXT_UNITS)

    def invitation(self, code: str) -> str:
        """A deep link: pressing Start there says the code."""
        return f"https://t.me/{self._bot.bot.username}?start=join_{code}"

    async def acknowledge(self, inbound: Inbound) -> None:
        """One reaction per album, soon; in a group only to what was meant for the bot."""
        self.signs.received(inbound)

    async def say(self, chat: ChatRef, text: str, *, key: str, buttons: tuple[Button, ...] = ()) -> None:
        """Post a message, in parts where it is long. A part that may have arrived is repeated once, and marked so."""
        self.toasts.release(key)
        keyboard = await self._buttons.keyboard(chat, key, buttons)
        parts = split(self._readable(text), TEXT_UNITS - utf16_units(AGAIN))
        for number, part in enumerate(parts, 1):
            markup = keyboard if number == len(parts) else None
            reply = _reply(chat, key) if number == 1 else None
            try:
                await self._message(chat, part, reply=reply, markup=markup)
            except DeliveryUnclear:
                try:
                    await self._message(chat, AGAIN + part, reply=reply, markup=markup)
                except DeliveryUnclear:
                    log.warning("%s: two tries, and no answer to either", key)

    async def whisper(self, chat: ChatRef, text: str, *, key: str, passing: bool = False) -> bool:
        """In a group: as what answers a press, else in private where that person has ever written to the bot."""
        asker = origin(key)
        if asker is None or not is_group(chat):
            return False
        if self.toasts.give(key, text if not passing else shorten(text, LENGTH)):
            return True
        if passing or not self.doors.is_open(asker.user_id):
            return False
        private = ChatRef(platform=chat.platform, chat_id=asker.user_id)
        try:
            await self._message(private, text, silent=True, wait=False)
        except ShutOut:
            await self.doors.closed(asker.user_id)
        except DeliveryUnclear:  # it may be there
            return True
        except (DeliveryError, Paused):
            log.info("%s: nothing could be said in private", key)
        else:
            return True
        return False

    async def picture(
        self,
        chat: ChatRef,
        picture: Picture,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
    ) -> None:
        """Post a picture; its words alone where a chat takes no pictures, or more words than fit under one."""
        self.toasts.release(key)
        if fits(picture.caption):
            keyboard, reply = await self._buttons.keyboard(chat, f"all/{key}", buttons), _reply(chat, key)
            try:
                await send_picture(self._bot, self._calls, chat, picture, body_sent, reply=reply, markup=keyboard)
            except (DeliveryUnclear, ShutOut):
                raise
            except DeliveryError:
                log.warning("%s: no pictures here", key)
            else:
                return
        await self.say(chat, picture.caption, key=key, buttons=buttons)

    async def poll(self, chat: ChatRef, question: str, options: Sequence[tuple[str, str]], *, key: str) -> None:
        """Post one where the bot is no admin. Where the answer was lost, none is posted a second time."""
        try:
            await self.polls.ask(chat, question, options)
        except DeliveryUnclear:
            log.warning("%s: no answer to a poll", key)

    async def status(self, chat: ChatRef, text: str, *, key: str, done: bool = False) -> None:
        """Show the job's live line; its last words are on disk on return and in the chat soon after."""
        self.toasts.release(key)
        await self.lines.show(chat, text, key=key, done=done)

    async def video(
        self,
        chat: ChatRef,
        video: Video,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
        as_file: bool = False,
    ) -> str:
        """Deliver the film; one that this chat has had before goes out by its id, without an upload."""
        limit = self._config.upload_bytes
        if video.size > limit:
            raise VideoTooLarge(size=video.size, limit=limit)
        keyboard = await self._buttons.keyboard(chat, key, buttons)
        reply = _reply(chat, key)
        parcel = Parcel(chat=chat, video=video, reply=reply, markup=keyboard, body_sent=body_sent, as_file=as_file)
        try:
            with self.signs.sending(chat):
                return str((await self._films.send(parcel)).message_id)
        except VideoTooLarge:  # Telegram's own word for it has no figures
            raise VideoTooLarge(size=video.size, limit=limit) from None

    async def forget(self, chat: ChatRef) -> None:
        """Forget what was sent to a chat."""
        await self._films.forget(chat)
        await self.doors.closed(chat.chat_id)
        await self.polls.forget(chat)
        await self._buttons.forget(chat)

    async def prune(self, day: int) -> None:
        """Forget buttons and ids of films from before a day (counted since 1970)."""
        await self._films.prune(day)
        await self.polls.prune(day)
        await self._buttons.prune(day)

    async def plain(
        self, chat: ChatRef, text: str, *, message_id: int, markup: InlineKeyboardMarkup | None = None
    ) -> None:
        """Answer a message of a person with a few words of the adapter's own."""
        answers = is_group(chat) and message_id
        reply = ReplyParameters(message_id, allow_sending_without_reply=True) if answers else None
        await self._message(chat, text, reply=reply, markup=markup)

    async def change_keyboard(self, chat: ChatRef, message_id: int, markup: InlineKeyboardMarkup) -> None:
        """Change the buttons under a message."""
        with suppress(NotModified, MessageGone, Unsupported):
            await self._calls.to(
                chat, lambda where: self._bot.edit_message_reply_markup(where, message_id, reply_markup=markup)
            )

    # the canvas of the live lines

    @property
    def decorated(self) -> bool:
        """Open lines have a button, and a draft is no message yet."""
        return True

    def pace(self, chat: ChatRef) -> Pace:
        """A group bears fewer changes than a private chat."""
        timing = self._config.timing
        if is_group(chat):
            return Pace(every=timing.edit_every_group, per_minute=timing.edits_per_minute_group)
        return Pace(every=timing.edit_every, per_minute=timing.edits_per_minute)

    async def draw(self, chat: ChatRef, text: str, *, key: str) -> str:
        """Post a live line, silently."""
        if not self.lines.ending(key) and await self.drafts.show(chat, self._fitting(text), key=key):
            return DRAFT
        await self.drafts.end(key)
        try:
            markup = await self._stop(chat, key)
            return str((await self._message(chat, text, markup=markup, silent=True, wait=False)).message_id)
        except ShutOut:
            raise LineGone from None

    async def redraw(self, chat: ChatRef, message: str, text: str, *, key: str) -> str:
        """Change a live line in place. A draft becomes a message with its last words, or when it cannot be changed."""
        if message == DRAFT:
            return await self.draw(chat, text, key=key)

        markup = await self._stop(chat, key)

        async def change(where: int) -> object:
            return await self._bot.edit_message_text(
                self._fitting(text),
                where,
                int(message),
                link_preview_options=_NO_PREVIEW,
                reply_markup=markup,
            )

        try:
            await self._calls.to(chat, change, wait=False)
        except NotModified:
            pass
        except (ShutOut, MessageGone, Unsupported):
            raise LineGone from None
        return message

    async def _stop(self, chat: ChatRef, key: str) -> InlineKeyboardMarkup | None:
        """The button of a running job: whoever asked for it can end it there. Last words have none."""
        if self.lines.ending(key) or origin(key) is None:
            self._stops.pop(key, None)
            return None
        if key not in self._stops:  # written down once, not with every change
            self._stops[key] = await self._buttons.keyboard(chat, key, (_STOP,))
        return self._stops[key]

    # sending

    def _readable(self, text: str) -> str:
        return quiet(whole(text), but=self._bot.bot.username or "")

    def _fitting(self, text: str) -> str:
        return shorten(self._readable(text), TEXT_UNITS)

    async def _message(
        self,
        chat: ChatRef,
        text: str,
        *,
        reply: ReplyParameters | None = None,
        markup: InlineKeyboardMarkup | None = None,
        silent: bool = False,
        wait: bool = True,
    ) -> Message:
        async def send(where: int, topic: int | None) -> Message:
            return await self._bot.send_message(
                where,
                self._fitting(text),
                message_thread_id=topic,
                disable_notification=silent or None,
                link_preview_options=_NO_PREVIEW,
                reply_parameters=reply,
                reply_markup=markup,
            )

        return await self._calls.send(chat, send, wait=wait)


def _reply(chat: ChatRef, key: str) -> ReplyParameters | None:
    """In a group an answer hangs on its question: that tells whom it is for, and rings there alone."""
    found = origin(key) if is_group(chat) else None
    return ReplyParameters(found.message_id, allow_sending_without_reply=True) if found else None
