"""What the bot may ask of Discord over REST."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.servers import discord_objects as objects
from tests.servers.discord_state import Asked, Interaction, State, as_json


class Calls(State):
    """The side of the server that the bot sees."""

    async def _me(self, *_: Any) -> web.Response:
        return as_json(objects.BOT_USER)

    async def _application(self, *_: Any) -> web.Response:
        return as_json(objects.application())

    async def _gateway_bot(self, *_: Any) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        return as_json({"url": self.gateway.url, "shards": self.gateway.shards, "session_start_limit": limit})

    async def _get_commands(self, *_: Any) -> web.Response:
        return as_json(self.commands)

    async def _set_commands(self, asked: Asked, *_: Any) -> web.Response:
        self.commands = [
            command | {"id": str(number), "application_id": objects.APPLICATION, "version": "1",
                       "default_member_permissions": str(value) if (value := command.get("default_member_permissions"))
                       else None}
            for number, command in enumerate(asked.body, 1)
        ]  # fmt: skip
        return as_json(self.commands)

    async def _callback(self, asked: Asked, number: str, token: str) -> web.Response:
        act = self.interactions.get(token)
        now = time.monotonic()
        if act is None or act.id != number or act.dead or (act.callback is None and now - act.at > self.patience):
            return as_json({"message": "Unknown interaction", "code": 10062}, 404)
        if act.callback is not None:
            return as_json({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        act.callback = asked.body
        about: dict[str, Any] = {"id": number, "type": act.kind}
        answer: dict[str, Any] = {"interaction": about}
        if asked.body["type"] in {4, 5}:
            flags = asked.body.get("data", {}).get("flags", 0)
            loading = 1 << 7 if asked.body["type"] == 5 else 0
            act.original = objects.message(
                self.channels[act.channel], objects.BOT_USER, asked.body.get("data", {}).get("content", ""),
                flags=flags | loading, components=asked.body.get("data", {}).get("components", []),
            )  # fmt: skip
            if not flags & 64:
                self.messages[act.original["id"]] = act.original
            about |= {"response_message_id": act.original["id"], "response_message_loading": bool(loading)}
            answer["resource"] = {"type": asked.body["type"], "message": act.original}
        return as_json(answer)

    def _alive(self, token: str) -> Interaction | None:
        act = self.interactions.get(token)
        return act if act and act.callback and not act.dead and time.monotonic() - act.at < self.token_life else None

    async def _edit_original(self, asked: Asked, application: str, token: str) -> web.Response:
        if (act := self._alive(token)) is None:
            self.too_late += 1
            return as_json({"message": "Invalid Webhook Token", "code": 50027}, 401)
        if act.original is None or act.original["id"] in self.deleted:
            return as_json({"message": "Unknown Message", "code": 10008}, 404)
        act.original |= {name: asked.body[name] for name in ("content", "components") if name in asked.body}
        act.original["attachments"] = [*act.original["attachments"], *asked.files]
        act.original["flags"] &= ~(1 << 7)
        return as_json(act.original)

    async def _follow_up(self, asked: Asked, application: str, token: str) -> web.Response:
        if (act := self._alive(token)) is None:
            self.too_late += 1
            return as_json({"message": "Invalid Webhook Token", "code": 50027}, 401)
        made = objects.message(
            self.channels[act.channel], objects.BOT_USER, asked.body.get("content", ""), attachments=asked.files,
            flags=asked.body.get("flags", 0), components=asked.body.get("components", []),
        )  # fmt: skip
        act.follow_ups.append(made)
        return as_json(made)

    async def _send(self, asked: Asked, channel: str) -> web.Response:
        if channel not in self.channels:
            return as_json({"message": "Unknown Channel", "code": 10003}, 404)
        if channel in self.forbidden:
            return as_json({"message": "Missing Permissions", "code": 50013}, 403)
        if asked.body.get("enforce_nonce") and (before := self.nonces.get((channel, asked.body["nonce"]))):
            return as_json(self.messages[before])
        made = objects.message(
            self.channels[channel], objects.BOT_USER, asked.body.get("content", ""), attachments=asked.files,
            components=asked.body.get("components", []), flags=asked.body.get("flags", 0),
            message_reference=asked.body.get("message_reference"), allowed_mentions=asked.body.get("allowed_mentions"),
        )  # fmt: skip
        self.messages[made["id"]] = made
        if asked.body.get("enforce_nonce"):
            self.nonces[channel, asked.body["nonce"]] = made["id"]
        return as_json(made)

    async def _history(self, asked: Asked, channel: str) -> web.Response:
        query = asked.query
        found = [one for one in self.messages.values() if one["channel_id"] == channel]
        found = [self.shown(one) for one in found if int(one["id"]) > int(query.get("after", "0"))]
        found = [
            {name: value for name, value in one.items() if name != "member"} | {"reactions": self.signs_on(one["id"])}
            for one in found  # members are the gateway's alone
        ]
        newest = sorted(found, key=lambda one: -int(one["id"]))
        limit = int(query.get("limit", "50"))
        return as_json(newest[-limit:] if "after" in query else newest[:limit])

    async def _get_message(self, asked: Asked, channel: str, number: str) -> web.Response:
        if number in self.deleted or number not in self.messages:
            return as_json({"message": "Unknown Message", "code": 10008}, 404)
        one = self.messages[number]
        for file in one["attachments"]:
            file["url"] = self.signed(file["id"], file["filename"], False, False)
        return as_json(one)

    async def _edit(self, asked: Asked, channel: str, number: str) -> web.Response:
        if number in self.deleted or number not in self.messages:
            return as_json({"message": "Unknown Message", "code": 10008}, 404)
        self.messages[number] |= {name: asked.body[name] for name in ("content", "components") if name in asked.body}
        return as_json(self.messages[number])

    async def _react(self, asked: Asked, channel: str, number: str, emoji: str) -> web.Response:
        if (number, emoji) not in self.reactions:  # the same one put again changes nothing
            self.reactions.append((number, emoji))
        return web.Response(status=204)

    async def _reactors(self, asked: Asked, channel: str, number: str, emoji: str) -> web.Response:
        people = self.signs.get((number, emoji), {})
        return as_json(
            [people[name] for name in sorted(people, key=int) if int(name) > int(asked.query.get("after", 0))]
        )

    async def _typing(self, asked: Asked, channel: str) -> web.Response:
        if channel in self.forbidden:
            return as_json({"message": "Missing Access", "code": 50001}, 403)
        return web.Response(status=204)

    async def _thread(self, asked: Asked, channel: str, number: str) -> web.Response:
        self.channels[number] = objects.thread(number, channel, asked.body["name"])
        await self.gateway.dispatch("THREAD_CREATE", self.channels[number])
        return as_json(self.channels[number], 201)

    async def _channel(self, asked: Asked, channel: str) -> web.Response:
        if channel not in self.channels:
            return as_json({"message": "Unknown Channel", "code": 10003}, 404)
        return as_json(self.channels[channel])

    async def _member(self, asked: Asked, guild: str, number: str) -> web.Response:
        if number in self.gone:
            return as_json({"message": "Unknown Member", "code": 10007}, 404)
        person = {one["id"]: one for one in (objects.ANA, objects.BO)}[number]
        return as_json(objects.member(person, roles=self.roles.get(number, ())))

    async def _open_dm(self, asked: Asked, *_: Any) -> web.Response:
        person = {one["id"]: one for one in (objects.ANA, objects.BO)}[str(asked.body["recipient_id"])]
        return as_json(self.channels[self.dm(person)])


ROUTES: tuple[tuple[str, str, Callable[..., Awaitable[web.Response]]], ...] = (
    ("GET", "/users/@me", Calls._me),
    ("GET", "/oauth2/applications/@me", Calls._application),
    ("GET", "/gateway/bot", Calls._gateway_bot),
    ("GET", "/applications/[0-9]+/commands", Calls._get_commands),
    ("PUT", "/applications/[0-9]+/commands", Calls._set_commands),
    ("POST", "/interactions/([0-9]+)/([^/]+)/callback", Calls._callback),
    ("PATCH", "/webhooks/([0-9]+)/([^/]+)/messages/@original", Calls._edit_original),
    ("POST", "/webhooks/([0-9]+)/([^/]+)", Calls._follow_up),
    ("POST", "/channels/([0-9]+)/messages", Calls._send),
    ("GET", "/channels/([0-9]+)/messages", Calls._history),
    ("GET", "/channels/([0-9]+)/messages/([0-9]+)", Calls._get_message),
    ("PATCH", "/channels/([0-9]+)/messages/([0-9]+)", Calls._edit),
    ("PUT", "/channels/([0-9]+)/messages/([0-9]+)/reactions/([^/]+)/@me", Calls._react),
    ("GET", "/channels/([0-9]+)/messages/([0-9]+)/reactions/([^/]+)", Calls._reactors),
    ("POST", "/channels/([0-9]+)/typing", Calls._typing),
    ("POST", "/channels/([0-9]+)/messages/([0-9]+)/threads", Calls._thread),
    ("GET", "/channels/([0-9]+)", Calls._channel),
    ("GET", "/guilds/([0-9]+)/members/([0-9]+)", Calls._member),
    ("POST", "/users/@me/channels", Calls._open_dm),
)
