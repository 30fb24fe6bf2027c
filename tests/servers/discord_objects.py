"""Discord's objects as its server sends them, as far as a bot reads them."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime
from typing import Any

EPOCH = 1_420_070_400_000
BOT, APPLICATION, OWNER = "7001", "7001", "9001"
GUILD, CHANNEL, FORUM_POST = "100", "200", "210"
MIB = 1 << 20
ALL_PERMISSIONS = (1 << 53) - 1
ADMINISTRATOR, MANAGE_MESSAGES = 1 << 3, 1 << 13

_counter = itertools.count()


def snowflake(at: float | None = None) -> str:
    """An id of this moment."""
    return str((int((at or time.time()) * 1000) - EPOCH) << 22 | next(_counter) & 0x3FFFFF)


def user(name: str, number: str, *, bot: bool = False) -> dict[str, Any]:
    return {
        "id": number,
        "username": name,
        "global_name": name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
    }


BOT_USER = user("highlights", BOT, bot=True)
ANA, BO = user("ana", "9001"), user("bo", "9002")


def member(
    person: dict[str, Any], *, permissions: int = ALL_PERMISSIONS, roles: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        "user": person,
        "roles": list(roles),
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": str(permissions),
    }


def text_channel(number: str, name: str) -> dict[str, Any]:
    return {
        "id": number,
        "type": 0,
        "guild_id": GUILD,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "topic": None,
        "parent_id": None,
        "rate_limit_per_user": 0,
        "last_message_id": None,
    }


def thread(number: str, parent: str, name: str) -> dict[str, Any]:
    return {
        "id": number,
        "type": 11,
        "guild_id": GUILD,
        "parent_id": parent,
        "owner_id": BOT,
        "name": name,
        "last_message_id": None,
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2026-01-01T00:00:00+00:00",
            "locked": False,
        },
    }


def dm_channel(number: str, person: dict[str, Any]) -> dict[str, Any]:
    return {"id": number, "type": 1, "last_message_id": None, "recipients": [person], "flags": 0}


def guild(
    channels: list[dict[str, Any]], threads: list[dict[str, Any]], *, tier: int = 0, permissions: int = ALL_PERMISSIONS
) -> dict[str, Any]:
    """`permissions` are everybody's; the owner has all."""
    everyone = {
        "id": GUILD,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": GUILD,
        "name": "Garden",
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "description": None,
        "banner": None,
        "vanity_url_code": None,
        "owner_id": OWNER,
        "afk_channel_id": None,
        "afk_timeout": 0,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "roles": [everyone],
        "emojis": [],
        "stickers": [],
        "features": [],
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "premium_tier": tier,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": "en-US",
        "channels": channels,
        "threads": threads,
        "members": [member(BOT_USER)],
        "member_count": 3,
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "large": False,
        "unavailable": False,
        "joined_at": "2026-01-01T00:00:00+00:00",
    }


def attachment(number: str, name: str, size: int, mime: str, url: str) -> dict[str, Any]:
    return {"id": number, "filename": name, "size": size, "content_type": mime, "url": url, "proxy_url": url}


def message(
    channel: dict[str, Any], author: dict[str, Any], content: str = "", *, number: str = "", **more: Any
) -> dict[str, Any]:
    made = {
        "id": number or snowflake(),
        "channel_id": channel["id"],
        "type": 0,
        "author": author,
        "content": content,
        "timestamp": datetime.now(UTC).isoformat(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
    }
    return made | {name: value for name, value in more.items() if value is not None}


def application() -> dict[str, Any]:
    return {
        "id": APPLICATION,
        "name": "Highlights",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": ANA,
        "verify_key": "0" * 64,
        "flags": 1 << 19,
        "team": None,
        "summary": "",
    }
