"""Polls, where the bot is no admin and is not told of reactions; what their options stand for outlives the process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.telegram.ages import today
from adapters.telegram.ids import is_group, number
from adapters.text import shorten, whole
from bot.core.chat import ChatRef, Sender, Voted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import Message, PollAnswer

    from adapters.telegram.bot import Api
    from adapters.telegram.calls import Calls
    from bot.engine.ports import Notebook

NOTE = "poll/"
QUESTION_UNITS, OPTION_UNITS = 300, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Somebody's answer to a poll is now this."""

    poll: str
    sender: Sender
    options: tuple[int, ...]


class Polls:
    """Posts polls, and reads their answers."""

    def __init__(self, bot: Api, calls: Calls, notebook: Notebook) -> None:
        self._bot = bot
        self._calls = calls
        self._notebook = notebook

    async def ask(self, chat: ChatRef, question: str, options: Sequence[tuple[str, str]]) -> None:
        """Post one, unless reactions are told here. Raises DeliveryError."""
        if not is_group(chat):
            return
        me = await self._calls.to(chat, lambda where: self._bot.get_chat_member(where, self._bot.bot.id))
        if me.status in {"creator", "administrator"}:
            return

        async def send(where: int, topic: int | None) -> Message:
            return await self._bot.send_poll(
                where,
                shorten(whole(question), QUESTION_UNITS),
                [shorten(whole(label), OPTION_UNITS) for label, _ in options],
                is_anonymous=False,
                allows_multiple_answers=True,
                message_thread_id=topic,
                disable_notification=True,
            )

        posted = (await self._calls.send(chat, send)).poll
        if posted is not None:
            kept = {"chat": chat.key, "values": [value for _, value in options], "day": today()}
            await self._notebook.write(f"{NOTE}{posted.id}/", json.dumps(kept))

    async def meaning(self, answered: Answered) -> Voted | None:
        """What an answer says; None for a poll that is forgotten or was never ours."""
        kept = json.loads(await self._notebook.read(f"{NOTE}{answered.poll}/") or "null")
        if kept is None:
            return None
        values = tuple(kept["values"])
        return Voted(
            chat=ChatRef.from_key(kept["chat"]),
            sender=answered.sender,
            among=values,
            chosen=tuple(values[option] for option in answered.options if 0 <= option < len(values)),
        )

    async def forget(self, chat: ChatRef) -> None:
        """Forget the polls of a chat."""
        await self._erase(lambda kept: kept.get("chat") == chat.key)

    async def prune(self, day: int) -> None:
        """Forget the polls from before a day."""
        await self._erase(lambda kept: kept.get("day", 0) < day)

    async def _erase(self, which: Callable[[dict[str, Any]], bool]) -> None:
        for note in await self._notebook.keys(NOTE):
            if which(json.loads(await self._notebook.read(note) or "{}")):
                await self._notebook.erase(note)


def answered(answer: PollAnswer) -> Answered | None:
    """An answer, or its being taken back."""
    who = answer.user or answer.voter_chat
    if who is None:
        return None
    options = tuple(number(option) for option in answer.option_ids)
    return Answered(poll=whole(answer.poll_id), sender=Sender(id=str(number(who.id))), options=options)
