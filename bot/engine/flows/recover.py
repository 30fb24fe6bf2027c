"""After a lost stream or a restart: watch the state, post nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core import timeline
from bot.core.errors import BackendDown, StreamLost
from bot.engine.outcome import after_edit, answer, session_of, silent_edit

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Desk, Step, Voice


@dataclass(frozen=True, slots=True)
class Recover:
    """The documented schedule: a first look, then a few further ones, then the person decides."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises StreamLost when no look found a change. Harmless to repeat."""
        policy = self.desk.policy
        session = await session_of(self.desk, turn)
        before = timeline.read(json.loads((await self.desk.store.marks(turn.id))["before"]))
        await voice.show("status.reconnected")
        for look in range(policy.recover_looks):
            await self.desk.wait(turn, policy.recover_next if look else policy.recover_first)
            try:
                after = timeline.read((await self.desk.editor.state(session)).draft)
            except BackendDown:
                continue
            if after.fingerprint != before.fingerprint:
                await answer(self.desk, turn, voice, silent_edit(voice, before, after))
                return await after_edit(self.desk, turn, voice)
        raise StreamLost("recover.no_change")
