"""A compound order as the turns it is carried out in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.intents import INSTANT, Intent
from bot.core.turn import TurnState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.turn import Turn

_WORK = (Intent.UPLOAD, Intent.EDIT, Intent.EXPORT)
"""One turn does these, in this order."""
PHASES_MOST = 30
"""Turns that one message may become; what is behind them is left out."""
_UNDONE = frozenset({TurnState.FAILED, TurnState.STOPPED})


def phases(intents: Sequence[Intent]) -> tuple[tuple[Intent, ...], ...]:
    """Split intents into turns, the order kept: "add music, export it, and what are my credits?" is two.

    Upload, edit and export belong together in this order; answers belong together; everything else stands alone.
    """
    found: list[tuple[Intent, ...]] = []
    for intent in intents:
        last = found[-1] if found else ()
        if last and _joins(last, intent):
            found[-1] = (*last, intent)
        else:
            found.append((intent,))
    return tuple(found[:PHASES_MOST])


def may_follow(intents: Sequence[Intent], earlier: Sequence[tuple[Sequence[Intent], TurnState]]) -> bool:
    """Whether a later turn of a compound may run: never as if an earlier one had worked that did not.

    An answer may, and so may what comes behind one: neither rests on the other.
    """
    return set(intents) <= INSTANT or not any(
        state in _UNDONE and not set(before) <= INSTANT for before, state in earlier
    )


def project_after(number: int, ahead: Iterable[Turn]) -> int:
    """The project that words belong to: the chat's own, or the one that the last new beginning in line will bring."""
    return max([number, *(turn.project + 1 for turn in ahead if Intent.NEW in turn.route.intents)])


def _joins(last: tuple[Intent, ...], intent: Intent) -> bool:
    if intent in _WORK and set(last) <= set(_WORK):
        return _WORK.index(intent) > _WORK.index(last[-1])
    return intent in INSTANT - {Intent.STOP} and set(last) <= INSTANT - {Intent.STOP}
