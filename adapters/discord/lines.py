"""Where live lines are painted: in an interaction's first answer while it lives, then in a message of our own."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from adapters.discord import payloads
from adapters.discord.buttons import custom_id
from adapters.discord.faults import Dead, Fault, Gone, Refused, Wait
from adapters.discord.media import NAME
from adapters.text import shorten
from adapters.throttle import LineGone, Pace, Paused

if TYPE_CHECKING:
    from adapters.discord.notes import Notes
    from adapters.discord.rest import Rest
    from adapters.discord.tickets import Ticket, Tickets
    from adapters.discord.wording import Wording
    from adapters.throttle import LiveLines
    from bot.core.chat import ChatRef
    from bot.core.policy import Policy

log = logging.getLogger(__name__)

ORIGINAL = "original"
QUIET = payloads.SILENT | payloads.SUPPRESS_EMBEDS
EVERY = 3
PER_MINUTE = 12


class LineCanvas:
    """`adapters.throttle.Canvas` on Discord."""

    def __init__(self, rest: Rest, tickets: Tickets, notes: Notes, wording: Wording, policy: Policy) -> None:
        self._rest = rest
        self._tickets = tickets
        self._notes = notes
        self._wording = wording
        self._policy = policy
        self._stops: dict[str, str] = {}
        """By the key of a line, the id of its button."""
        self.lines: LiveLines

    @property
    def decorated(self) -> bool:
        """A running job's line has the button that ends it."""
        return True

    def pace(self, chat: ChatRef) -> Pace:
        """Discord counts per channel, whoever is in it."""
        return Pace(every=EVERY * self._policy.status_every, per_minute=PER_MINUTE)

    async def draw(self, chat: ChatRef, text: str, *, key: str) -> str:
        """Begin a line."""
        async with self._tickets.held(key) as ticket:
            if ticket is not None and not ticket.spoken and await self._paint(ticket, text, key):
                return ORIGINAL
            return await self._move(chat, text, ticket, key)

    async def redraw(self, chat: ChatRef, message: str, text: str, *, key: str) -> str:
        """Change a line, wherever it is by now."""
        if message != ORIGINAL:
            return await self._change(chat, message, text, key)
        async with self._tickets.held(key) as ticket:
            if ticket is not None and ticket.line:
                return await self._change(chat, ticket.line, text, key)
            if ticket is not None and await self._paint(ticket, text, key):
                return ORIGINAL
            return await self._move(chat, text, ticket, key)

    async def hand_over(self, event: str) -> None:
        """Leave the interaction before its token dies: the line goes on below, and nothing "thinks" for ever."""
        async with self._tickets.held(event) as ticket:
            if ticket is None or not ticket.token:
                return
            if ticket.finished or (ticket.spoken and not ticket.text):
                await self._tickets.write(replace(ticket, token=""))
                return
            try:
                if ticket.text:
                    await self._move(ticket.chat_ref, ticket.text, ticket, event)
                    return
            except (LineGone, Paused, Fault):
                log.warning("%s: no message of the bot's own can take the interaction's place", event)
            await self._farewell(ticket)
            await self._tickets.write(replace(ticket, token="", spoken=True))

    async def _paint(self, ticket: Ticket, text: str, key: str) -> bool:
        """Whether the interaction's answer could be changed; a dead token is not tried again."""
        if not ticket.token:
            return False
        body = await self._line(ticket.chat_ref, text, key)
        try:
            await self._rest.edit_original(ticket.application, ticket.token, body)
        except (Dead, Gone):
            return False
        except Wait as wait:
            raise Paused(wait.seconds) from wait
        await self._tickets.write(replace(ticket, spoken=True, text=text))
        return True

    async def _move(self, chat: ChatRef, text: str, ticket: Ticket | None, key: str) -> str:
        """Go on in a message of the bot's own."""
        if ticket is not None and ticket.foreign:
            raise LineGone
        message = await self._post(chat, text, key, reply_to=ticket.message if ticket else "")
        if ticket is not None:
            await self._tickets.write(replace(ticket, line=message, token="", spoken=True))
            if ticket.application and (ticket.text or not ticket.spoken):
                await self._farewell(ticket)
        return message

    async def _post(self, chat: ChatRef, text: str, key: str, *, instead_of: str = "", reply_to: str = "") -> str:
        nonce = payloads.nonce_of(f"{key}:{instead_of}:line")
        body = await self._line(chat, text, key, flags=QUIET, nonce=nonce, reply_to=reply_to)
        try:
            return str((await self._rest.send(chat.thread_id or chat.chat_id, body))["id"])
        except (Refused, Gone) as fault:
            raise LineGone from fault
        except Wait as wait:
            raise Paused(wait.seconds) from wait

    async def _change(self, chat: ChatRef, message: str, text: str, key: str) -> str:
        try:
            await self._rest.edit(chat.thread_id or chat.chat_id, message, await self._line(chat, text, key))
        except Gone:  # somebody deleted it: the job goes on in a new one
            return await self._post(chat, text, key, instead_of=message)
        except Refused as fault:
            raise LineGone from fault
        except Wait as wait:
            raise Paused(wait.seconds) from wait
        return message

    async def _farewell(self, ticket: Ticket) -> None:
        """Close the interaction's answer: through its token, else as the message of the bot's that it is."""
        key = "discord.handed_over_direct" if ticket.foreign else "discord.handed_over"
        body = payloads.words(self._wording.text(ticket.language, key), flags=0) | {"components": []}
        try:
            if ticket.token:
                await self._rest.edit_original(ticket.application, ticket.token, body)
                return
        except Fault:
            log.info("%s: its token is dead", ticket.event)
        if ticket.original and not ticket.ephemeral:
            chat = ticket.chat_ref
            try:
                await self._rest.edit(chat.thread_id or chat.chat_id, ticket.original, body)
            except Fault:
                log.info("%s: its first answer stays as it is", ticket.event)

    async def _line(
        self, chat: ChatRef, text: str, key: str, *, flags: int = 0, nonce: str = "", reply_to: str = ""
    ) -> dict[str, object]:
        short = shorten(text, payloads.MESSAGE_LIMIT, measure=len)
        body = payloads.words(short, flags=flags, nonce=nonce, reply_to=reply_to)
        return body | {"components": await self._stop(chat, key)}

    async def _stop(self, chat: ChatRef, key: str) -> list[dict[str, object]]:
        """The button of a running job, for whoever asked for it. Last words have none, nor has a card."""
        if self.lines.ending(key) or not key.startswith(f"{NAME}:"):
            self._stops.pop(key, None)
            return []
        if key not in self._stops:  # written down once, not with every change
            ticket = await self._tickets.read(key)
            name = await self._notes.keep_button(chat, payloads.STOP, key=f"{key}:stop", number=0)
            self._stops[key] = custom_id(name, ticket.user if ticket else "")
        return [payloads.stop_row(self._stops[key])]
