"""Answers that need no turn in the lane: credits, timeline, help, stop, thanks, and how to upload."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.chat import ChatKind, person_key
from bot.core.errors import EditorError
from bot.core.event.rights import Deed
from bot.core.intents import Intent
from bot.core.language import DEFAULT
from bot.core.media import MAX_BYTES_IMAGE, MAX_BYTES_TIMED, MEGABYTE, PHOTO_SKILL
from bot.core.turn import event_of
from bot.engine.outcome import offer, say_credits, say_timeline, suggested
from bot.engine.rights import heed
from bot.engine.turn import Desk, Step
from bot.i18n.catalog import OFFERED

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
            Intent.RETRY: self._nothing_to_retry,
            Intent.OFF_TOPIC: self._off_topic,
        }
        for intent in turn.route.intents:
            await answers[intent](turn, voice)
        return Step.DONE

    async def _credits(self, turn: Turn, voice: Voice) -> None:
        await say_credits(self.desk, turn, voice)

    async def _state(self, turn: Turn, voice: Voice) -> None:
        await say_timeline(self.desk, turn, voice)
        await self._project_link(turn, voice)
        if running := [other for other in await self.desk.store.open_turns(turn.chat) if not other.aside]:
            await voice.say("report.running", count=len(running))

    async def _project_link(self, turn: Turn, voice: Voice) -> None:
        """Owners of a cloud project may look at it in a browser; in private, since the link opens it to anybody."""
        session = await self.desk.store.session(turn.chat, turn.project)
        inbound = await self.desk.store.event(event_of(turn.id))
        owner = f"{turn.chat.platform}:{inbound.sender.id}" in self.desk.owners
        if session is None or self.desk.editor.name != "nemo" or not owner or inbound.chat_kind is not ChatKind.PRIVATE:
            return
        with suppress(EditorError):  # an extra; older services have no such links
            await voice.say("report.project_link", link=await self.desk.editor.project_link(session))

    async def _help(self, turn: Turn, voice: Voice) -> None:
        skill = self.desk.editor.skills[PHOTO_SKILL]
        known = {self.desk.catalog.text(DEFAULT, key): key for key in OFFERED}
        keys = {prompt: known[prompt] for prompt in skill.prompts if prompt in known}
        prompts = tuple(offer(voice, keys[prompt]) if prompt in keys else suggested(prompt) for prompt in skill.prompts)
        examples = "\n".join(f"• {voice.text(keys[prompt]) if prompt in keys else prompt}" for prompt in skill.prompts)
        await voice.say("report.help", formats=", ".join(skill.formats), prompts=examples, buttons=prompts)

    async def _stop(self, turn: Turn, voice: Voice) -> None:
        others = [
            other for other in await self.desk.store.open_turns(turn.chat) if other.id != turn.id and not other.aside
        ]
        if others:
            inbound = await self.desk.store.event(event_of(turn.id))
            asked = await self.desk.store.event(event_of(others[0].id))
            requester = person_key(asked.chat.platform, asked.sender)
            await heed(self.desk, inbound, Deed.STOP, requester=requester)
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

    async def _off_topic(self, turn: Turn, voice: Voice) -> None:
        await voice.say("report.off_topic")

    async def _nothing_to_retry(self, turn: Turn, voice: Voice) -> None:
        await voice.say("report.nothing_to_retry")

    async def _smalltalk(self, turn: Turn, voice: Voice) -> None:
        await voice.say("report.welcome")
