"""What the drums play, bar by bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.studio.film.music import grooves

if TYPE_CHECKING:
    from bot.studio.film.music.form import Part
    from bot.studio.film.music.grooves import Stroke
    from bot.studio.film.music.moods import Rhythm

_SWELL_S = 2.0
SOFT = frozenset({"heartbeat", "boombap"})
"""Grooves without cymbals that crash or swell."""


def strokes(rhythm: Rhythm, part: Part, bar: int, *, last: bool, beat: float) -> list[Stroke]:
    """One bar of drums; `bar` counts within the part, `last` says that the part ends with it, `beat` is in seconds."""
    played = _PLAYERS[rhythm](part, last=last)
    if rhythm in SOFT:
        return played
    if part == "main" and bar == 0:
        played.append((0, "crash", 0.32, 0.25))
    if part == "build" and last:
        # The cymbal swells for two seconds, so that it breaks off where the main part begins.
        played.append((max(0.0, 4 - _SWELL_S / beat), "swell", 0.3, -0.2))
    return played


_PLAYERS = {
    "brushed": grooves.brushed,
    "four": grooves.four,
    "heartbeat": grooves.heartbeat,
    "taiko": grooves.taiko,
    "drive": grooves.drive,
    "boombap": grooves.boombap,
    "island": grooves.island,
}
