"""How much one person, and one chat, may ask within a minute."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

MINUTE = 60.0


@dataclass(slots=True, kw_only=True)
class Pace:
    """Counts what was let through. Times are seconds of one clock that the caller reads."""

    member: int
    chat: int
    _past: dict[str, deque[float]] = field(default_factory=dict)

    def lets(self, now: float, *, member: str, chat: str) -> bool:
        """Whether one more may be answered now; if so, it counts."""
        self._past = {name: times for name, times in self._past.items() if times[-1] > now - MINUTE}
        limits = ((f"member {member}", self.member), (f"chat {chat}", self.chat))
        if any(self._count(name, now) >= limit for name, limit in limits):
            return False
        for name, _ in limits:
            self._past.setdefault(name, deque()).append(now)
        return True

    def _count(self, name: str, now: float) -> int:
        times = self._past.get(name, deque())
        while times and times[0] <= now - MINUTE:
            times.popleft()
        return len(times)
