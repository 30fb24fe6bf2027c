"""What is left of an order whose beginning did not work is not carried out, and that is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice

_LEFT = "left"


@dataclass(frozen=True, slots=True)
class Leave:
    """Ends a later turn of a compound order as failed. The first that is left speaks for those behind it."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Harmless to repeat, but for the sentence."""
        earlier = await self.desk.store.earlier_phases(turn)
        said = [before for before in earlier if _LEFT in await self.desk.store.marks(before.id)]
        await self.desk.store.mark(turn.id, _LEFT)
        if not said:
            await voice.say("compound.left")
        return Step.FAILED
