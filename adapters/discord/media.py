"""Files of messages: named by where they hang, fetched anew when their signed link has expired."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from yarl import URL

from bot.core.media import MediaKind, MediaRef, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME = "discord"
MARGIN = 60.0
"""Seconds before its expiry at which a link is not tried any more."""


def message_media(message: Mapping[str, Any]) -> tuple[MediaRef, ...]:
    """The files of a message, those of a forwarded one included."""
    snapshots = [snapshot.get("message") or {} for snapshot in message.get("message_snapshots") or []]
    attachments = [file for part in (message, *snapshots) for file in part.get("attachments") or [] if _is_file(file)]
    where = {"channel": str(message.get("channel_id", "")), "message": str(message.get("id", ""))}
    return tuple(_ref(file, where | {"attachment": str(file["id"]), "url": file["url"]}) for file in attachments)


def interaction_media(attachments: Iterable[Mapping[str, Any]], event: str) -> tuple[MediaRef, ...]:
    """The files of an interaction, which no message holds: `file` is their name in the spool."""
    return tuple(
        _ref(file, {"file": f"{event.rpartition(':')[2]}-{int(file['id'])}", "url": file["url"]})
        for file in attachments
        if _is_file(file)
    )


def usable(media: Iterable[MediaRef]) -> tuple[MediaRef, ...]:
    """Those that claim to be photos, clips or sound."""
    return tuple(ref for ref in media if ref.kind is not MediaKind.OTHER)


def expired(url: str) -> bool:
    """Whether a signed link is over, or nearly. A link without a date is not."""
    try:
        until = URL(url, encoded=True).query.get("ex", "")
        return bool(until) and int(until, 16) < time.time() + MARGIN
    except ValueError:
        return False


def fresh_link(message: Mapping[str, Any], attachment: str) -> str | None:
    """The link of an attachment in a message as it is now."""
    for ref in message_media(message):
        where = json.loads(ref.locator)
        if where["attachment"] == attachment:
            return str(where["url"])
    return None


def _is_file(file: Mapping[str, Any]) -> bool:
    """Whether something that calls itself an attachment can be fetched, and named in a folder."""
    return str(file.get("id")).isdecimal() and isinstance(file.get("url"), str)


def _ref(file: Mapping[str, Any], where: Mapping[str, str]) -> MediaRef:
    name, mime = str(file.get("filename") or "file"), str(file.get("content_type") or "").partition(";")[0]
    size = file.get("size")
    return MediaRef(
        platform=NAME,
        locator=json.dumps(where),
        name=name,
        kind=kind_of(name, mime),
        mime=mime,
        size=size if isinstance(size, int) else None,
    )
