"""The small text that answers a press: only who pressed sees it, so it carries what concerns nobody else."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

LENGTH = 200
"""Characters that Telegram shows."""
PATIENCE = 1.5
"""Seconds for which a press waits for words. Its button shows that it works meanwhile."""


class Toasts:
    """Presses that wait for what the engine makes of them, by their events."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[str]] = {}

    @contextmanager
    def expected(self, event: str) -> Iterator[Callable[[], Coroutine[None, None, str]]]:
        """What is called inside gives the words for this event, or none when none came in time."""
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting[event] = answer

        async def words() -> str:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    return await answer
            return ""

        try:
            yield words
        finally:
            self._waiting.pop(event, None)

    def give(self, key: str, text: str) -> bool:
        """Answer the press that a message key begins with; whether one waits and the text fits."""
        answer = self._waiting.get(_event_of(key))
        if answer is None or answer.done() or len(text) > LENGTH:
            return False
        answer.set_result(text)
        return True

    def release(self, key: str) -> None:
        """What a press led to is to be seen in the chat: it need not wait any longer."""
        self.give(key, "")


def _event_of(key: str) -> str:
    return ":".join(key.partition("#")[0].split(":")[:4])
