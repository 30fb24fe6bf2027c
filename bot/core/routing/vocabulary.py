"""The names of what somebody can want, and the decision about one message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """What a message asks for. All but EDIT stay away from the backend's agent."""

    EXPORT = "export"
    CREDITS = "credits"
    STATE = "state"
    UPLOAD = "upload"
    EDIT = "edit"
    HELP = "help"
    STOP = "stop"
    NEW = "new"
    SMALLTALK = "smalltalk"
    OFF_TOPIC = "off_topic"
    LAST = "last"  # this one and the next five come from commands and buttons, not from words
    ORIGINAL = "original"
    RETRY = "retry"
    FETCH = "fetch"
    AMEND = "amend"
    FORGET = "forget"
    EVENT = "event"


INSTANT = frozenset(
    {Intent.CREDITS, Intent.STATE, Intent.HELP, Intent.STOP, Intent.SMALLTALK, Intent.OFF_TOPIC, Intent.RETRY}
    | {Intent.EVENT, Intent.AMEND},
)
"""Answered at once, beside the chat's lane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The decision about one message: intents in the order in which they are carried out."""

    intents: tuple[Intent, ...]
    text: str = ""
    """What the agent is told, if anything."""
    highlight: bool = False
    """An explicit request for a highlight video: exported and delivered without asking."""
    rule: str = ""
    """The rows that decided, by name, in the order of the message; for `highlight-bot explain`."""

    @property
    def instant(self) -> bool:
        """Whether nothing in it has to wait for its turn."""
        return bool(self.intents) and INSTANT.issuperset(self.intents)
