"""Discord's way out."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord

from adapters.discord import payloads
from adapters.discord.buttons import custom_id
from adapters.discord.faults import Dead, Fault, Gone, Lost, Refused, TooLarge, Wait
from adapters.discord.gate import lacking
from adapters.discord.markdown import parts, plain
from adapters.discord.tickets import event_of
from adapters.discord.upload import Upload
from bot.core.errors import DeliveryError, DeliveryUnclear, VideoTooLarge
from bot.core.links import links_in
from bot.engine.ports import Limits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from adapters.discord.kit import Kit
    from adapters.discord.signs import Signs
    from adapters.discord.tickets import Ticket
    from adapters.throttle import LiveLines
    from bot.core.chat import ChatRef, Inbound
    from bot.engine.ports import Button, Picture, Video

log = logging.getLogger(__name__)

_ONLY_IN_CHANNELS = frozenset({"nonce", "enforce_nonce", "message_reference"})
TRIES = 4
"""Sends of one message, all under one nonce: Discord keeps the first that arrived."""


class DiscordOutbox:
    """`engine.ports.Outbox`."""

    def __init__(self, kit: Kit, lines: LiveLines, signs: Signs) -> None:
        self._kit = kit
        self._lines = lines
        self._signs = signs

    def limits(self, chat: ChatRef) -> Limits:
        """The smallest of what was announced and what was refused here."""
        size = self._kit.sizes.of(chat, guild=self._kit.link.guild_limit(self._kit.sizes.place(chat)))
        return Limits(video_bytes=size, text_units=payloads.MESSAGE_LIMIT)

    def invitation(self, code: str) -> str:
        """Discord has no address that opens a private chat with words in it."""
        return ""

    async def acknowledge(self, inbound: Inbound) -> None:
        """A reaction on the message, soon; an interaction was acknowledged when it came."""
        self._signs.received(inbound)

    async def say(self, chat: ChatRef, text: str, *, key: str, buttons: tuple[Button, ...] = ()) -> None:
        """In the interaction's answer if nothing stands there yet, else as a message."""
        async with self._kit.tickets.held(key) as ticket:
            steps = await self._steps(chat, buttons, key=key, owner=ticket.user if ticket else "")
            found = parts(text, payloads.MESSAGE_LIMIT)
            for number, part in enumerate(found):
                offered = steps if number == len(found) - 1 else []
                ticket = await self._say(chat, part, ticket, key=f"{key}:{number}", steps=offered)

    async def whisper(self, chat: ChatRef, text: str, *, key: str, passing: bool = False) -> bool:
        """As a further answer to an interaction that has its first one: that can be for one person's eyes."""
        ticket = await self._kit.tickets.read(key)
        if passing or ticket is None or not (ticket.token and ticket.spoken):
            return False
        body = payloads.words(text, flags=payloads.SUPPRESS_EMBEDS | payloads.EPHEMERAL)
        try:
            await self._kit.rest.follow_up(ticket.application, ticket.token, body)
        except Lost:  # it may be there
            return True
        except Fault:
            return False
        return True

    async def picture(
        self,
        chat: ChatRef,
        picture: Picture,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
    ) -> None:
        """Where a message would go, as a message with the picture in it; its words alone where that cannot be.

        An interaction's first answer is set, not added: that may be repeated.
        """
        try:
            async with self._kit.tickets.held(key) as ticket:
                steps = await self._steps(chat, buttons, key=key, owner="")
                body = payloads.film(payloads.words(picture.caption, buttons=steps), picture)
                if ticket is not None and ticket.token and not ticket.spoken:
                    with Upload(picture, _nothing, mime="image/jpeg") as upload:
                        await self._kit.rest.edit_original(ticket.application, ticket.token, body, upload)
                    await self._kit.tickets.write(replace(ticket, spoken=True))
                else:
                    await self._upload(_channel(chat), body, picture, key, body_sent, mime="image/jpeg")
        except (Dead, Gone, Refused, TooLarge):
            await self.say(chat, picture.caption, key=key, buttons=buttons)

    async def poll(self, chat: ChatRef, question: str, options: Sequence[tuple[str, str]], *, key: str) -> None:
        """Nothing: every reaction is told."""

    async def status(self, chat: ChatRef, text: str, *, key: str, done: bool = False) -> None:
        """Through the live lines, at the pace that the channel bears."""
        await self._lines.show(chat, text, key=key, done=done)
        if done:
            async with self._kit.tickets.held(key) as ticket:
                if ticket is not None:
                    await self._kit.tickets.write(replace(ticket, finished=True))

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
        """A plain message with the film in it, so that it previews; the one who asked is mentioned, once.

        Discord never changes a file, so `as_file` makes no difference.
        """
        limit = self.limits(chat).video_bytes
        if video.size > limit:
            raise VideoTooLarge(size=video.size, limit=limit)
        ticket = await self._kit.tickets.read(key)
        user = ticket.user if ticket else ""
        content = " ".join(part for part in (f"<@{user}>" if user else "", plain(video.caption)) if part)
        body = payloads.words(
            content[: payloads.MESSAGE_LIMIT],
            buttons=await self._steps(chat, buttons, key=key, owner=user),
            flags=payloads.SUPPRESS_EMBEDS if links_in(video.caption) else 0,  # one player is enough
            reply_to=ticket.message if ticket and not ticket.home else "",
            ping=user,
        )
        message = await self._film(chat, payloads.film(body, video), video, ticket, key, body_sent)
        return str(message["id"])

    async def _film(
        self,
        chat: ChatRef,
        body: dict[str, Any],
        video: Video,
        ticket: Ticket | None,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
    ) -> dict[str, Any]:
        """To the channel; where the bot may not write, through the interaction; else as a direct message."""
        try:
            if ticket is None or not ticket.foreign:
                channel = ticket.home if ticket and ticket.home else _channel(chat)
                return await self._upload(channel, body, video, key, body_sent)
        except (Refused, Gone):
            log.warning("the film of %s cannot be sent to its channel", event_of(key))
            body.pop("message_reference", None)
            body["content"] = (body["content"] + "\n" + self._why(ticket))[: payloads.MESSAGE_LIMIT]
        except TooLarge as fault:
            raise await self._learn(chat, video) from fault
        if ticket is None:
            raise DeliveryError
        if ticket.token:
            try:
                with Upload(video, body_sent) as upload:
                    return await self._kit.rest.follow_up(ticket.application, ticket.token, body, upload)
            except (Dead, Gone, Refused):
                log.info("%s: not through its token either", ticket.event)
            except TooLarge as fault:
                raise await self._learn(chat, video) from fault
            except Lost as fault:  # no nonce here, so no second try
                raise DeliveryUnclear from fault
        try:
            channel = await self._kit.rest.direct_channel(ticket.user)
            return await self._upload(channel, body, video, f"{key}:direct", body_sent)
        except Refused as fault:
            raise DeliveryError("discord.nowhere_to_send") from fault
        except TooLarge as fault:
            raise await self._learn(chat, video) from fault

    async def _upload(
        self,
        channel: str,
        body: dict[str, Any],
        video: Video | Picture,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        *,
        mime: str = "video/mp4",
    ) -> dict[str, Any]:
        """Send, and again under the same nonce when no answer came."""
        body = body | {"nonce": payloads.nonce_of(key), "enforce_nonce": True}
        complete = False
        for attempt in range(TRIES):
            with Upload(video, body_sent, mime=mime) as upload:
                try:
                    return await self._kit.rest.send(channel, body, upload)
                except Wait as wait:
                    pause = wait.seconds
                except Lost as fault:
                    complete = complete or upload.complete
                    if attempt == TRIES - 1:
                        raise (DeliveryUnclear() if complete else DeliveryError()) from fault
                    pause = float(attempt)
            await asyncio.sleep(pause)
        raise DeliveryError

    def _why(self, ticket: Ticket | None) -> str:
        """Why the film did not go where it was asked for, with the permission to give where that is known."""
        language = ticket.language if ticket else ""
        missing = lacking(discord.Permissions(ticket.may)) if ticket and ticket.may >= 0 else []
        names = ", ".join(self._kit.wording.text(language, key) for key in missing)
        if names:
            return self._kit.wording.text(language, "discord.sent_elsewhere_because", permissions=names)
        return self._kit.wording.text(language, "discord.sent_elsewhere")

    async def _learn(self, chat: ChatRef, video: Video) -> VideoTooLarge:
        await self._kit.sizes.refused(chat, video.size)
        return VideoTooLarge(size=video.size, limit=self.limits(chat).video_bytes)

    async def _say(
        self, chat: ChatRef, text: str, ticket: Ticket | None, *, key: str, steps: list[tuple[str, str]]
    ) -> Ticket | None:
        """One message; gives the request as it is from then on."""
        if ticket is not None and ticket.token and not ticket.spoken:
            try:
                body = payloads.words(text, buttons=steps)
                await self._kit.rest.edit_original(ticket.application, ticket.token, body)
            except (Dead, Gone):
                ticket = replace(ticket, token="")
            else:
                ticket = replace(ticket, spoken=True)
            await self._kit.tickets.write(ticket)
            if ticket.token:
                return ticket
        reply_to = ticket.message if ticket is not None else ""
        body = payloads.words(text, buttons=steps, nonce=payloads.nonce_of(key), reply_to=reply_to)
        await self._post(chat, body, ticket)
        return ticket

    async def _post(self, chat: ChatRef, body: dict[str, Any], ticket: Ticket | None) -> None:
        """To the channel; where that cannot or should not be, through the interaction; else to the person."""
        if ticket is None or not (ticket.foreign or ticket.ephemeral):
            try:
                await self._again(_channel(chat), body)
                return
            except (Refused, Gone):
                if ticket is None:
                    raise
        body = {name: value for name, value in body.items() if name not in _ONLY_IN_CHANNELS}
        if ticket.token:
            flags = payloads.SUPPRESS_EMBEDS | (payloads.EPHEMERAL if ticket.ephemeral else 0)
            try:
                await self._kit.rest.follow_up(ticket.application, ticket.token, body | {"flags": flags})
                return
            except (Dead, Gone):
                log.info("%s: its token is dead", ticket.event)
        await self._again(await self._kit.rest.direct_channel(ticket.user), body)

    async def _again(self, channel: str, body: dict[str, Any]) -> None:
        for attempt in range(TRIES):
            try:
                await self._kit.rest.send(channel, body)
                return
            except Wait as wait:
                await asyncio.sleep(wait.seconds)
            except Lost:
                if attempt == TRIES - 1:
                    raise
                await asyncio.sleep(attempt)
        raise Fault

    async def _steps(
        self, chat: ChatRef, buttons: tuple[Button, ...], *, key: str, owner: str
    ) -> list[tuple[str, str]]:
        kept = []
        for number, button in enumerate(buttons):
            name = await self._kit.notes.keep_button(chat, button, key=key, number=number)
            kept.append((button.label, custom_id(name, owner)))
        return kept


async def _nothing() -> None:
    """Nothing has to be known before the answer is read."""


def _channel(chat: ChatRef) -> str:
    return chat.thread_id or chat.chat_id
