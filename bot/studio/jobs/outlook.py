"""What the studio expects: how long each render takes, which is next, and when those that wait will be done."""

import json
from collections import deque
from collections.abc import Collection

from bot.studio.jobs import estimate
from bot.studio.jobs.turns import Turns, Waiting
from bot.studio.store import renders
from bot.studio.store.database import Database

_REMEMBERED = 60  # films
_UNKNOWN = 1.0  # seconds that a draft is given which will be refused


class Outlook:
    """Learns from every film that had the cores to itself."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns = Turns()
        self._history: deque[estimate.Timed] = deque(maxlen=_REMEMBERED)
        self._until: dict[int, float] = {}

    async def recall(self) -> None:
        """Read what films took before this start."""
        for work, seconds in reversed(await renders.timed(self._database, _REMEMBERED)):
            self._history.append(estimate.Timed(work=estimate.from_json(json.loads(work)), seconds=seconds))

    def learn(self, work: str | None, seconds: float) -> None:
        """A film was made, and nothing else beside it."""
        if work is not None:
            self._history.append(estimate.Timed(work=estimate.from_json(json.loads(work)), seconds=seconds))

    def expected(self, work: str | None) -> float:
        """Seconds that a render takes."""
        return _UNKNOWN if work is None else estimate.seconds(estimate.from_json(json.loads(work)), self._history)

    async def in_turn(self, running: Collection[int]) -> list[Waiting]:
        """Every render that is not `running`, the next one first."""
        waiting = [
            Waiting(number=number, session=session, cost=self.expected(work))
            for number, session, work in await renders.unfinished(self._database)
            if number not in running
        ]
        return self._turns.order(waiting)

    def take(self, chosen: Waiting) -> None:
        """One of them is begun."""
        self._turns.take(chosen)

    def changed(self) -> None:
        """Something was begun or has ended: who waits is asked about anew."""
        self._until.clear()

    async def until(self, number: int, running: Collection[int]) -> float:
        """Seconds of work until a waiting render is done, without what is left of those that are `running`."""
        if number not in self._until:
            done = 0.0
            for one in await self.in_turn(running):
                done += one.cost
                self._until[one.number] = done
        return self._until.get(number, 0.0)
