"""How one picture becomes the next. Every transition is a function of two drawn pictures and an eased progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.studio.film import blends, moves, wipes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.codec.planes import Planes
    from bot.studio.film.model import Transition


def ease(share: float) -> float:
    """Slow, fast, slow: 0 to 1 without overshoot."""
    return share * share * (3 - 2 * share)


def mix(kind: Transition, old: Planes, new: Planes, share: float, out: Planes) -> None:
    """Draw the moment `share` (0 to 1, uneased) of a transition into `out`, which may be neither input."""
    _MIXES[kind](old, new, ease(share), out)


def _whip(old: Planes, new: Planes, share: float, out: Planes) -> None:
    moves.whip(old, new, ease(share), out)  # eased twice: it hesitates, then it is over


_MIXES: dict[Transition, Callable[[Planes, Planes, float, Planes], None]] = {
    "cut": blends.cut,
    "crossfade": blends.crossfade,
    "defocus": blends.defocus,
    "glow": blends.glow,
    "dip": blends.dip,
    "slide": moves.slide,
    "push": moves.push,
    "parallax": moves.parallax,
    "whip": _whip,
    "wipe": wipes.wipe,
    "diagonal": wipes.diagonal,
    "iris": wipes.iris,
    "zoom": moves.zoom,
}
