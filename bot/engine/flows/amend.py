"""A message was changed: what it says now counts while nothing was made of what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.commands import route_command
from bot.core.films import unpinned
from bot.core.intents import Intent, route
from bot.core.turn import Turn, event_of, then_id
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.chat import Inbound
    from bot.core.intents import Route
    from bot.engine.turn import Voice

_LATE = "late"


@dataclass(frozen=True, slots=True)
class Amend:
    """New words in the place of the old ones; a wish of their own where there were none; else a sentence, once."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Harmless to repeat: what reads so already is left alone."""
        store = self.desk.store
        now = await store.event(event_of(turn.id))
        before = await store.said(now.chat, now.message_id)
        newest = await store.changed(now.chat, now.message_id)
        outdated = newest is not None and newest.event_id != now.event_id
        if before is None or outdated or _spoken(before) == now.text:
            return Step.DONE
        begun = [one for one in await store.turns_of(before.event_id) if not one.route.instant]
        wish = now.addressed and not (_spoken(before) and before.addressed)
        meant = self._meaning(turn, now.text, has_media=bool(before.media) and not wish)
        if wish and meant.intents:
            await self._begin(turn, meant)
        elif begun and now.addressed and not await self._replaced(begun, meant):
            await self._too_late(begun[0], voice)
        await store.reword(before.event_id, now.text if wish else _words(now.text))
        return Step.DONE

    def _meaning(self, turn: Turn, text: str, *, has_media: bool) -> Route:
        command, words = _apart(text)
        prompt = self.desk.catalog.order(turn.language, "edit.default_prompt")
        ordered = route_command(command, words, default_prompt=prompt, has_media=has_media)
        return ordered or route(unpinned(text), self.desk.keywords, has_media=has_media)

    async def _begin(self, turn: Turn, meant: Route) -> None:
        """As if it had just been said."""
        made = Turn(
            id=then_id(turn.id, 1),
            chat=turn.chat,
            sequence=turn.sequence,
            route=meant,
            language=turn.language,
            project=turn.project,
            aside=meant.instant,
        )
        await self.desk.store.handle(event_of(turn.id), made)
        await self.desk.bell.ring()

    async def _replaced(self, begun: list[Turn], meant: Route) -> bool:
        """Whether the order could still be changed, or does not depend on its words."""
        if len(begun) > 1 or begun[0].route.intents != meant.intents:
            return False
        return Intent.EDIT not in meant.intents or await self.desk.store.reword_turn(begun[0].id, meant)

    async def _too_late(self, begun: Turn, voice: Voice) -> None:
        if _LATE not in await self.desk.store.marks(begun.id):
            await self.desk.store.mark(begun.id, _LATE)
            await voice.say("edit.too_late")


def _spoken(inbound: Inbound) -> str:
    """All that a message says, its command included."""
    return f"/{inbound.command} {inbound.text}".strip() if inbound.command else inbound.text.strip()


def _apart(text: str) -> tuple[str, str]:
    command, _, words = text.removeprefix("/").partition(" ")
    return (command, words) if text.startswith("/") else ("", text)


def _words(text: str) -> str:
    return _apart(text)[1]
