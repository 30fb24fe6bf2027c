"""What comes in: every interaction is acknowledged first, then looked at, then handed to the engine."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakValueDictionary

import aiohttp
import discord

from adapters.discord import belonging, commands, history, request
from adapters.discord.catchup import catch_up
from adapters.discord.facts import channel_facts, message_facts, role_ids
from adapters.discord.faults import Fault
from adapters.discord.media import NAME, interaction_media, message_media, usable
from adapters.discord.modal import from_here_modal, highlight_modal
from adapters.discord.own import answered_here
from adapters.discord.threads import own_thread
from adapters.discord.tickets import Ticket, asked_by_interaction, asked_by_message
from adapters.discord.translate import (
    channels_of,
    edit_of,
    event_id,
    inbound_of_interaction,
    inbound_of_message,
    place_of,
    place_of_interaction,
)
from bot.core.chat import Away, ChatKind
from bot.core.commands import EDITED
from bot.core.event.votes import is_out

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from adapters.discord.kit import Kit
    from adapters.discord.translate import Place
    from bot.core.chat import Arrival, Inbound
    from bot.core.media import MediaRef

log = logging.getLogger(__name__)

PRIVATE_ANSWERS = frozenset(
    {"credits", "settings", "forget", "doctor", "help", "who", "optout", "optin", commands.ADD, commands.LEAVE_OUT}
)
"""Commands whose answer only the asking person sees."""


class Reception:
    """`client.Listener`."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def begin(self, accept: Callable[[Arrival], Awaitable[None]], group: asyncio.TaskGroup) -> None:
        """Hand events to `accept` and own what goes on in the background in `group`."""
        self._accept = accept
        self._group = group

    # interactions

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A command, a context menu or a modal: nothing is read or asked before Discord has its answer."""
        place = place_of_interaction(interaction)
        data = cast("dict[str, Any]", interaction.data or {})
        if not self._admits(interaction, place):
            await self._refuse(interaction, "discord.not_allowed")
        elif interaction.type is discord.InteractionType.modal_submit:
            if wishes := request.from_modal(data):
                ticket = await self._defer(interaction, place)
                await self._highlight(interaction, ticket, place, wishes, request.files_of_modal(data))
        elif interaction.type is discord.InteractionType.application_command:
            await self._command(interaction, place, data)

    async def _command(self, interaction: discord.Interaction, place: Place, data: dict[str, Any]) -> None:
        name, options = str(data.get("name")), request.options_of(data)
        wishes = request.Wishes.of(options)
        if name == "highlight" and not options.get("file") and not wishes.last:
            await interaction.response.send_modal(highlight_modal(self._kit.wording, str(interaction.locale), wishes))
            return
        if name == commands.FROM_HERE:
            wishes = request.Wishes.of({"message": data.get("target_id")})
            await interaction.response.send_modal(from_here_modal(self._kit.wording, str(interaction.locale), wishes))
            return
        ticket = await self._defer(interaction, place, private=name in PRIVATE_ANSWERS)
        if name == "highlight":
            files = request.attachments_of(data, str(options.get("file")))
            await self._highlight(interaction, ticket, place, wishes, files)
        elif name == commands.ADD:
            target = str(data.get("target_id"))
            message = data.get("resolved", {}).get("messages", {}).get(target, {})
            message = {"id": target, "channel_id": str(interaction.channel_id)} | message
            await self._add(interaction, ticket, place, message)
        else:
            inbound = inbound_of_interaction(interaction, place, command=name, text=str(options.get("words") or ""))
            if name == commands.LEAVE_OUT:
                inbound = replace(inbound, command="remove", reply_to=str(data.get("target_id")))
            if await answered_here(self._kit, inbound, ticket, interaction, options, accept=self._accept):
                return
            await self._pass_on(inbound)

    async def _highlight(
        self,
        interaction: discord.Interaction,
        ticket: Ticket,
        place: Place,
        wishes: request.Wishes,
        files: list[dict[str, Any]],
    ) -> None:
        media = interaction_media(files, ticket.event)
        for ref in media:
            self._group.create_task(self._kit.files.take(ref))
        if wishes.last or wishes.message:
            channel, rest = str(interaction.channel_id), self._kit.rest
            found = await self._past(
                ticket,
                place,
                history.since(rest, channel, wishes.message)
                if wishes.message
                else history.latest(rest, channel, wishes.last, member=wishes.member),
            )
            if found is None:
                return
            media += found
        text = wishes.prompt(self._kit.wording, ticket.language)
        ticket, place = await own_thread(self._kit, ticket, place, text, interaction.channel)
        inbound = inbound_of_interaction(interaction, place, command="highlight", text=text, media=media)
        await self._pass_on(inbound)

    async def _add(
        self, interaction: discord.Interaction, ticket: Ticket, place: Place, message: dict[str, Any]
    ) -> None:
        """A message's files join the tray; nothing starts."""
        media = usable(message_media(message))
        if not media:
            await self._kit.answer(ticket, "discord.nothing_found")
            return
        await self._pass_on(inbound_of_interaction(interaction, place, media=media, addressed=False))
        await self._kit.answer(ticket, "discord.added", count=len(media))

    async def _past(
        self, ticket: Ticket, place: Place, reading: Awaitable[tuple[MediaRef, ...]]
    ) -> tuple[MediaRef, ...] | None:
        """Media of the past; None when there is none, and the person knows why."""
        try:
            found = await reading
        except Fault:
            await self._kit.answer(ticket, "discord.no_history")
            return None
        if found:
            return found
        blind = place.kind is not ChatKind.PRIVATE and not self._kit.link.sees_content
        await self._kit.answer(ticket, "discord.no_content" if blind else "discord.nothing_found")
        return None

    # buttons

    async def on_press(self, interaction: discord.Interaction, name: str, owner: str) -> None:
        """A next step: by the one who asked for the film, or by who moderates there."""
        place = place_of_interaction(interaction)
        mine = not owner or owner == str(interaction.user.id) or interaction.permissions.manage_messages
        if not mine or not self._admits(interaction, place):
            await self._refuse(interaction, "discord.not_yours" if not mine else "discord.not_allowed")
            return
        try:
            await interaction.response.defer()
        except discord.HTTPException as error:
            log.info("a press was not acknowledged: %s", error.status)
        if (meaning := await self._kit.notes.pressed(name)) is None:
            await interaction.followup.send(
                self._kit.wording.text(str(interaction.locale), "discord.button_old"), ephemeral=True
            )
            return
        place = replace(place, chat=meaning.chat)
        await self._kit.tickets.write(asked_by_interaction(interaction, place, original="", spoken=True))
        inbound = inbound_of_interaction(interaction, place, command=meaning.command, text=meaning.prompt)
        await self._pass_on(inbound)

    # messages

    async def on_message(self, message: discord.Message) -> None:
        """A message in a channel, a thread or in private."""
        await self._heard(message, self.take_message)

    async def on_edit(self, message: discord.Message, at: str) -> None:
        """The same message, with other words."""
        await self._heard(message, partial(self.take_message, edited=at))

    async def _heard(self, message: discord.Message, take: Callable[..., Awaitable[bool]]) -> None:
        if message.author.bot:
            return
        guild = str((message.guild.id if message.guild else getattr(message.channel, "guild_id", None)) or "")
        facts = channel_facts(message.channel)
        if isinstance(message.channel, discord.PartialMessageable) and guild:
            with suppress(Fault):  # then it is taken for a channel of its own
                facts = await self._kit.rest.channel(str(message.channel.id))
        place = place_of(facts, guild=guild)
        role = message.guild.self_role if message.guild else None
        roles = role_ids(message.author)
        if self._kit.gate.admits(user=str(message.author.id), roles=roles, channels=channels_of(place)):
            may = self._kit.link.permissions(message.channel)
            await take(message_facts(message), place, my_role=str(role.id) if role else "", may=may)
        elif place.kind is ChatKind.PRIVATE:
            await self._kit.turn_away(place)

    async def take_message(
        self, message: dict[str, Any], place: Place, *, my_role: str = "", may: int = -1, edited: str = ""
    ) -> bool:
        """A message, just sent, changed, or found later; whether it is the bot's business and was not known before."""
        lock = self._locks.setdefault(place.chat.key, asyncio.Lock())
        async with lock:  # in the order in which they were sent, whatever each of them has to wait for
            ours = bool(message["attachments"]) or is_out(str(message.get("content") or ""), file=True)
            collecting = ours and await self._kit.collects(place)
            inbound = inbound_of_message(message, place, me=self._kit.link.me, my_role=my_role, collecting=collecting)
            if inbound is None:
                return False
            inbound = edit_of(inbound, edited) if edited else inbound
            ticket = asked_by_message(inbound, may=may)
            if new := await self._kit.tickets.read(ticket.event) is None:
                await self._kit.tickets.write(ticket)
            if place.guild:
                await self._kit.sizes.announce(place.chat, place.guild, None)
            await self._pass_on(inbound)  # a known one too: the process may have ended before it was
            return new

    # signs and departures

    async def on_reaction(self, told: discord.RawReactionActionEvent, *, put: bool) -> None:
        """A sign on somebody's message."""
        try:
            event = await belonging.reacted(self._kit, told, put=put)
        except Fault:  # a channel that cannot be seen any more
            return
        if event is not None:
            await self._accept(event)

    async def on_departure(self, told: discord.RawMemberRemoveEvent) -> None:
        """Who leaves takes along what they sent."""
        await self._accept(belonging.departed(self._kit, told))

    async def on_ready(self, began: datetime) -> None:
        """A new session: what was sent and signed before it is read from the channels, and who has left is asked."""
        await catch_up(self._kit, self.take_message, began=began)
        await self._accept(Away(platform=NAME))

    async def on_failure(self, interaction: discord.Interaction) -> None:
        """The person is told, and nothing "thinks" for ever."""
        ticket = await self._kit.tickets.read(event_id(interaction.id))
        with suppress(Fault, discord.DiscordException, aiohttp.ClientError):
            if ticket is not None and ticket.token and not ticket.spoken:
                await self._kit.answer(ticket, "error.internal")
            elif not interaction.response.is_done():
                await self._refuse(interaction, "error.internal")

    # common

    async def _defer(self, interaction: discord.Interaction, place: Place, *, private: bool = False) -> Ticket:
        private = private and place.kind is not ChatKind.PRIVATE
        original = ""
        try:
            answer = await interaction.response.defer(thinking=True, ephemeral=private)
            original = str(answer.message_id or "") if answer else ""
        except discord.HTTPException as error:  # too late, or answered elsewhere: the request counts all the same
            log.warning("interaction %s was not acknowledged: %s", interaction.id, error.status)
        ticket = asked_by_interaction(interaction, place, original=original, spoken=False)
        await self._kit.sizes.announce(place.chat, place.guild, interaction.filesize_limit)
        if known := await self._kit.tickets.read(ticket.event):  # the gateway told it twice
            return known
        ticket = replace(ticket, ephemeral=private)
        await self._kit.tickets.write(ticket)  # from here on it will not "think" for ever, whatever happens
        return ticket

    async def _pass_on(self, inbound: Inbound) -> None:
        """To the engine; how to answer is written down already."""
        await self._accept(replace(inbound, shape=await self._kit.notes.shape(inbound.chat)))
        if inbound.command != EDITED:  # what is changed may be old
            await self._kit.notes.set_seen(inbound.chat, str(int(inbound.event_id.rpartition(":")[2])))

    def _admits(self, interaction: discord.Interaction, place: Place) -> bool:
        user = interaction.user
        return self._kit.gate.admits(user=str(user.id), roles=role_ids(user), channels=channels_of(place))

    async def _refuse(self, interaction: discord.Interaction, key: str) -> None:
        text = self._kit.wording.text(str(interaction.locale), key)
        await interaction.response.send_message(text, ephemeral=True)
