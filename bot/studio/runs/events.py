"""What happens in a run, before it has a form on the wire."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of the agent."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """The agent begins to use a tool."""

    id: str
    name: str
    args: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The tool is done; `draft` is what it made of the film."""

    id: str
    name: str
    response: dict[str, Any]
    draft: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broke:
    """The run has failed."""

    message: str


@dataclass(frozen=True, slots=True)
class FellSilent:
    """The run ends without words."""


@dataclass(frozen=True, slots=True)
class Waited:
    """Nothing has happened for one heartbeat interval."""


Event = Said | Called | Returned | Broke | FellSilent | Waited


class Feed:
    """The events of one run, for whoever listens; the run does not care whether anybody does."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._closed = False
        self._news = asyncio.Event()

    def add(self, event: Event) -> None:
        """Tell an event."""
        self._events.append(event)
        self._news.set()

    def close(self) -> None:
        """Nothing more will come."""
        self._closed = True
        self._news.set()

    async def follow(self, *, interval: float) -> AsyncIterator[Event]:
        """All events from the first to the end, with a `Waited` after every `interval` seconds of nothing."""
        told = 0
        while True:
            if told < len(self._events):
                yield self._events[told]
                told += 1
                continue
            if self._closed:
                return
            self._news.clear()
            try:
                async with asyncio.timeout(interval):
                    await self._news.wait()
            except TimeoutError:
                yield Waited()
