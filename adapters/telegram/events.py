"""What updates mean, beside `Inbound` and `ChatMoved`: the things that the adapter answers itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.chat import ChatRef, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A group became a supergroup."""

    old: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody wants something of the adapter itself."""

    chat: ChatRef
    sender: Sender
    language: str
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Own(Asked):
    """One of the adapter's own commands."""

    command: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Asked):
    """Something that no film can use, sent to the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger(Asked):
    """Somebody who is not on the list wrote in private."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Asked):
    """The bot was added to a group, or its rights there changed."""

    admin: bool
    speaks: bool
    """Whether it may write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap(Asked):
    """A button was pressed. Of an old message Telegram tells the chat and the id alone."""

    update_id: int
    query_id: str
    data: str
