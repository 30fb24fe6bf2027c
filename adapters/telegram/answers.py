"""The adapter's own answers: buttons, choices, the doctor, greetings, and polite refusals."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from adapters.telegram.choices import Activation, Projects
from adapters.telegram.events import Declined, Joined, Own, Stranger, Tap
from adapters.telegram.ids import is_group, topic_of
from adapters.telegram.menu import ANY_SHAPE, PREFIX, chosen, settings_keyboard, value_of
from adapters.telegram.toasts import LENGTH
from adapters.telegram.translate import pressed
from bot.core.chat import Checkup
from bot.core.errors import DeliveryError
from bot.core.language import language_of
from bot.core.shape import SHAPES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import InlineKeyboardMarkup

    from adapters.telegram.bot import Api
    from adapters.telegram.buttons import ButtonBook
    from adapters.telegram.calls import Calls
    from adapters.telegram.choices import ChoiceBook
    from adapters.telegram.doctor import Doctor
    from adapters.telegram.events import Asked
    from adapters.telegram.gate import Gate
    from adapters.telegram.orders import Order
    from adapters.telegram.outbox import TelegramOutbox
    from adapters.telegram.words import Me
    from bot.core.chat import ChatMoved, ChatRef, Inbound
    from bot.engine.ports import Notebook
    from bot.i18n.catalog import Catalog

TOLD = "told/"
DECLINE_EVERY = 60.0
"""Seconds between two refusals in one chat: thirty stickers get one."""
STRANGER_EVERY = 3600.0


class Answers:
    """One method per kind of order."""

    def __init__(
        self,
        *,
        bot: Api,
        me: Me,
        calls: Calls,
        outbox: TelegramOutbox,
        buttons: ButtonBook,
        choices: ChoiceBook,
        doctor: Doctor,
        gate: Gate,
        notebook: Notebook,
        catalog: Catalog,
    ) -> None:
        self._bot, self._me, self._calls = bot, me, calls
        self._outbox, self._buttons, self._choices = outbox, buttons, choices
        self._doctor, self._gate, self._notebook, self._catalog = doctor, gate, notebook, catalog
        self._declined: dict[ChatRef, float] = {}
        self._greeted: dict[ChatRef, str] = {}
        self.accept: Callable[[Inbound | ChatMoved | Checkup], Awaitable[None]]

    async def to(self, order: Order) -> None:
        """Answer. Raises DeliveryError when the chat cannot be spoken to."""
        match order:
            case Tap():
                await (self._choose(order) if order.data.startswith(PREFIX) else self._press(order))
            case Own(command="settings"):
                await self._settings(order)
            case Own(command="approve"):
                await self._approve(order)
            case Own():
                checkup = Checkup(language=self._language(order))
                findings = await self._doctor.report(order, checkup.language)
                await self.accept(checkup)
                await self._say(order, "\n".join([findings, *checkup.lines]))
            case Joined():
                await self._greet(order)
            case Stranger():
                await self._meet(order)
            case Declined():
                await self._decline(order)

    # buttons

    async def _press(self, tap: Tap) -> None:
        meaning = await self._buttons.meaning(tap.data)
        if meaning is None:
            await self._toast(tap, self._text(tap, "telegram.button_gone"))
            return
        if meaning.asker and meaning.asker != tap.sender.id and not await self.is_admin(tap):
            await self._toast(tap, self._text(tap, "telegram.not_yours"))
            return
        chat = replace(meaning.chat, chat_id=str(self._calls.address(meaning.chat)))  # the group may have moved
        event = pressed(tap, chat, prompt=meaning.prompt, command=meaning.command)
        with self._outbox.toasts.expected(event.event_id) as words:
            await self.accept(event)
            await self._toast(tap, await words() if is_group(chat) else "")

    async def is_admin(self, asked: Asked) -> bool:
        """Whether somebody may decide for the whole group; in private everybody decides for themselves."""
        if not is_group(asked.chat) or asked.sender.id == asked.chat.chat_id:  # an admin who writes as the group
            return True
        try:
            member = await self._calls.to(
                asked.chat, lambda where: self._bot.get_chat_member(where, int(asked.sender.id))
            )
        except DeliveryError:
            return False
        return member.status in {"creator", "administrator"}

    async def _toast(self, tap: Tap, text: str = "") -> None:
        try:
            await self._calls.to(
                tap.chat, lambda _: self._bot.answer_callback_query(tap.query_id, text[:LENGTH] or None), wait=False
            )
        except DeliveryError:
            return  # Telegram waits only a minute for it

    # choices

    async def _settings(self, order: Own) -> None:
        if not is_group(order.chat):
            await self._say(order, self._text(order, "telegram.settings_private"))
            return
        if not await self.is_admin(order):
            await self._say(order, self._text(order, "telegram.admins_only"))
            return
        topic = topic_of(order.chat)
        text, keyboard = self._settings_text(order, f"{topic:d}" if topic else "")
        await self._outbox.plain(order.chat, text, message_id=order.message_id, markup=keyboard)

    def _settings_text(self, asked: Asked, topic: str) -> tuple[str, InlineKeyboardMarkup]:
        where = int(asked.chat.chat_id)
        names: dict[Activation | Projects, str] = {
            Activation.COMMAND: self._text(asked, "telegram.by_command"),
            Activation.MENTION: self._text(asked, "telegram.by_mention"),
            Activation.ALWAYS: self._text(asked, "telegram.by_anything"),
            Projects.SHARED: self._text(asked, "telegram.shared"),
            Projects.PERSONAL: self._text(asked, "telegram.personal"),
        }
        keyboard = settings_keyboard(
            self._choices.of(where),
            names,
            shape=self._choices.shape(where, topic),
            any_shape=self._text(asked, "telegram.any_shape"),
            topic=topic,
        )
        return self._text(asked, "telegram.settings"), keyboard

    async def _choose(self, tap: Tap) -> None:
        if not await self.is_admin(tap):
            await self._toast(tap, self._text(tap, "telegram.admins_only"))
            return
        where = int(tap.chat.chat_id)
        value, topic = value_of(tap.data)
        choices = chosen(self._choices.of(where), value)
        if choices is not None:
            await self._choices.choose(where, choices)
        elif value in SHAPES or value == ANY_SHAPE:
            await self._choices.choose_shape(where, topic, value if value in SHAPES else "")
        else:
            await self._toast(tap)
            return
        _, keyboard = self._settings_text(tap, topic)
        await self._outbox.change_keyboard(tap.chat, tap.message_id, keyboard)
        await self._toast(tap)

    # greetings and refusals

    async def _greet(self, order: Joined) -> None:
        """Once per group, and once more when what was missing has been granted."""
        if not order.speaks:
            return
        news = "full" if self._me.reads_all or order.admin else "limited"
        note = f"{TOLD}{order.chat.chat_id}"
        known = await self._notebook.read(note)
        if news in {known, self._greeted.get(order.chat)}:
            return
        self._greeted[order.chat] = news  # the next order may be read before this one is answered
        key = "telegram.joined" if news == "full" else "telegram.joined_limited"
        await self._say(order, self._text(order, key, bot=f"@{self._me.username}"))
        await self._notebook.write(note, news)

    async def _meet(self, order: Stranger) -> None:
        """Once per person and hour: how to be let in."""
        now = asyncio.get_running_loop().time()
        if now - self._declined.get(order.chat, float("-inf")) < STRANGER_EVERY:
            return
        self._declined[order.chat] = now
        code = await self._gate.knock(order.sender.id)
        key = "telegram.stranger_code" if code else "telegram.stranger"
        await self._say(order, self._text(order, key, id=order.sender.id, code=code))

    async def _approve(self, order: Own) -> None:
        if not self._gate.is_owner(order.sender.id):
            await self._say(order, self._text(order, "telegram.owners_only"))
            return
        guest = await self._gate.admit(order.text)
        await self._say(order, self._text(order, "telegram.approved" if guest else "telegram.code_unknown"))

    async def _decline(self, order: Declined) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._declined.get(order.chat, float("-inf")) >= DECLINE_EVERY:
            self._declined[order.chat] = now
            await self._say(order, self._text(order, "telegram.declined"))

    def _language(self, asked: Asked) -> str:
        return language_of("", hint=asked.language, known=self._catalog.languages)

    def _text(self, asked: Asked, key: str, **params: str | float) -> str:
        return self._catalog.text(self._language(asked), key, **params)

    async def _say(self, asked: Asked, text: str) -> None:
        await self._outbox.plain(asked.chat, text, message_id=asked.message_id)
