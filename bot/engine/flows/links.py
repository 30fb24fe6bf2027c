"""Media by address: the service fetches them by itself, where it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import BackendDown, BadAnswer, EditorError, SessionGone, UserError
from bot.core.links import links_in
from bot.core.media import HD_SKILL
from bot.engine.outcome import opened_session
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses are the user's own words, so the service may see them; nothing of ours is in them."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises UserError when the service does not take them. Entered again, it does not ask twice."""
        if "linked" in await self.desk.store.marks(turn.id):
            return Step.GATHER
        session = await opened_session(self.desk, turn, voice, skill=HD_SKILL)
        links = links_in(turn.route.text)
        await voice.show("status.linking", count=len(links))
        await self.desk.store.mark(turn.id, "linked")
        try:
            taken = await self.desk.editor.upload_urls(session, links)
        except (BackendDown, SessionGone, BadAnswer):
            raise
        except EditorError:
            raise UserError("upload.links_refused") from None
        await voice.show("status.linked", count=len(taken))
        return Step.GATHER
