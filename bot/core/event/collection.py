"""A collection: whose files make one film, and what became of each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.chat import ChatKind, EventId, Inbound, Sender
from bot.core.turn import ItemState

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.chat import ChatRef
    from bot.core.media import MediaRef

OPTED_OUT = "event.opted_out"
REMOVED = "event.removed"
DUPLICATE = "event.duplicate"
DROPPED = "event.dropped"
OVER = "event.over"
WITHDRAWN = frozenset({OPTED_OUT, REMOVED})
"""Reasons of files that no further version may contain, and that no service may hold for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One event in its chat. While it is open, files from its chat, its topics and its guests count in."""

    id: int
    chat: ChatRef
    project: int
    title: str
    language: str
    code: str
    """What guests join by."""
    opener: str
    """Who asked for it: a person's key."""
    open: bool = True
    until: datetime | None = None
    asked: bool = False
    """Whether the one question about going on was asked."""
    offered: bool = False
    """Whether a version with what came after the film was offered."""
    everything: bool = False
    """Duplicates are wanted too."""
    names: bool = True
    """Whether the film ends with who sent what is in it."""
    picking: bool = False
    """Whether a live line shows what was chosen."""


CLOCK = "clock:"
"""Begins the id of an event that nobody sent: its time had come."""


def closing(collection: Collection, *, private: bool) -> Inbound:
    """The end of a collection with a date, as an event like any other: carried out once, also after a crash."""
    platform, _, person = collection.opener.partition(":")
    assert collection.until is not None
    return Inbound(
        event_id=EventId(f"{CLOCK}{platform}:{collection.id}"),
        chat=collection.chat,
        chat_kind=ChatKind.PRIVATE if private else ChatKind.GROUP,
        message_id="",
        sender=Sender(id=person),
        at=collection.until,
        language=collection.language,
        text="close",
        command="event",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen in a file, before anything of it left this machine."""

    digest: str = ""
    """SHA-256 of its bytes, in hexadecimal."""
    likeness: int | None = None
    """64 bits that near duplicates share; none for clips and sounds."""
    pixels: int = 0
    taken: datetime | None = None
    """When the shutter was pressed; naive where the camera wrote no zone."""
    tall: bool = False
    """Whether it is clearly higher than wide."""
    error: str = ""
    """Message key: why it cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One file that somebody sent."""

    id: int
    person: str
    """`platform:user id`."""
    name: str
    """What the person is called."""
    ref: MediaRef
    state: ItemState
    sent: datetime
    reason: str = ""
    look: Look | None = None
    """None until it was looked at."""
    shown: bool | None = None
    """Whether the last film has it; None before there is one."""
    number: int = 0
    """What it is called on the contact sheet, from 1; 0 before it was on one."""
    dropped: bool = False
    """Whether the group chose to leave it out."""
    lead: int = 0
    """Its place, from 1, among those that were chosen to begin the film; 0 for none."""
    votes: int = 0
    """How many people like it."""

    @property
    def withdrawn(self) -> bool:
        """Whether somebody took it out."""
        return self.state is ItemState.REFUSED and self.reason in WITHDRAWN
