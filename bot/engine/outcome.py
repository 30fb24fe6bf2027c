"""What an edit amounted to, and what follows from it. Shared by the step that edits and the one that recovers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core import summary, timeline
from bot.core.errors import UserError
from bot.core.intents import Intent
from bot.core.media import skill_for
from bot.core.turn import ItemState
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from bot.core.session import Session
    from bot.core.timeline import Timeline
    from bot.core.turn import Turn
    from bot.engine.turn import Voice


async def session_of(desk: Desk, turn: Turn) -> Session:
    """The project's session with the skill that serves it now. Raises UserError when there is nothing yet."""
    session = await desk.store.session(turn.chat, turn.project)
    if session is None:
        raise UserError("export.nothing")
    items = await desk.store.items(turn.chat, turn.project)
    return replace(session, skill=skill_for({item.ref.kind for item in items if item.state is ItemState.UPLOADED}))


def silent_edit(voice: Voice, before: Timeline, after: Timeline) -> str:
    """What changed, in words: about a third of all edits end without any of the agent's."""
    found = [voice.text(change.key, **change.params) for change in summary.changes(before, after)]
    return " ".join(found) or voice.text("edit.no_change")


async def answer(desk: Desk, turn: Turn, voice: Voice, text: str) -> None:
    """Tell the chat what came of the edit, once as far as can be known."""
    if "answered" not in await desk.store.marks(turn.id):
        await voice.say_text(text, key="answer")
        desk.reached("answer-said")
        await desk.store.mark(turn.id, "answered")
        desk.reached("answer-recorded")


async def after_edit(desk: Desk, turn: Turn, voice: Voice) -> Step:
    """Export without asking when asked for, on a highlight request, and for a project's first film. Else offer it."""
    ready = timeline.read((await desk.editor.state(await session_of(desk, turn))).draft).ready
    project = await desk.store.project(turn.chat)
    first = project.number == turn.project and project.delivered == 0
    if Intent.EXPORT in turn.route.intents or (ready and (turn.route.highlight or first)):
        return Step.EXPORT
    await voice.close("status.done")
    if ready:
        await voice.offer_export()
    return Step.DONE
