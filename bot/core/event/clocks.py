"""When things happened: by the cameras where they tell, by the messages where not, and by no clock that is off."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.event.collection import Share

TOLERANCE = timedelta(minutes=5)
"""A picture may seem to be sent so long before it was taken; beyond that its camera's clock is ahead."""
STEP = timedelta(minutes=30)
"""Zones differ by multiples of this, and so do clocks that were set in another one."""
ASTRAY = timedelta(hours=36)
"""One person's pictures that all lie further than this before everybody else's come from a clock never set."""


def moments(shares: Sequence[Share]) -> Mapping[int, datetime]:
    """For each file the moment that it belongs to, in UTC.

    A camera's times are shifted as one block, so that what one person took keeps its order and its distances.
    """
    offset = _offsets(shares)
    return {
        share.id: share.sent.astimezone(UTC) if (at := _taken(share)) is None else at + offset[share.person]
        for share in shares
    }


def in_order(shares: Sequence[Share]) -> list[int]:
    """Ids by moment; what happened at once stays as it arrived."""
    when = moments(shares)
    return sorted(when, key=lambda share: (when[share], share))


def _offsets(shares: Sequence[Share]) -> dict[str, timedelta]:
    """By person, what is to be added to the times of their camera."""
    taken: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for share in shares:
        if (at := _taken(share)) is not None:
            taken[share.person].append((at, share.sent.astimezone(UTC)))
    found = {share.person: timedelta() for share in shares}
    found |= {person: _ahead(pairs) for person, pairs in taken.items()}
    for person, pairs in taken.items():
        others = [at.timestamp() for other, theirs in taken.items() if other != person for at, _ in theirs]
        newest, first_sent = max(at for at, _ in pairs), min(sent for _, sent in pairs)
        if others and newest < datetime.fromtimestamp(median(others), UTC) - ASTRAY:
            found[person] = first_sent - newest
    return found


def _ahead(pairs: Sequence[tuple[datetime, datetime]]) -> timedelta:
    """How far back a clock must be set that shows times after its pictures were sent, in whole steps."""
    most = max(at - sent for at, sent in pairs)
    return -STEP * -(-most // STEP) if most > TOLERANCE else timedelta()


def _taken(share: Share) -> datetime | None:
    taken = share.look.taken if share.look else None
    if taken is None:
        return None
    return taken.astimezone(UTC) if taken.tzinfo else taken.replace(tzinfo=UTC)
