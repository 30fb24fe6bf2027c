"""Ends and beginnings: a fresh project, and forgetting a chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Renew:
    """Start over: the next file or word belongs to a fresh project."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Harmless to repeat: the project that follows this turn's is begun once."""
        await self.desk.store.new_project(turn.chat, after=turn.project)
        await voice.say("report.renewed")
        return Step.DONE


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete what is kept of a chat, and say honestly what lies elsewhere."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Harmless to repeat."""
        for project in range(1, turn.project + 1):
            for film in await self.desk.store.film_turns(turn.chat, project):
                for file in (path := self.desk.film_path(film)).parent.glob(f"{path.stem}.*"):
                    file.unlink(missing_ok=True)
        count = await self.desk.store.forget(turn.chat)
        await voice.say("report.forgotten", count=count)
        return Step.DONE
