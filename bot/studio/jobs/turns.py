"""Whose render is next: fair queueing between sessions, by what their renders cost.

A session that had its turn comes again when the others have had as much, so that ten films of one chat do not hold up
two of another. A session that was away has saved nothing up: it begins where the others are. Nothing of this is on
the disk, for what a restart forgets is only whose turn it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_REMEMBERED = 4096  # sessions
_MUCH_SHORTER = 2.0  # a film takes no longer than the half of what another has left


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A render that nobody works on yet; numbers grow in order of submission, `cost` is in seconds."""

    number: int
    session: str
    cost: float


def in_turn(waiting: Iterable[Waiting], due: Mapping[str, float], now: float) -> list[Waiting]:
    """Everything in the order in which it gets its turn, as things are; within a session as it was submitted.

    `due` says up to when, in seconds of service, a session has had its share; `now` is how far all are.
    """
    begins: dict[str, float] = {}
    tagged: list[tuple[float, int, Waiting]] = []
    for one in sorted(waiting, key=lambda one: one.number):
        begin = begins.get(one.session, max(now, due.get(one.session, 0.0)))
        begins[one.session] = begin + one.cost
        tagged.append((begin, one.number, one))
    return [one for *_, one in sorted(tagged, key=lambda entry: entry[:2])]


def fits_beside(cost: float, left: Sequence[float]) -> bool:
    """Whether to begin another film beside those that have so many seconds left: when it is much shorter.

    Two alike would only both come late: the cores are no more for it.
    """
    return all(_MUCH_SHORTER * cost <= rest for rest in left)


class Turns:
    """What each session has had."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._now = 0.0

    def order(self, waiting: Iterable[Waiting]) -> list[Waiting]:
        """Everything in turn."""
        return in_turn(waiting, self._due, self._now)

    def take(self, chosen: Waiting) -> None:
        """It is this one's turn."""
        begin = max(self._now, self._due.pop(chosen.session, 0.0))
        self._now = max(self._now, begin)
        self._due[chosen.session] = begin + chosen.cost
        while len(self._due) > _REMEMBERED:
            del self._due[next(iter(self._due))]
