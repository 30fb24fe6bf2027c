"""A turn: one message being carried out, and the items it may carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.chat import ChatRef
    from bot.core.intents import Route
    from bot.core.media import MediaRef

TurnId = NewType("TurnId", str)
"""The id of the event that caused it: the same event is never two turns."""


class TurnState(StrEnum):
    """Where a turn is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message on its way to an answer."""

    id: TurnId
    chat: ChatRef
    sequence: int
    """Order in its chat; the lane runs in it."""
    route: Route
    language: str
    """Of the answer: a catalogue's language code."""
    project: int
    """Number of the chat's project it belongs to."""
    aside: bool = False
    """Runs beside the lane: an instant answer."""
    state: TurnState = TurnState.WAITING


class ItemState(StrEnum):
    """Where a file is on its way to the backend."""

    ARRIVED = "arrived"
    UPLOADED = "uploaded"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file in a project's tray."""

    id: int
    ref: MediaRef
    state: ItemState
    arrived: datetime
    caption: str = ""
    reason: str = ""
    """Message key, only with REFUSED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What a chat is working on."""

    chat: ChatRef
    number: int
    language: str
    delivered: int = 0
    """How many films of this project reached the chat."""
    private: bool = True
