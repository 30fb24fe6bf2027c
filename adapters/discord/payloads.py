"""The bodies of messages, as Discord's description wants them. Nobody is ever pinged but the one who asked."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from bot.engine.ports import Button

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.engine.ports import Picture, Video

SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
SILENT = 1 << 12
MESSAGE_LIMIT = 2000
"""Characters of one message."""
ALT_LIMIT = 1024
PER_ROW, ROWS = 5, 5
LABEL_LIMIT = 80
STOP = Button(label="⏹", command="stop")
PRIMARY = 1
SECONDARY = 2
DANGER = 4


def words(
    text: str,
    *,
    buttons: Iterable[tuple[str, str]] = (),
    flags: int = SUPPRESS_EMBEDS,
    nonce: str = "",
    reply_to: str = "",
    ping: str = "",
) -> dict[str, Any]:
    """A message of words. `buttons` are labels with their custom ids; `nonce` makes a repeated send harmless."""
    body: dict[str, Any] = {"content": text, "allowed_mentions": {"parse": [], "users": [ping] if ping else []}}
    if flags:
        body["flags"] = flags
    if rows := button_rows(buttons):
        body["components"] = rows
    if nonce:
        body |= {"nonce": nonce, "enforce_nonce": True}
    if reply_to:
        body["allowed_mentions"]["replied_user"] = False
        body["message_reference"] = {"message_id": reply_to, "fail_if_not_exists": False}
    return body


def film(body: dict[str, Any], video: Video | Picture) -> dict[str, Any]:
    """The same with the film or picture attached and described for those who cannot see it."""
    alt = video.description or video.caption or video.name
    return body | {"attachments": [{"id": "0", "filename": video.name, "description": alt[:ALT_LIMIT]}]}


def button_rows(buttons: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Rows of at most five."""
    made = [
        {"type": 2, "style": SECONDARY if number else PRIMARY, "label": label[:LABEL_LIMIT], "custom_id": custom_id}
        for number, (label, custom_id) in enumerate(buttons)
    ][: PER_ROW * ROWS]
    return [{"type": 1, "components": made[at : at + PER_ROW]} for at in range(0, len(made), PER_ROW)]


def stop_row(custom_id: str) -> dict[str, Any]:
    """The button that ends a job, understood in every language."""
    return {"type": 1, "components": [{"type": 2, "style": DANGER, "label": STOP.label, "custom_id": custom_id}]}


def nonce_of(key: str) -> str:
    """Discord takes 25 characters and remembers them for some minutes."""
    return hashlib.sha256(key.encode()).hexdigest()[:25]
