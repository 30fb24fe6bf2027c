"""Who may use the bot, and where. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from collections.abc import Iterable

NEEDED = {
    "view_channel": "discord.may_view_channel",
    "send_messages": "discord.may_send_messages",
    "attach_files": "discord.may_attach_files",
    "read_message_history": "discord.may_read_message_history",
    "add_reactions": "discord.may_add_reactions",
    "create_public_threads": "discord.may_create_public_threads",
    "send_messages_in_threads": "discord.may_send_messages_in_threads",
}
"""Permissions that the bot can use, with their names."""
INVITE = discord.Permissions(**dict.fromkeys(NEEDED, True))
"""What an invitation asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Lists of ids. An empty list lets everybody in; owners always pass."""

    owners: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    def admits(self, *, user: str, roles: Iterable[str], channels: Iterable[str]) -> bool:
        """Whether somebody may use the bot in a channel (or the channel that its thread belongs to).

        Being on the list of users or having a listed role is enough. Direct messages have no channel: `channels` is
        empty there and only the person counts.
        """
        if user in self.owners:
            return True
        where = frozenset(channels)
        if self.channels and where and not where & self.channels:
            return False
        return not (self.users or self.roles) or user in self.users or bool(self.roles & frozenset(roles))


def lacking(permissions: discord.Permissions) -> list[str]:
    """Catalogue keys of the permissions that are missing."""
    return [key for name, key in NEEDED.items() if not getattr(permissions, name)]
