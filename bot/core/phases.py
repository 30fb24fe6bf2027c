"""A compound order as the turns it is carried out in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.intents import INSTANT, Intent

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORK = (Intent.UPLOAD, Intent.EDIT, Intent.EXPORT)
"""One turn does these, in this order."""


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
    return tuple(found)


def _joins(last: tuple[Intent, ...], intent: Intent) -> bool:
    if intent in _WORK and set(last) <= set(_WORK):
        return _WORK.index(intent) > _WORK.index(last[-1])
    return intent in INSTANT - {Intent.STOP} and set(last) <= INSTANT - {Intent.STOP}
