"""Answers that need no turn in the lane: credits, timeline, help, stop, thanks, and how to upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core import summary, timeline
from bot.core.intents import Intent
from bot.core.media import MAX_BYTES_IMAGE, MAX_BYTES_TIMED, MEGABYTE, PHOTO_SKILL
from bot.core.session import Session
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Report:
    """One answer per intent, in the order in which they were asked."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises EditorError when the backend cannot be asked."""
        answers = {
            Intent.CREDITS: self._credits,
            Intent.STATE: self._state,
            Intent.HELP: self._help,
            Intent.STOP: self._stop,
            Intent.UPLOAD: self._upload,
            Intent.SMALLTALK: self._smalltalk,
            Intent.OFF_TOPIC: self._help,
            Intent.RETRY: self._nothing_to_retry,
        }
        for intent in turn.route.intents:
            await answers[intent](turn, voice)
        return Step.DONE

    async def _credits(self, turn: Turn, voice: Voice) -> None:
        session = await self.desk.store.session(turn.chat, turn.project)
        balance = await self.desk.editor.balance(session or Session(session_id="", skill=PHOTO_SKILL))
        await voice.say("report.credits", available=balance.available, frozen=balance.frozen, total=balance.total)

    async def _state(self, turn: Turn, voice: Voice) -> None:
        session = await self.desk.store.session(turn.chat, turn.project)
        line = None if session is None else timeline.read((await self.desk.editor.state(session)).draft)
        if line is None or not line.ready:
            count = len(await self.desk.store.items(turn.chat, turn.project))
            await voice.say("report.no_timeline" if count else "report.empty", count=count)
        else:
            await voice.say_text(summary.summarise(line), key="timeline")
        if running := [other for other in await self.desk.store.open_turns(turn.chat) if not other.aside]:
            await voice.say("report.running", count=len(running))

    async def _help(self, turn: Turn, voice: Voice) -> None:
        skill = self.desk.editor.skills[PHOTO_SKILL]
        await voice.say(
            "report.help", formats=", ".join(skill.formats), prompts="\n".join(f"• {p}" for p in skill.prompts)
        )

    async def _stop(self, turn: Turn, voice: Voice) -> None:
        others = [
            other for other in await self.desk.store.open_turns(turn.chat) if other.id != turn.id and not other.aside
        ]
        for other in others:
            await self.desk.store.mark(other.id, "stop")
        await voice.say("stop.asked" if others else "stop.nothing", count=len(others))

    async def _upload(self, turn: Turn, voice: Voice) -> None:
        formats = {skill.name: ", ".join(skill.formats) for skill in self.desk.editor.skills.values()}
        await voice.say(
            "report.upload",
            formats="; ".join(formats.values()),
            images=MAX_BYTES_IMAGE // MEGABYTE,
            timed=MAX_BYTES_TIMED // MEGABYTE,
        )

    async def _nothing_to_retry(self, turn: Turn, voice: Voice) -> None:
        await voice.say("report.nothing_to_retry")

    async def _smalltalk(self, turn: Turn, voice: Voice) -> None:
        await voice.say("report.welcome")
