"""What must be known of a request until it is answered: who asked, where, and how to answer. Survives restarts."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from adapters.discord.translate import event_id
from bot.core.chat import ChatRef

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from discord import Interaction

    from adapters.discord.translate import Place
    from bot.core.chat import Inbound
    from bot.core.policy import Policy
    from bot.engine.ports import Notebook

PREFIX = "ticket/"
KEPT = 7 * 86_400.0
"""Seconds after which a request is history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One request. Ids are Discord's, as text; empty where there is none."""

    event: str
    chat: str
    """Key of its chat."""
    user: str
    language: str
    at: float
    """When it arrived: seconds since the epoch."""
    message: str = ""
    """The message that asked, to reply to."""
    application: str = ""
    token: str = ""
    """Of the interaction; empty for a message, and when it is dead or handed over."""
    original: str = ""
    """The message that an interaction's first answer is: "thinking ..." until it is edited."""
    spoken: bool = False
    """Whether the original has words already."""
    ephemeral: bool = False
    foreign: bool = False
    """The bot is no member here: it can answer only through the token."""
    text: str = ""
    """What the live line in the original reads."""
    finished: bool = False
    """Whether the live line has had its last words."""
    line: str = ""
    """The message of the bot's own that goes on where the original ended."""
    may: int = -1
    """The bot's permissions there, as bits; -1 where unknown."""
    home: str = ""
    """The channel that gets the result, when the work is kept in a thread."""

    @property
    def chat_ref(self) -> ChatRef:
        """Its chat."""
        return ChatRef.from_key(self.chat)


def asked_by_interaction(interaction: Interaction, place: Place, *, original: str, spoken: bool) -> Ticket:
    """The request of somebody who gave a command, sent a form or pressed a button."""
    return Ticket(
        event=event_id(interaction.id),
        chat=place.chat.key,
        user=str(interaction.user.id),
        language=str(interaction.locale),
        at=time.time(),
        application=str(interaction.application_id),
        token=interaction.token,
        original=original,
        spoken=spoken,
        foreign=place.foreign,
        may=interaction.app_permissions.value,
    )


def asked_by_message(inbound: Inbound, *, may: int) -> Ticket:
    """The request of somebody who wrote it, just now."""
    return Ticket(
        event=inbound.event_id,
        chat=inbound.chat.key,
        user=inbound.sender.id,
        language="",
        at=time.time(),
        message=inbound.message_id,
        may=may,
    )


def event_of(key: str) -> str:
    """The event behind a message key of the engine: `discord:<id>` with anything behind it."""
    return ":".join(key.split(":")[:2])


class Tickets:
    """The open requests, in the notebook."""

    def __init__(self, notebook: Notebook, policy: Policy) -> None:
        self._notebook = notebook
        self._policy = policy
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._alive: dict[str, float] = {}
        """Events with a token, and when they arrived."""

    async def load(self) -> None:
        """Find the tokens that earlier processes left, and forget what is history."""
        for note in await self._notebook.keys(PREFIX):
            ticket = await self.read(note.removeprefix(PREFIX))
            if ticket is None or time.time() - ticket.at > KEPT:
                await self._notebook.erase(note)
            elif ticket.token:
                self._alive[ticket.event] = ticket.at

    async def read(self, key: str) -> Ticket | None:
        """The request behind an event id or a message key."""
        kept = await self._notebook.read(PREFIX + event_of(key))
        if kept is None:
            self._alive.pop(event_of(key), None)
            return None
        return Ticket(**json.loads(kept))

    async def write(self, ticket: Ticket) -> None:
        """Keep it."""
        await self._notebook.write(PREFIX + ticket.event, json.dumps(asdict(ticket)))
        if ticket.token:
            self._alive[ticket.event] = ticket.at
        else:
            self._alive.pop(ticket.event, None)

    @asynccontextmanager
    async def held(self, key: str) -> AsyncIterator[Ticket | None]:
        """The request, for one at a time: answers and the hand-over must not cross."""
        event = event_of(key)
        lock = self._locks[event]
        try:
            async with lock:
                yield await self.read(event)
        finally:
            if not lock.locked():
                self._locks.pop(event, None)

    def due(self) -> list[str]:
        """Events whose token is about to die."""
        before = time.time() - self._policy.interaction_handover
        return [event for event, at in self._alive.items() if at <= before]

    async def forget(self, chat: ChatRef, *, user: str = "") -> list[str]:
        """Drop a chat's requests, or those of one user there; their events."""
        dropped = []
        for note in await self._notebook.keys(PREFIX):
            ticket = await self.read(note.removeprefix(PREFIX))
            if ticket is not None and ticket.chat == chat.key and user in {"", ticket.user}:
                await self._notebook.erase(note)
                self._alive.pop(ticket.event, None)
                dropped.append(ticket.event)
        return dropped
