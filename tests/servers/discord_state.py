"""What a Discord server knows, and what it was asked."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.servers import discord_objects as objects
from tests.servers.discord_gateway import Gateway

DEADLINE = 3.0
"""Seconds that Discord waits for the first answer to an interaction."""
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMA.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    body: Any
    query: dict[str, str] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Interaction:
    """What a person did, and how the bot reacted."""

    id: str
    token: str
    channel: str
    at: float
    kind: int
    callback: dict[str, Any] | None = None
    original: dict[str, Any] | None = None
    follow_ups: list[dict[str, Any]] = field(default_factory=list)
    dead: bool = False


class State:
    """Shared by the sides of the server."""

    def __init__(self, *, content_granted: bool = True, upload_limit: int = 10 * objects.MIB) -> None:
        self.asked: list[Asked] = []
        self.objections: list[str] = []
        self.messages: dict[str, dict[str, Any]] = {}
        self.deleted: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.commands: list[dict[str, Any]] = []
        self.interactions: dict[str, Interaction] = {}
        self.reactions: list[tuple[str, str]] = []
        self.upload_limit = upload_limit
        self.attachment_size_limit = upload_limit
        self.patience = DEADLINE
        """Seconds for the first answer to an interaction."""
        self.token_life = 900.0
        self.too_late = 0
        """Answers through a token that was over."""
        self.forbidden: set[str] = set()
        """Channels in which the bot may not write."""
        self.channels: dict[str, dict[str, Any]] = {
            objects.CHANNEL: objects.text_channel(objects.CHANNEL, "general"),
            objects.FORUM_POST: objects.thread(objects.FORUM_POST, objects.CHANNEL, "Trip"),
        }
        self.roles: dict[str, tuple[str, ...]] = {}
        """By member, the roles in the guild."""
        self.everyone = objects.ALL_PERMISSIONS
        """What every member may do."""
        self.gone: set[str] = set()
        """Who has left the guild."""
        self.signs: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
        """By message and emoji, the people who have put it there."""
        self.nonces: dict[tuple[str, str], str] = {}
        self.gateway = Gateway(TOKEN, self.guilds, content_granted)

    def guilds(self) -> list[dict[str, Any]]:
        channels = [channel for channel in self.channels.values() if channel["type"] == 0]
        threads = [channel for channel in self.channels.values() if channel["type"] == 11]
        return [objects.guild(channels, threads, permissions=self.everyone)]

    def dm(self, person: dict[str, Any] = objects.ANA) -> str:
        """The channel of a person's direct messages."""
        number = f"3{person['id']}"
        self.channels.setdefault(number, objects.dm_channel(number, person))
        return number

    def signed(self, number: str, name: str, ephemeral: bool, expired: bool) -> str:
        kind = "ephemeral-attachments" if ephemeral else "attachments"
        until = int(time.time()) + (-10 if expired else 86_400)
        return f"https://cdn.discordapp.com/{kind}/1/{number}/{name}?ex={until:x}&is=0&hm=0&"

    def put_file(self, name: str, data: bytes, mime: str, *, ephemeral: bool = False, expired: bool = False) -> Any:
        """A file on the file server, under a signed link."""
        number = objects.snowflake()
        self.files[number] = data
        return objects.attachment(number, name, len(data), mime, self.signed(number, name, ephemeral, expired))

    def signs_on(self, number: str) -> list[dict[str, Any]]:
        """A message's reactions as history tells them."""
        return [
            {"count": len(people), "count_details": {"burst": 0, "normal": len(people)}, "me": False,
             "me_burst": False, "emoji": {"id": None, "name": emoji}, "burst_colors": []}
            for (message, emoji), people in self.signs.items() if message == number and people
        ]  # fmt: skip

    def shown(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message as the gateway shows it: without content where the bot may not see it."""
        where = self.channels[message["channel_id"]]
        shown = message if where["type"] == 1 else message | {"guild_id": objects.GUILD}
        session = self.gateway.session
        granted = session is not None and session.intents & 1 << 15
        if where["type"] == 1 or granted or message["mentions"]:
            return shown
        return shown | {"content": "", "attachments": [], "components": []}


def as_json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """discord.py compares the content type with the bare one."""
    text = json.dumps(body).encode()
    return web.Response(body=text, status=status, headers={"Content-Type": "application/json"} | (headers or {}))
