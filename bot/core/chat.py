"""Who speaks, where: chats, senders and what arrives from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.event.votes import Sign
    from bot.core.media import MediaRef

EventId = NewType("EventId", str)
"""A platform's own id of an update, prefixed with the platform: the same update twice is one event."""


class ChatKind(StrEnum):
    """Whether others read along."""

    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRef:
    """One conversation: the key of its lane, its project and its memory. Topics and threads are chats of their own."""

    platform: str
    chat_id: str
    thread_id: str = ""

    @property
    def key(self) -> str:
        """The form in which a chat is stored; `from_key` reads it back."""
        return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in self._parts())

    def _parts(self) -> tuple[str, str, str]:
        return self.platform, self.chat_id, self.thread_id

    @classmethod
    def from_key(cls, key: str) -> ChatRef:
        """Undo `key`; ValueError when the text is none."""
        platform, chat_id, thread_id = (part.replace("%2F", "/").replace("%25", "%") for part in key.split("/"))
        return cls(platform=platform, chat_id=chat_id, thread_id=thread_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A person as the platform names them."""

    id: str
    name: str = ""


def person_key(platform: str, sender: Sender) -> str:
    """A person's name among all platforms."""
    return f"{platform}:{sender.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """Something that arrived: words, media, or both. Nothing is downloaded yet."""

    event_id: EventId
    chat: ChatRef
    chat_kind: ChatKind
    message_id: str
    sender: Sender
    at: datetime
    """When the platform says it was sent; aware."""
    language: str = ""
    """The platform's guess of the sender's language (BCP 47), or empty."""
    text: str = ""
    """What was said; for media, its caption; behind a command, the rest of the line."""
    command: str = ""
    """A command of the platform without its slash (`highlight`, ...), or empty. `core.commands` knows them."""
    media: tuple[MediaRef, ...] = ()
    group_id: str = ""
    """Album id: items that share one belong together."""
    reply_to: str = ""
    """Id of the message that this one answers, or empty."""
    addressed: bool = True
    """Whether the bot was meant: always in private, by mention, reply or command in a group."""
    shape: str = ""
    """One of `core.shape.SHAPES` when films are to have it here unless something else is said, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMoved:
    """The platform gave a chat another id (a Telegram group became a supergroup)."""

    old: ChatRef
    new: ChatRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """Somebody put signs on a message or took them away. Told twice, it says the same."""

    chat: ChatRef
    """Where; a platform that does not tell the topic names the chat above it."""
    sender: Sender
    message_id: str
    put: frozenset[Sign]
    taken: frozenset[Sign]


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed:
    """Somebody left a place and all its chats at once."""

    sender: Sender
    chats: tuple[ChatRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted:
    """What somebody's answer to a poll of ours is now. Told twice, it says the same."""

    chat: ChatRef
    sender: Sender
    among: tuple[str, ...]
    """The values of all the poll's options."""
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """All signs on a message as they are now."""

    message_id: str
    likes: frozenset[str]
    """Ids of people."""
    outs: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """For a while a platform told neither signs nor departures: what can be read of them is to be read."""

    platform: str


@dataclass(slots=True, kw_only=True)
class Checkup:
    """Somebody asks what keeps the bot from working. `lines` has what the engine knows of it once it was accepted."""

    language: str
    """A catalogue's language, or the platform's word for one."""
    lines: list[str] = field(default_factory=list)


Arrival = Inbound | ChatMoved | Reacted | Departed | Voted | Away | Checkup
"""Whatever a platform hands to the engine."""
