"""What stands on a collection's contact sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.event.ledger import Fate
from bot.core.event.votes import arranged
from bot.core.media import MediaKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.event.collection import Share
    from bot.core.event.ledger import Ledger

SHOWN = frozenset({Fate.IN, Fate.COMING, Fate.LEFT_OUT, Fate.DROPPED})
"""What can be chosen among: everything that counts, and what was dropped, so that it can be had back."""
NAME = 24
"""Characters of a name below a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One numbered picture."""

    item: int
    number: int
    person: str
    name: str
    """Who sent it, or nothing where names are off."""
    votes: int
    clip: bool
    dropped: bool


def order(shares: Sequence[Share], found: Ledger) -> list[int]:
    """The files that stand on a sheet, in the order in which new ones are numbered: that of the story."""
    return arranged([share for share in shares if found.fates[share.id] in SHOWN])


def candidates(shown: Sequence[Tile], *, most: int) -> list[Tile]:
    """What is voted about: all that is in, where that is not too many, else one file of each person."""
    there = [tile for tile in shown if not tile.dropped]
    firsts = {tile.person: tile for tile in reversed(there)}
    return there if len(there) <= most else sorted(firsts.values(), key=lambda tile: tile.number)[:most]


def tiles(shares: Sequence[Share], found: Ledger, *, names: bool) -> list[Tile]:
    """The sheet by its numbers."""
    return [
        Tile(
            item=share.id,
            number=share.number,
            person=share.person,
            name=" ".join(share.name.split())[:NAME] if names else "",
            votes=share.votes,
            clip=share.ref.kind is not MediaKind.PHOTO,
            dropped=found.fates[share.id] is Fate.DROPPED,
        )
        for share in sorted(shares, key=lambda share: share.number)
        if share.number and found.fates[share.id] in SHOWN
    ]
