"""What an instruction for an interface amounts to in a chat."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ActionKind(StrEnum):
    """What the bot does instead of the user's clicking."""

    EXPORT = "export"
    EDIT = "edit"
    STATE = "state"
    TIMELINE = "timeline"
    CREDITS = "credits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One instruction, translated."""

    kind: ActionKind
    optional: bool
    """A suggestion ("if you want..."): for a button, never to be run unasked."""
    prompt: str = ""
    """For an edit, what to tell the agent: the words of the instruction without the interface, if there are any."""
    closes: bool = field(default=False, compare=False)
    """Only finishes what was begun before it ("press Save"): behind an export it is no step of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A reply without an interface in it."""

    text: str
    """May be empty: then all of it was instructions."""
    actions: tuple[Action, ...] = ()
    """In order of appearance; the same one counts once."""

    @property
    def kinds(self) -> tuple[ActionKind, ...]:
        """The kinds of actions in order of appearance, repeats collapsed."""
        return tuple(dict.fromkeys(action.kind for action in self.actions))


def steps_of(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that are steps of their own, each once."""
    found: list[Action] = []
    for action in actions:
        if not (action.closes and found and found[-1].kind is ActionKind.EXPORT):
            found.append(action)
    return tuple(dict.fromkeys(found))
