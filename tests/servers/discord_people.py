"""What people do on Discord: they write, give commands, fill in forms, press buttons."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from tests.servers import discord_objects as objects
from tests.servers.discord_gateway import MEMBERS
from tests.servers.discord_state import Interaction, State

REACTIONS = 1 << 10


class People(State):
    """The side of the server that tests drive."""

    _edits = 0

    async def write(
        self,
        channel: str,
        content: str = "",
        files: list[Any] | None = None,
        *,
        person: dict[str, Any] = objects.ANA,
        mention: bool = False,
        **more: Any,
    ) -> dict[str, Any]:
        """A person writes a message."""
        text = f"<@{objects.BOT}> {content}" if mention else content
        mentions = [objects.BOT_USER] if mention else []
        made = objects.message(self.channels[channel], person, text, attachments=files or [], mentions=mentions, **more)
        self.messages[made["id"]] = made
        await self.gateway.dispatch("MESSAGE_CREATE", self.shown(made))
        return made

    async def edit(self, before: dict[str, Any], content: str, *, at: str | None = "now") -> None:
        """A person changes a message; without `at` nobody did, and something about it is told once more."""
        self._edits += 1
        stamp = f"2026-01-01T00:00:00.{self._edits:06d}+00:00" if at else None
        before |= {"content": content, "edited_timestamp": stamp}
        await self.gateway.dispatch("MESSAGE_UPDATE", self.shown(before))

    async def command(
        self,
        name: str,
        options: dict[str, Any] | None = None,
        *,
        channel: str = objects.CHANNEL,
        files: list[Any] | None = None,
        **more: Any,
    ) -> Interaction:
        """A person gives a command."""
        kinds = {str: 3, int: 4, bool: 5}
        given = [{"name": key, "type": kinds[type(value)], "value": value} for key, value in (options or {}).items()]
        given += [{"name": "file", "type": 11, "value": file["id"]} for file in files or []]
        resolved = {"attachments": {file["id"]: file for file in files or []}}
        data = {"id": "1", "name": name, "type": 1, "options": given, "resolved": resolved}
        return await self._interact(2, data, channel, **more)

    async def menu(self, name: str, target: dict[str, Any], **more: Any) -> Interaction:
        """A person picks a context menu of a message."""
        resolved = {"messages": {target["id"]: target}}
        data = {"id": "1", "name": name, "type": 3, "target_id": target["id"], "resolved": resolved}
        return await self._interact(2, data, target["channel_id"], **more)

    async def submit(
        self,
        opened: Interaction,
        text: str,
        files: list[Any] | None = None,
        *,
        chosen: dict[str, str] | None = None,
        **more: Any,
    ) -> Interaction:
        """A person sends the form that a command has opened; `chosen` are picks of its lists, by their custom id."""
        assert opened.callback is not None
        form = opened.callback["data"]
        entered = []
        for number, label in enumerate(form["components"]):
            field = label["component"]
            told: dict[str, Any] = {"type": field["type"], "id": 2 * number + 2, "custom_id": field["custom_id"]}
            if field["type"] == 4:
                told["value"] = text
            elif field["type"] == 3:
                told["values"] = [value for name, value in (chosen or {}).items() if name == field["custom_id"]]
            else:
                told["values"] = [file["id"] for file in files or []]
            entered.append({"type": 18, "id": 2 * number + 1, "component": told})
        resolved = {"attachments": {file["id"]: file for file in files or []}}
        data = {"custom_id": form["custom_id"], "components": entered, "resolved": resolved}
        return await self._interact(5, data, opened.channel, **more)

    async def react(
        self, message: dict[str, Any], emoji: str, *, person: dict[str, Any] = objects.ANA, off: bool = False
    ) -> None:
        """A person puts a reaction on a message, or takes it away."""
        people = self.signs.setdefault((message["id"], emoji), {})
        people.pop(person["id"], None) if off else people.update({person["id"]: person})
        told = {"user_id": person["id"], "channel_id": message["channel_id"], "message_id": message["id"],
                "guild_id": objects.GUILD, "emoji": {"id": None, "name": emoji}, "burst": False, "type": 0}  # fmt: skip
        if not off:
            told |= {"member": objects.member(person), "message_author_id": message["author"]["id"]}
        await self._tell(REACTIONS, "MESSAGE_REACTION_REMOVE" if off else "MESSAGE_REACTION_ADD", told)

    async def leave(self, person: dict[str, Any]) -> None:
        """A person leaves the server."""
        self.gone.add(person["id"])
        await self._tell(MEMBERS, "GUILD_MEMBER_REMOVE", {"guild_id": objects.GUILD, "user": person})

    async def _tell(self, intent: int, name: str, data: dict[str, Any]) -> None:
        """An event that only reaches who asked for its kind."""
        session = self.gateway.session
        if session is not None and session.intents & intent:
            await self.gateway.dispatch(name, data)

    async def press(self, message: dict[str, Any], number: int = 0, **more: Any) -> Interaction:
        """A person presses a button."""
        button = message["components"][0]["components"][number]
        data = {"custom_id": button["custom_id"], "component_type": 2}
        return await self._interact(3, data, message["channel_id"], message=message, **more)

    async def _interact(
        self,
        kind: int,
        data: dict[str, Any],
        channel: str,
        *,
        person: dict[str, Any] = objects.ANA,
        locale: str = "en-US",
        permissions: int = objects.ALL_PERMISSIONS,
        foreign: bool = False,
        leave_out: Iterable[str] = (),
        told: Callable[[dict[str, Any]], dict[str, Any]] = dict,
        **more: Any,
    ) -> Interaction:
        """`leave_out` are fields that the event does not have, `told` is how the rest is worded."""
        number = objects.snowflake()
        act = Interaction(number, f"token-{number}", channel, time.monotonic(), kind)
        self.interactions[act.token] = act
        where = self.channels[channel]
        payload: dict[str, Any] = {
            "id": number,
            "application_id": objects.APPLICATION,
            "type": kind,
            "data": data,
            "token": act.token,
            "version": 1,
            "channel_id": channel,
            "channel": where,
            "locale": locale,
            "app_permissions": str(objects.ALL_PERMISSIONS),
            "entitlements": [],
            "attachment_size_limit": self.attachment_size_limit,
        }
        if where["type"] == 1:
            payload |= {"user": person, "context": 1, "authorizing_integration_owners": {"0": "0"}}
        else:
            owners = {"1": person["id"]} if foreign else {"0": objects.GUILD}
            payload |= {
                "guild_id": objects.GUILD,
                "guild": {"id": objects.GUILD, "locale": "en-US", "features": []},
                "member": objects.member(person, permissions=permissions),
                "context": 0,
                "authorizing_integration_owners": owners,
            }
        event = {name: value for name, value in (payload | more).items() if name not in set(leave_out)}
        await self.gateway.dispatch("INTERACTION_CREATE", told(event))
        return act
