"""What another server than Discord's may leave out, filled in: discord.py takes every field of an event for granted.

Only what the bot reads is passed on of messages, so that an embed, a poll or a component of a kind that nobody knows
cannot keep their words and files from being read. Pure.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from adapters.discord.facts import THREADS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MALFORMED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, zlib.error)
"""What reading something of an unexpected form raises."""

COMPONENT, MODAL = 3, 5
PRIVATE_CHANNELS = frozenset({1, 3})

APPLICATION: dict[str, Any] = {
    "name": "",
    "description": "",
    "icon": None,
    "bot_public": False,
    "bot_require_code_grant": False,
    "owner": {},
    "verify_key": "",
}
INTERACTION: dict[str, Any] = {"version": 1, "attachment_size_limit": 0, "entitlements": [], "data": {}}
"""A limit of 0 means that none was stated."""
MEMBER = {"roles": [], "flags": 0}
MESSAGE = {"type": 0, "content": "", "attachments": [], "embeds": [], "edited_timestamp": None, "mentions": []}
MESSAGE_READ = frozenset({"id", "channel_id", "guild_id", "author", "member", "content", "mentions", "type",
                          "attachments", "message_snapshots", "referenced_message", "message_reference", "timestamp",
                          "webhook_id", "flags", "edited_timestamp"})  # fmt: skip
READY = {"guilds": [], "shard": [0, 1]}
THREAD_STATE = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": None}
THREAD = {"parent_id": 0, "owner_id": 0, "message_count": 0, "member_count": 0}
USER = {"id": 0, "username": "", "discriminator": "0", "avatar": None}


def filled(given: Mapping[str, Any], absent: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are given, and `absent` for those that are missing or null."""
    return {**absent, **{name: value for name, value in given.items() if value is not None}}


def application(given: Mapping[str, Any]) -> dict[str, Any]:
    """The bot's own application."""
    found = filled(given, APPLICATION)
    return found | {"owner": user(found["owner"])}


def user(given: Mapping[str, Any]) -> dict[str, Any]:
    """A person or a bot."""
    found = filled(given, USER)
    return found | ({"member": filled(found["member"], MEMBER)} if "member" in found else {})


def ready(given: Mapping[str, Any]) -> dict[str, Any]:
    """The first event of a session."""
    found = filled(given, READY)
    about = {"application": filled(found["application"], {"flags": 0})} if "application" in found else {}
    return found | about | {"user": user(found["user"])}


def message(given: Mapping[str, Any]) -> dict[str, Any]:
    """A message, as far as the bot reads it."""
    found = filled({name: value for name, value in given.items() if name in MESSAGE_READ}, MESSAGE)
    found["author"] = user(found["author"])
    found["mentions"] = [user(one) for one in found["mentions"]]
    found["attachments"] = _files(found["attachments"])
    if "member" in found:
        found["member"] = filled(found["member"], MEMBER)
    if "message_snapshots" in found:
        found["message_snapshots"] = [
            {"message": _snapshot(one["message"])} for one in found["message_snapshots"] if one.get("message")
        ]
    if answered := found.pop("referenced_message", None):
        found["referenced_message"] = message({"channel_id": found["channel_id"]} | answered)
        found.setdefault("message_reference", {"message_id": answered["id"]})
    if "message_reference" in found:
        found["message_reference"] = filled(found["message_reference"], {"channel_id": found["channel_id"]})
    return found


def interaction(given: Mapping[str, Any], *, bot: int) -> dict[str, Any]:
    """A command, a press or a form; `bot` is the id of the application, where the event does not name one."""
    found = filled(given, INTERACTION | {"application_id": bot})
    guild = found.get("guild_id")
    person = found.pop("user", {})
    if guild:
        found["member"] = filled(found.get("member") or {"user": person}, MEMBER)
        found["member"]["user"] = user(found["member"].get("user") or person)
    else:
        found.pop("member", None)
        found["user"] = user(person or (given.get("member") or {}).get("user") or {})
    found["channel"] = _channel(found)
    if found["type"] == COMPONENT:
        found["message"] = _pressed(found)
        found["data"]["component_type"] = 2
    else:
        found.pop("message", None)
    if found["type"] == MODAL:
        found["data"].setdefault("components", [])
    return found


def guarded(
    name: str, read: Callable[[Any], None], mend: Callable[[Any], Any], left_out: Callable[[str, Exception], None]
) -> Callable[[Any], None]:
    """discord.py's reader of an event, which ends the connection when it fails: instead, the event is left out."""

    def reading(data: Any) -> None:  # noqa: ANN401 - JSON
        try:
            read(mend(data))
        except MALFORMED as error:
            left_out(name, error)

    return reading


def _files(given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Attachments that can be fetched."""
    absent = {"filename": "file", "size": 0, "proxy_url": ""}
    return [filled(one, absent) for one in given if one.get("id") and one.get("url")]


def _snapshot(given: Mapping[str, Any]) -> dict[str, Any]:
    """A forwarded message: its files are read."""
    found = filled({"attachments": given.get("attachments")}, MESSAGE)
    return found | {"attachments": _files(found["attachments"]), "timestamp": given.get("timestamp")}


def _channel(found: Mapping[str, Any]) -> dict[str, Any]:
    """The channel of an interaction, known by its id alone where nothing else is told."""
    told = found.get("channel") or {}
    channel = filled(told, {"type": 0 if found.get("guild_id") else 1, "name": "", "position": 0})
    channel["id"] = channel.get("id") or found.get("channel_id") or 0
    if channel["type"] in THREADS:
        channel = THREAD | channel
        channel["thread_metadata"] = filled(channel.get("thread_metadata") or {}, THREAD_STATE)
    elif channel["type"] not in PRIVATE_CHANNELS:
        channel["type"] = 0  # voice, stage, and kinds to come: messages can be sent to all of them
    else:
        channel["recipients"] = [user(one) for one in channel.get("recipients", [])]
    return channel


def _pressed(found: Mapping[str, Any]) -> dict[str, Any]:
    """The message of a press, reduced to the button: discord.py looks for it there and passes over a press without."""
    told = found.get("message") or {}
    button = {"type": 2, "style": 2, "label": "-", "custom_id": found["data"]["custom_id"]}
    about = {"id": told.get("id") or found["id"], "channel_id": found["channel"]["id"]}
    return MESSAGE | about | {"author": dict(USER), "components": [{"type": 1, "components": [button]}]}
