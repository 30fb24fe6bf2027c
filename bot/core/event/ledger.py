"""Who is in with what: the one computation behind the card, the list and the words under the film."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.event.collection import DROPPED, DUPLICATE, OVER
from bot.core.event.twins import twins
from bot.core.media import MediaKind
from bot.core.turn import ItemState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.event.collection import Share


class Fate(StrEnum):
    """What becomes of a file."""

    IN = "in"
    COMING = "coming"  # it is being downloaded
    DUPLICATE = "duplicate"
    DROPPED = "dropped"  # by the group's choice
    OVER = "over"  # its sender, or the group, had sent as many as are taken
    TOO_BIG = "too_big"
    UNUSABLE = "unusable"
    LEFT_OUT = "left_out"  # by the editing service
    WITHDRAWN = "withdrawn"


_REASONS = {
    "media.too_large": Fate.TOO_BIG,
    "telegram.too_large": Fate.TOO_BIG,
    "media.too_many": Fate.OVER,
    OVER: Fate.OVER,
}
_OURS = frozenset({DUPLICATE, DROPPED})
"""Reasons that are judged anew each time."""
COUNTED = frozenset({Fate.IN, Fate.COMING, Fate.LEFT_OUT})
"""What the card counts as sent and usable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One who sent something."""

    key: str
    name: str
    files: int
    """How many of them count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every file of a collection, judged."""

    fates: Mapping[int, Fate]
    instead: Mapping[int, int]
    """For each duplicate, the file that is kept."""
    people: tuple[Person, ...]
    """In the order in which they first sent something. Only who has a file that counts, or a duplicate of one."""
    photos: int
    clips: int
    counts: Mapping[Fate, int]

    @property
    def total(self) -> int:
        """Files that count."""
        return self.photos + self.clips


def ledger(shares: Sequence[Share], *, everything: bool = False) -> Ledger:
    """Judge the files of a collection. With `everything`, duplicates stay in."""
    fates = {share.id: _fate(share) for share in shares}
    rivals = [share for share in shares if fates[share.id] in COUNTED]
    instead = {} if everything else dict(twins(rivals))
    fates |= dict.fromkeys(instead, Fate.DUPLICATE)
    dropped = {instead.get(share.id, share.id) for share in shares if share.dropped}  # the picture, whoever's version
    fates |= {share.id: Fate.DROPPED for share in rivals if instead.get(share.id, share.id) in dropped}
    counted = [share for share in shares if fates[share.id] in COUNTED]
    photos = sum(share.ref.kind is MediaKind.PHOTO for share in counted)
    return Ledger(
        fates=fates,
        instead=instead,
        people=_people(shares, fates),
        photos=photos,
        clips=len(counted) - photos,
        counts=Counter(fates.values()),
    )


def is_over(shares: Sequence[Share], share: Share, *, member: int, chat: int) -> bool:
    """Whether a person, or the group, had sent as many files as are taken before this one."""
    usable = [one for one in shares if one.id < share.id and not one.withdrawn and not (one.look and one.look.error)]
    return len(usable) >= chat or sum(one.person == share.person for one in usable) >= member


def _people(shares: Sequence[Share], fates: Mapping[int, Fate]) -> tuple[Person, ...]:
    """A duplicate counts for its sender too: everybody who took the picture is named."""
    credited = [share for share in shares if fates[share.id] in COUNTED | {Fate.DUPLICATE}]
    files = Counter(share.person for share in credited)
    names = {share.person: share.name for share in credited}
    return tuple(Person(key=key, name=names[key] or "?", files=files[key]) for key in files)


def _fate(share: Share) -> Fate:
    if share.withdrawn:
        return Fate.WITHDRAWN
    reason = share.reason if share.state is ItemState.REFUSED and share.reason not in _OURS else ""
    reason = reason or (share.look.error if share.look else "")
    if reason:
        return _REASONS.get(reason, Fate.UNUSABLE)
    if share.look is None:
        return Fate.COMING
    return Fate.LEFT_OUT if share.shown is False and share.state is ItemState.UPLOADED else Fate.IN
