"""The commands that are Discord's alone: settings and doctor. Forgetting begins here and is finished by the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.discord.commands import ANY_SHAPE
from adapters.discord.gate import lacking
from bot.core.chat import Checkup
from bot.core.commands import COMMANDS, forgets_all
from bot.core.event.orders import Ask, read
from bot.core.shape import SHAPES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    import discord

    from adapters.discord.kit import Kit
    from adapters.discord.tickets import Ticket
    from bot.core.chat import Arrival, Inbound

MIB = 1 << 20
_COLLECTING = {Ask.START: True, Ask.JOIN: True, Ask.CLOSE: False, Ask.LEAVE: False}
"""What of an event's orders begins or ends that a channel collects."""


async def answered_here(
    kit: Kit,
    inbound: Inbound,
    ticket: Ticket,
    interaction: discord.Interaction[Any],
    options: Mapping[str, Any],
    *,
    accept: Callable[[Arrival], Awaitable[None]],
) -> bool:
    """Whether the command needs no turn of the engine; then it was answered."""
    if inbound.command == "forget":
        everything = forgets_all(inbound)
        kit.files.forget(await kit.tickets.forget(inbound.chat, user="" if everything else inbound.sender.id))
        if everything:
            await kit.notes.forget(inbound.chat)
        await kit.tickets.write(ticket)  # the answer is still to come
    elif inbound.command == "event":  # what nobody addresses to the bot is heard as long as it is collected
        ask = read(inbound.command, inbound.text, inbound.at).ask
        if ask in _COLLECTING:
            await kit.notes.set_flag(inbound.chat, "event", on=_COLLECTING[ask])
    elif inbound.command == "settings":
        await _settings(kit, inbound, ticket, interaction, options)
    elif inbound.command == "doctor":
        checkup = Checkup(language=ticket.language)
        await accept(checkup)
        await kit.answer_text(ticket, "\n".join([*_examined(kit, ticket, interaction), *checkup.lines]))
    elif inbound.command not in COMMANDS:  # an older or newer version registered it
        await kit.answer(ticket, "discord.unknown_command")
    return inbound.command not in COMMANDS


async def _settings(
    kit: Kit, inbound: Inbound, ticket: Ticket, interaction: discord.Interaction[Any], options: Mapping[str, Any]
) -> None:
    """Change what was named, then show all. Only for who manages the guild, whatever its owner made of the command."""
    wanted = {name: on for name in ("collect", "threads") if isinstance(on := options.get(name), bool)}
    if not interaction.permissions.manage_guild and ticket.user not in kit.gate.owners:
        await kit.answer(ticket, "discord.not_manager")
        return
    for name, on in wanted.items():
        await kit.notes.set_flag(inbound.chat, name, on=on)

    if (aspect := options.get("aspect")) in {*SHAPES, ANY_SHAPE}:
        await kit.notes.set_shape(inbound.chat, "" if aspect == ANY_SHAPE else str(aspect))
    shape = await kit.notes.shape(inbound.chat) or kit.wording.text(ticket.language, "discord.any_shape")

    async def state(name: str) -> str:
        on = await kit.notes.flag(inbound.chat, name)
        return kit.wording.text(ticket.language, "discord.on" if on else "discord.off")

    lines = [
        kit.wording.text(ticket.language, "discord.setting_collect", state=await state("collect")),
        kit.wording.text(ticket.language, "discord.setting_threads", state=await state("threads")),
        kit.wording.text(ticket.language, "discord.setting_aspect", aspect=shape),
    ]
    if wanted.get("collect") and not kit.link.sees_content:
        lines.append(kit.wording.text(ticket.language, "discord.no_content"))
    await kit.answer_text(ticket, "\n".join(lines))


def _examined(kit: Kit, ticket: Ticket, interaction: discord.Interaction[Any]) -> list[str]:
    """One line per fact, each fault with what mends it."""

    def text(key: str, /, **params: str | float) -> str:
        return kit.wording.text(ticket.language, key, **params)

    lines = [text("discord.doctor_content" if kit.link.sees_content else "discord.doctor_no_content")]
    if ticket.foreign:
        lines.append(text("discord.doctor_foreign"))
    elif interaction.guild_id and (missing := lacking(interaction.app_permissions)):
        names = ", ".join(text(key) for key in missing)
        lines.append(text("discord.doctor_missing", permissions=names))
    else:
        lines.append(text("discord.doctor_permissions"))
    size = kit.sizes.of(ticket.chat_ref, guild=kit.link.guild_limit(str(interaction.guild_id or "")))
    lines.append(text("discord.doctor_limit", size=size / MIB))
    return lines
