"""Telegram as a platform: who may speak, what updates mean, and what runs while it serves."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from adapters.telegram.ages import prune_daily
from adapters.telegram.answers import Answers
from adapters.telegram.bot import UPDATES, connected
from adapters.telegram.buttons import ButtonBook
from adapters.telegram.calls import Calls
from adapters.telegram.choices import ChoiceBook
from adapters.telegram.doctor import Doctor
from adapters.telegram.events import Asked, Moved, Stranger
from adapters.telegram.faults import NONSENSE, Flood, LocalFilesUnreadable, StartRefused, TokenRefused, Unknown
from adapters.telegram.files import Files
from adapters.telegram.gaps import watch
from adapters.telegram.gate import Gate
from adapters.telegram.ids import NAME, is_group, number, topic_of
from adapters.telegram.lenient import essence_of, update_of
from adapters.telegram.menu import publish
from adapters.telegram.orders import Orders
from adapters.telegram.outbox import TelegramOutbox
from adapters.telegram.polling import Reception, poll
from adapters.telegram.polls import Answered
from adapters.telegram.signs import Signs
from adapters.telegram.translate import Event, translate
from adapters.telegram.webhook import CONNECTIONS, secret_of
from adapters.telegram.words import Me
from bot.core.chat import Arrival, Away, ChatKind, ChatMoved, ChatRef, Inbound, Reacted, Sender
from bot.core.commands import forgets_all
from bot.core.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from adapters.telegram.bot import Api
    from adapters.telegram.config import TelegramConfig
    from bot.core.media import MediaRef
    from bot.engine.ports import Notebook
    from bot.i18n.catalog import Catalog

log = logging.getLogger(__name__)


class Telegram:
    """`engine.ports.Platform`. Made by `opened`."""

    name = NAME

    def __init__(self, bot: Api, config: TelegramConfig, notebook: Notebook, catalog: Catalog) -> None:
        self._bot, self._config, self._notebook, self._catalog = bot, config, notebook, catalog
        user = bot.bot
        self._me = Me(id=user.id, username=user.username or "", reads_all=bool(user.can_read_all_group_messages))
        self.reception = Reception()
        self._calls = Calls(notebook, config.timing)
        self._choices = ChoiceBook(notebook)
        self._buttons = ButtonBook(notebook)
        self.outbox = TelegramOutbox(bot, config, self._calls, self._buttons, notebook)
        self._signs = Signs(bot, self._calls, self.outbox.lines, config.timing)
        self.outbox.signs = self._signs
        self._files = Files(bot, config)
        doctor = Doctor(
            bot=bot, me=self._me, calls=self._calls, config=config, catalog=catalog, reception=self.reception
        )
        gate = Gate(config, notebook)
        self._answers = Answers(
            gate=gate,
            bot=bot,
            me=self._me,
            calls=self._calls,
            outbox=self.outbox,
            buttons=self._buttons,
            choices=self._choices,
            doctor=doctor,
            notebook=notebook,
            catalog=catalog,
        )
        self._orders = Orders(notebook, self._answers, self._read)
        self._gate = gate
        self._accept: Callable[[Arrival], Awaitable[None]]
        self._serving = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def opened(cls, config: TelegramConfig, notebook: Notebook, catalog: Catalog) -> AsyncIterator[Telegram]:
        """The platform, once Telegram knows the token. Raises TokenRefused and LocalFilesUnreadable."""
        folder = config.local_dir
        if config.local and folder is not None and not await asyncio.to_thread(_readable, folder):
            raise LocalFilesUnreadable(path=str(folder))
        async with connected(config) as bot:
            yield cls(bot, config, notebook, catalog)

    async def decides(self, chat: ChatRef, person: str) -> bool:
        """Whether Telegram knows them as an admin of the group."""
        return await self._answers.is_admin(Asked(chat=chat, sender=Sender(id=person), language="", message_id=0))

    async def signs(self, chat: ChatRef, messages: Collection[str]) -> None:
        """Telegram tells reactions when they are put and never again."""

    async def present(self, chat: ChatRef, person: str) -> bool | None:
        """Whether Telegram has them as a member of the group; None where it does not say."""
        if not is_group(chat) or not person.isdecimal():
            return None
        try:
            member = await self._calls.to(chat, lambda where: self._bot.get_chat_member(where, int(person)))
        except DeliveryError:
            return None
        if isinstance(member, ChatMemberRestricted):
            return member.is_member
        return member.status not in {ChatMember.LEFT, ChatMember.BANNED}

    def open_media(self, ref: MediaRef) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Stream what a person sent. Raises MediaError."""
        return self._files.open(ref)

    async def run(self, accept: Callable[[Arrival], Awaitable[None]]) -> None:
        """Receive until cancelled; each update is on disk before Telegram hears that it arrived."""
        self._accept = self._answers.accept = partial(self._hand_over, accept)
        self._calls.on_moved = self._move
        await self._calls.recall()
        await self._choices.recall()
        await self.outbox.doors.recall()
        await self._gate.recall()
        self._serving.set()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.outbox.lines.run())
            group.create_task(self.outbox.drafts.run())
            group.create_task(self._signs.run())
            group.create_task(self._orders.run())
            group.create_task(prune_daily(self.outbox.prune))
            group.create_task(self._publish())
            group.create_task(watch(self._notebook, self.reception, lambda: self._accept(Away(platform=NAME))))
            group.create_task(self._receive())

    async def _hand_over(self, accept: Callable[[Arrival], Awaitable[None]], event: Arrival) -> None:
        """To the engine, with what was chosen for films in this place."""
        if isinstance(event, Inbound):
            topic = topic_of(event.chat)
            shape = self._choices.shape(int(event.chat.chat_id), f"{topic:d}" if topic else "")
            event = replace(event, shape=shape)
        await accept(event)

    async def _receive(self) -> None:
        timing = self._config.timing
        if not self._config.webhook_url:
            with suppress(StartRefused):  # a server without the method has no webhook either
                await self._patiently(self._bot.delete_webhook)
            await poll(self._bot, self.take, timing, self.reception)
            return
        await self._patiently(
            lambda: self._bot.set_webhook(
                self._config.webhook_url,
                secret_token=secret_of(self._config),
                allowed_updates=UPDATES,
                max_connections=CONNECTIONS,
            )
        )
        self.reception.ready = True

    async def take(self, raw: Any) -> None:  # noqa: ANN401 - whatever came
        """Keep one update. On return it is on disk, or means nothing."""
        await self._serving.wait()  # a webhook may deliver before the engine is there
        event = self._read(raw)
        if event is None:
            return
        if isinstance(event, Moved):
            await self._move(event.old, event.new)
        elif isinstance(event, Inbound):
            await self._inbound(event)
        elif isinstance(event, Reacted):
            await self._accept(event)
        elif isinstance(event, Answered):
            if vote := await self.outbox.polls.meaning(event):
                await self._accept(vote)
        else:
            await self._orders.add(raw)

    def _read(self, raw: Any) -> Event | None:  # noqa: ANN401
        """What an update means. Anything may come; what makes no sense is named in the log and left."""
        try:
            try:
                event = self._meant(update_of(raw, now=int(time.time())))
            except NONSENSE:
                event = self._meant(essence_of(raw, now=int(time.time())))
        except NONSENSE as error:
            log.warning("an update that makes no sense was left out: %s", type(error).__name__)
            return None
        if event is None or isinstance(event, Moved | Answered) or self._gate.admits(event.chat, event.sender.id):
            return event
        if isinstance(event, Inbound) and event.chat_kind is ChatKind.PRIVATE:
            return Stranger(chat=event.chat, sender=event.sender, language=event.language, message_id=0)
        return None

    def _meant(self, raw: Any) -> Event | None:  # noqa: ANN401
        update = Update.de_json(raw, self._bot)
        number(update.update_id)
        return translate(update, self._me, self._choices.of)

    async def _inbound(self, event: Inbound) -> None:
        if event.chat.thread_id:
            await self._choices.met(int(event.chat.chat_id), event.chat.thread_id)
        if event.chat_kind is ChatKind.PRIVATE:
            await self.outbox.doors.opened(event.sender.id)
        if event.command == "forget" and forgets_all(event):
            await self.outbox.forget(event.chat)
        await self._accept(event)
        if event.media and event.chat_kind is ChatKind.PRIVATE:
            self._signs.received(event)  # at once: when its turn comes depends on how much there is to do

    async def _move(self, old: int, new: int) -> None:
        """A group became a supergroup: the engine, the choices and everything said from now on follow."""
        for thread in self._choices.threads(old):
            before, after = (ChatRef(platform=NAME, chat_id=str(where), thread_id=thread) for where in (old, new))
            await self._accept(ChatMoved(old=before, new=after))
        await self._choices.moved(old, new)
        await self._calls.moved(old, new)

    async def _publish(self) -> None:
        try:
            await self._patiently(lambda: publish(self._bot, self._catalog, self._notebook))
        except StartRefused as error:  # a bot without a menu still works
            log.error("the command menu was refused: %s", error)  # noqa: TRY400

    async def _patiently(self, act: Callable[[], Awaitable[object]]) -> None:
        """Until it works: Telegram may be away when the bot starts. Raises TokenRefused and StartRefused."""
        pause = self._config.timing.retry_first
        while True:
            try:
                await act()
                return
            except InvalidToken:
                raise TokenRefused from None
            except (BadRequest, Unknown) as error:
                raise StartRefused(reason=error.message) from None
            except Flood as flood:
                await asyncio.sleep(flood.seconds)
            except TelegramError as error:
                log.warning("a call at the start failed (%s); trying again", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(2 * pause, self._config.timing.retry_most)


def _readable(folder: Path) -> bool:
    try:
        next(folder.iterdir(), None)
    except OSError:
        return False
    return True
