"""What a message says: its command, its words without the bot's name, and whether the bot was named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import MessageEntity
from telegram.constants import MessageEntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message

_UTF16 = "utf-16-le"
_COMMAND = re.compile(r"^/[a-z0-9_]{1,32}(?:@[a-z0-9_]+)?(?![^\s])", re.ASCII | re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@/.])@[a-z0-9_]{5,32}(?!\w)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The bot as Telegram knows it."""

    id: int
    username: str
    reads_all: bool = False
    """Whether group messages that do not concern it reach it (privacy mode is off)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text or caption, taken apart."""

    text: str = ""
    """Without the command and without the bot's name."""
    command: str = ""
    """Without slash and bot name, lower case."""
    named: bool = False
    """The bot was mentioned, or the command was addressed to it."""
    for_another: bool = False
    """A command addressed to another bot."""


def words_of(message: Message, me: Me) -> Words:
    """Read a message. Entities may lie outside the text, or overlap: what they do not cover stays."""
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities or _plain(text)
    units = text.encode(_UTF16, "surrogatepass")
    command, to, rest = "", "", units
    named = any(_names(entity, units, me) for entity in entities)
    mentions = [entity for entity in entities if _names(entity, units, me)]
    for entity in sorted(mentions, key=lambda one: one.offset, reverse=True):
        rest = rest[: 2 * entity.offset] + rest[2 * (entity.offset + entity.length) :]
    if first := _command(entities):
        command, _, to = _covered(first, units).removeprefix("/").partition("@")
        rest = rest[2 * first.length :]
    return Words(
        text=" ".join(rest.decode(_UTF16, "replace").split(" ")).strip(),
        command=command.lower(),
        named=named or to.lower() == me.username.lower() != "",
        for_another=bool(to) and to.lower() != me.username.lower(),
    )


def _plain(text: str) -> list[MessageEntity]:
    """The command and the mentions of a text that came without marks, as from a server that makes none."""
    found = [(MessageEntityType.BOT_COMMAND, one) for one in _COMMAND.finditer(text)]
    found += [(MessageEntityType.MENTION, one) for one in _MENTION.finditer(text)]
    return [
        MessageEntity(kind, len(text[: one.start()].encode(_UTF16)) // 2, one.end() - one.start())
        for kind, one in found
    ]


def _command(entities: Sequence[MessageEntity]) -> MessageEntity | None:
    return next((one for one in entities if one.type == MessageEntityType.BOT_COMMAND and one.offset == 0), None)


def _names(entity: MessageEntity, units: bytes, me: Me) -> bool:
    if entity.type == MessageEntityType.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    mention = entity.type == MessageEntityType.MENTION
    return mention and bool(me.username) and _covered(entity, units).lower() == f"@{me.username.lower()}"


def _covered(entity: MessageEntity, units: bytes) -> str:
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode(_UTF16, "replace")
