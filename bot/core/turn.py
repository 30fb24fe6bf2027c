"""A turn: one message being carried out, and the items it may carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from bot.core.chat import EventId

if TYPE_CHECKING:
    from datetime import datetime

    from bot.core.chat import ChatRef
    from bot.core.intents import Route
    from bot.core.media import MediaRef

TurnId = NewType("TurnId", str)
"""The id of the event that caused it: the same event is never two turns."""


_PART, _THEN, _AGAIN = "#part", "#then", "#again"
_PLACES = 1000
"""Of turns between two messages of a chat."""
_PLACES_OF_ORDER = 31
"""Of the turns of one order: itself, and the parts of the batch that it may become."""


def part_id(turn_id: TurnId, number: int) -> TurnId:
    """The id of a batch's part, from 1."""
    return TurnId(f"{turn_id}{_PART}{number}")


def then_id(turn_id: TurnId, number: int) -> TurnId:
    """The id of the turn that is the `number`th, from 1, after the first one of a compound order."""
    return TurnId(f"{turn_id}{_THEN}{number}")


def again_id(turn_id: TurnId, number: int) -> TurnId:
    """The id of the `number`th, from 1, of further turns that stand by themselves: films of a batch tried again."""
    return TurnId(f"{turn_id}{_AGAIN}{number}")


def stands_alone(turn_id: TurnId) -> bool:
    """Whether a turn runs whatever became of others of its message."""
    return _AGAIN in turn_id


def is_part(turn_id: TurnId) -> bool:
    """Whether a turn is a part of a batch."""
    return _PART in turn_id


def batch_of(part: TurnId) -> TurnId:
    """The turn whose part this is; a turn that is no part is its own."""
    return TurnId(part.rpartition(_PART)[0] or part)


def event_of(turn_id: TurnId) -> EventId:
    """The event that caused a turn, a part of a batch, or a later turn of a compound order."""
    whole = batch_of(turn_id)
    return EventId(whole.rpartition(_THEN)[0] or whole.rpartition(_AGAIN)[0] or whole)


def lane_order(turn: Turn) -> int:
    """A turn's place in its lane: a batch, its parts, what the same message asked for then, the next message."""
    whole, _, part = turn.id.rpartition(_PART)
    before, _, further = (whole or turn.id).rpartition(_AGAIN if stands_alone(turn.id) else _THEN)
    place = (_number(further) if before else 0) * _PLACES_OF_ORDER + (_number(part) if whole else 0)
    return turn.sequence * _PLACES + place


def part_project(part: Turn) -> int:
    """The number of a part's own project: below zero, apart from those that people begin."""
    return -lane_order(part)


def film_number(project: int) -> int:
    """Which film of its batch a part's project is, from 1."""
    return -project % _PLACES % _PLACES_OF_ORDER


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


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
    event: str = ""
    """The event that brought it."""
    caption: str = ""
    reason: str = ""
    """Message key, only with REFUSED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What a chat is working on."""

    chat: ChatRef
    number: int
    language: str
    """What somebody's words showed the chat to speak; empty while the platform's guess holds."""
    delivered: int = 0
    """How many films of this project reached the chat."""
    private: bool = True
