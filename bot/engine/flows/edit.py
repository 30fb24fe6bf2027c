"""Say one thing to the agent, once, and tell the chat what came of it."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core import timeline
from bot.core.errors import StreamLost, UserError, editor_error
from bot.core.events import Pulse, Worked
from bot.core.gui import ActionKind
from bot.core.shape import shaped
from bot.core.tips import changes_shape, is_vague
from bot.core.transcript import phase_of
from bot.core.turn import event_of
from bot.engine.outcome import (
    after_edit,
    answer,
    offer,
    say_credits,
    say_timeline,
    session_of,
    silent_edit,
    suggested,
)
from bot.engine.ports import Button
from bot.engine.relay import Relay
from bot.engine.streams import pulsed
from bot.engine.turn import Desk, Step, StopAsked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.events import AgentEvent
    from bot.core.session import ProjectState, Session
    from bot.core.turn import Turn
    from bot.engine.turn import Voice

SILENCE_STEP = 10
"""Silence is shown in so many seconds: counted one by one, every chat that waits would be edited all the time."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Intent mark, one POST, the events folded. Entered again with the mark set, it never posts: it becomes Recover.

    `following` is the one prompt that may come of an answer: what the agent left to the user's hand, done for them.
    """

    desk: Desk
    following: bool = False

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises EditorError when the prompt was not accepted or the run failed."""
        store, mark = self.desk.store, "following" if self.following else "intent"
        marks = await store.marks(turn.id)
        if "answered" in marks and (mark in marks or not self.following):
            return await after_edit(self.desk, turn, voice)
        if mark in marks:
            return Step.RECOVER
        session = await session_of(self.desk, turn)
        before = await self.desk.editor.state(session)
        if not before.media and not timeline.read(before.draft).ready:
            raise UserError("edit.no_media")
        if await self._warned(turn, voice, ready=timeline.read(before.draft).ready):
            return Step.DONE
        await store.mark(turn.id, "before", json.dumps(before.draft))
        await voice.show("status.thinking")
        await store.mark(turn.id, mark)
        self.desk.reached("edit-intended")
        turn = replace(turn, route=(await store.turn(turn.id)).route)  # from here on its words can no longer change
        relay = Relay(voice=voice, vocabulary=self.desk.gui, muted="answered" in marks)
        prompt = marks["order"] if self.following else await self._prompt(turn, marks, before)
        try:
            await self._converse(turn, voice, session, prompt, relay)
        except StreamLost:
            return Step.RECOVER
        self.desk.reached("edit-finished")
        transcript = relay.transcript
        if transcript.complaint and not (transcript.texts or transcript.tools):  # at the end of a good run it is noise
            raise editor_error(transcript.complaint.error)
        await relay.tell()
        after = timeline.read((await self.desk.editor.state(session)).draft)
        unchanged = after.fingerprint == timeline.fingerprint(before.draft)
        if relay.asks(ActionKind.EDIT) and unchanged and not self.following:  # what was asked for is still to be done
            order = relay.order or voice.order("edit.do_it_yourself", request=turn.route.text)
            await store.mark(turn.id, "order", order)
            return Step.FOLLOW
        await self._conclude(turn, voice, relay, silent_edit(voice, timeline.read(before.draft), after))
        concrete = (offer(voice, "edit.default_prompt"),) if is_vague(turn.route.text) else ()
        own = (suggested(prompt) for prompt in relay.suggestions)
        return await after_edit(self.desk, turn, voice, suggestions=(*concrete, *own))

    async def _prompt(self, turn: Turn, marks: Mapping[str, str], before: ProjectState) -> str:
        """The words; for a first film in the shape of its place, which another version would cost a new film."""
        if "brief" in marks:
            return marks["brief"]
        words = marks.get("captioned", turn.route.text)
        if timeline.read(before.draft).ready or changes_shape(words):
            return words
        inbound = await self.desk.store.event(event_of(turn.id))
        return shaped(words, inbound.shape, chinese=turn.language == "zh")

    async def _warned(self, turn: Turn, voice: Voice, *, ready: bool) -> bool:
        """Another shape means a new film where the editor cannot change it: asked first, unless it was agreed to."""
        text = turn.route.text
        if (
            not (ready and self.desk.editor.name == "nemo" and changes_shape(text))
            or turn.route.highlight
            or self.following
        ):
            return False
        await voice.close("status.done")
        agree = Button(label=voice.text("button.agree"), command="highlight", prompt=text)
        await voice.say("edit.new_shape", buttons=(agree,))
        return True

    async def _conclude(self, turn: Turn, voice: Voice, relay: Relay, difference: str) -> None:
        """Show what the agent sent the user to look at; describe an edit without words."""
        if relay.asks(ActionKind.CREDITS):
            await say_credits(self.desk, turn, voice)
        if relay.asks(ActionKind.STATE, ActionKind.TIMELINE):
            await say_timeline(self.desk, turn, voice)
        await answer(self.desk, turn, voice, "" if relay.told else difference)

    async def _converse(self, turn: Turn, voice: Voice, session: Session, prompt: str, relay: Relay) -> None:
        async with (
            self.desk.editor.converse(session, prompt) as events,
            aclosing(pulsed(events, every=self.desk.policy.pulse)) as ticking,
        ):
            self.desk.reached("edit-posted")
            await asyncio.to_thread(self.desk.gui.of, prompt)  # made ready for the answer while the agent works on it
            async for event in ticking:
                if isinstance(event, Worked) and not event.finished:
                    await relay.tell()
                relay.heard(event)
                await self._live(turn, voice, event)

    async def _live(self, turn: Turn, voice: Voice, event: AgentEvent) -> None:
        """Evidence of life on the live line; a stall or a stop ends the wait, never the run."""
        policy = self.desk.policy
        if isinstance(event, Worked) and not event.finished:
            await voice.show(phase_of(event.tool))
        if not isinstance(event, Pulse):
            return
        await self.desk.count_arrivals(turn, voice)
        if await self.desk.stops.asked(turn.id):
            raise StopAsked("stop.run_continues")
        if event.elapsed > policy.converse_limit:
            raise StreamLost
        if event.working_silence > policy.silence_limit:
            await voice.say("stall.verdict", minutes=event.working_silence / 60, buttons=_choices(voice))
            raise StreamLost
        if event.elapsed >= policy.still_working:
            minutes = event.elapsed // policy.still_working * policy.still_working / 60
            seconds = int(event.silent // SILENCE_STEP * SILENCE_STEP)
            await voice.show("status.still_working", minutes=minutes, seconds=seconds)


def _choices(voice: Voice) -> tuple[Button, ...]:
    return (
        Button(label=voice.text("button.check"), command="status"),
        Button(label=voice.text("button.give_up"), command="stop"),
    )
