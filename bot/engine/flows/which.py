"""Words that could be about several films: the chat is asked which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.films import pinned, unpinned
from bot.engine.address import films_for
from bot.engine.context import ASKED
from bot.engine.outcome import LABEL
from bot.engine.ports import Button
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice

CHOICES = 8
"""Films that get a button; the others are named by their number."""


@dataclass(frozen=True, slots=True)
class Which:
    """Ends the turn with a question. A button, or a bare number, says the same words again for its film."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Harmless to repeat, but for the question."""
        films = await films_for(self.desk.store, turn)
        if not films:
            await voice.say("batch.gone")
            return Step.DONE
        names = "\n".join(f"{film.number}. {film.name}"[:LABEL] for film in films)  # thirty of them fit any chat
        words = unpinned(turn.route.text)
        buttons = tuple(
            Button(label=f"{film.number}. {film.name}"[:LABEL], prompt=pinned(film, words)) for film in films[:CHOICES]
        )
        await self.desk.store.mark(turn.id, ASKED)
        await voice.say("batch.which", names=names, count=len(films), buttons=buttons)
        return Step.DONE
