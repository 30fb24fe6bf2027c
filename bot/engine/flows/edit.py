"""Say one thing to the agent, once, and tell the chat what came of it."""

from __future__ import annotations

import json
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core import timeline
from bot.core.errors import StreamLost, UserError, editor_error
from bot.core.events import Pulse, Worked
from bot.core.transcript import Transcript, fold
from bot.engine.outcome import after_edit, answer, session_of, silent_edit
from bot.engine.streams import pulsed
from bot.engine.turn import Desk, Step, StopAsked

if TYPE_CHECKING:
    from bot.core.events import AgentEvent
    from bot.core.session import Session
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Edit:
    """Intent mark, one POST, the events folded. Entered again with the mark set, it never posts: it becomes Recover."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises EditorError when the prompt was not accepted or the run failed."""
        store = self.desk.store
        marks = await store.marks(turn.id)
        if "answered" in marks:
            return await after_edit(self.desk, turn, voice)
        if "intent" in marks:
            return Step.RECOVER
        session = await session_of(self.desk, turn)
        before = await self.desk.editor.state(session)
        if not before.media and not timeline.read(before.draft).ready:
            raise UserError("edit.no_media")
        await store.mark(turn.id, "before", json.dumps(before.draft))
        await voice.show("status.thinking")
        await store.mark(turn.id, "intent")
        self.desk.reached("edit-intended")
        try:
            transcript = await self._converse(turn, voice, session)
        except StreamLost:
            return Step.RECOVER
        self.desk.reached("edit-finished")
        if transcript.complaint and not (transcript.texts or transcript.tools):  # at the end of a good run it is noise
            raise editor_error(transcript.complaint.error)
        after = await self.desk.editor.state(session)
        text = transcript.text or silent_edit(voice, timeline.read(before.draft), timeline.read(after.draft))
        await answer(self.desk, turn, voice, text)
        return await after_edit(self.desk, turn, voice)

    async def _converse(self, turn: Turn, voice: Voice, session: Session) -> Transcript:
        transcript = Transcript()
        async with (
            self.desk.editor.converse(session, turn.route.text) as events,
            aclosing(pulsed(events, every=self.desk.policy.pulse)) as ticking,
        ):
            self.desk.reached("edit-posted")
            async for event in ticking:
                transcript = fold(transcript, event)
                await self._live(turn, voice, event)
        return transcript

    async def _live(self, turn: Turn, voice: Voice, event: AgentEvent) -> None:
        """Evidence of life on the live line; a stall or a stop ends the wait, never the run."""
        policy = self.desk.policy
        if isinstance(event, Worked) and not event.finished:
            await voice.show("status.working")
        if not isinstance(event, Pulse):
            return
        if await self.desk.stop_asked(turn):
            raise StopAsked("stop.run_continues")
        if event.elapsed > policy.converse_limit or event.working_silence > policy.silence_limit:
            raise StreamLost
        if event.elapsed >= policy.still_working:
            minutes = event.elapsed // policy.still_working * policy.still_working / 60
            await voice.show("status.still_working", minutes=minutes)
