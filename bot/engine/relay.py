"""The agent's words on their way to the chat: whole texts, without an interface in them, each said once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.core.gui import Action, ActionKind, translate
from bot.core.transcript import Transcript, fold

if TYPE_CHECKING:
    from bot.core.events import AgentEvent
    from bot.core.gui import Vocabulary
    from bot.engine.turn import Voice

SUGGESTIONS = 2
"""Next steps of the agent's that are offered at most."""


@dataclass(slots=True, kw_only=True)
class Relay:
    """One run's. What was said before further work began is told at once: of a run in two stages, the first result."""

    voice: Voice
    vocabulary: Vocabulary
    muted: bool = False
    """The chat has its answer already: what comes of an order of the bot's own is not told."""
    transcript: Transcript = field(default_factory=Transcript)
    actions: list[Action] = field(default_factory=list)
    _told: int = 0
    """Texts of the transcript that are in the chat already."""
    _messages: int = 0

    def heard(self, event: AgentEvent) -> None:
        """Take in an event."""
        self.transcript = fold(self.transcript, event)

    async def tell(self) -> bool:
        """Say what is new; whether anything was."""
        fresh = replace(self.transcript, texts=self.transcript.texts[self._told :])
        self._told = len(self.transcript.texts)
        # In a thread: a hostile reply of full length takes more than a second.
        translated = await asyncio.to_thread(translate, fresh.text, vocabulary=self.vocabulary)
        self.actions.extend(action for action in translated.actions if action not in self.actions)
        if self.muted or not translated.text.strip():
            return False
        self._messages += 1
        await self.voice.say_text(translated.text, key=f"answer-{self._messages}")
        return True

    @property
    def told(self) -> bool:
        """Whether any of the agent's words reached the chat."""
        return self._messages > 0

    def asks(self, *kinds: ActionKind) -> bool:
        """Whether the agent sent the user somewhere that the bot can show instead."""
        return any(action.kind in kinds and not action.optional for action in self.actions)

    @property
    def order(self) -> str:
        """What the agent left to the user's hand, as a prompt; empty when nothing, or when it did not say what for."""
        return next((a.prompt for a in self.actions if a.kind is ActionKind.EDIT and not a.optional and a.prompt), "")

    @property
    def suggestions(self) -> tuple[str, ...]:
        """What the agent would do next if asked, as prompts."""
        prompts = (action.prompt for action in self.actions if action.kind is ActionKind.EDIT and action.prompt)
        return tuple(dict.fromkeys(prompts))[:SUGGESTIONS]
