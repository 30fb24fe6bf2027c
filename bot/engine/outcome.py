"""What an edit amounted to, and what follows from it. Shared by the step that edits and the one that recovers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core import summary, timeline
from bot.core.errors import UserError
from bot.core.intents import Intent
from bot.core.media import PHOTO_SKILL, skill_for
from bot.core.names import unique_names
from bot.core.session import Session
from bot.core.turn import ItemState
from bot.engine.ports import Button
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.timeline import Timeline
    from bot.core.turn import Item, Turn
    from bot.engine.turn import Voice


NEXT_STEPS = 3
LABEL = 40
"""Characters of a suggestion on its button."""


async def session_of(desk: Desk, turn: Turn) -> Session:
    """The project's session with the skill that serves it now. Raises UserError when there is nothing yet."""
    session = await desk.store.session(turn.chat, turn.project)
    if session is None:
        raise UserError("export.nothing")
    items = await desk.store.items(turn.chat, turn.project)
    return replace(session, skill=skill_for({item.ref.kind for item in items if item.state is ItemState.UPLOADED}))


def sent_names(items: Sequence[Item]) -> dict[int, str]:
    """By id, the names under which a project's files are sent. They stay, whatever arrives later or in which order."""
    ordered = sorted(items, key=lambda item: item.id)
    return dict(zip((item.id for item in ordered), unique_names([item.ref.name for item in ordered]), strict=True))


async def opened_session(desk: Desk, turn: Turn, voice: Voice, *, skill: str) -> Session:
    """The project's session, created with its first need of one."""
    session = await desk.store.session(turn.chat, turn.project)
    if session is None:
        await voice.show("status.connecting")
        session = await desk.editor.open(language=turn.language, skill=skill)
        desk.reached("session-opened")
        await desk.store.set_session(turn.chat, turn.project, session)
        desk.reached("session-stored")
    return replace(session, skill=skill)


def silent_edit(voice: Voice, before: Timeline, after: Timeline) -> str:
    """What changed, in words: about a third of all edits end without any of the agent's."""
    found = [voice.text(change.key, **change.params) for change in summary.changes(before, after)]
    return " ".join(found) or voice.text("edit.no_change")


async def answer(desk: Desk, turn: Turn, voice: Voice, text: str) -> None:
    """The edit is answered: with these words, or with none because the agent's own are in the chat."""
    if "answered" in await desk.store.marks(turn.id):
        return
    if text:
        await voice.say_text(text, key="answer")
        desk.reached("answer-said")
    await desk.store.mark(turn.id, "answered")
    desk.reached("answer-recorded")


async def say_credits(desk: Desk, turn: Turn, voice: Voice) -> None:
    """The balance, in all three figures."""
    session = await desk.store.session(turn.chat, turn.project) or Session(session_id="", skill=PHOTO_SKILL)
    balance = await desk.editor.balance(session)
    await voice.say("report.credits", available=balance.available, frozen=balance.frozen, total=balance.total)


async def say_timeline(desk: Desk, turn: Turn, voice: Voice) -> None:
    """The tracks as they are now, or that there are none yet."""
    session = await desk.store.session(turn.chat, turn.project)
    line = None if session is None else timeline.read((await desk.editor.state(session)).draft)
    if line is not None and line.ready:
        await voice.say_text(summary.summarise(line), key="timeline")
        return
    items = await desk.store.items(turn.chat, turn.project)
    count = sum(item.state is not ItemState.REFUSED for item in items)
    await voice.say("report.no_timeline" if count else "report.empty", count=count)


async def after_edit(desk: Desk, turn: Turn, voice: Voice, *, suggestions: tuple[Button, ...] = ()) -> Step:
    """Export without asking when asked for, on a highlight request, and for a project's first film. Else offer it."""
    ready = timeline.read((await desk.editor.state(await session_of(desk, turn))).draft).ready
    project = await desk.store.project(turn.chat)
    first = project.number == turn.project and project.delivered == 0
    if ready and "checked" not in (marks := await desk.store.marks(turn.id)) and "brief" in marks:
        return Step.CHECK
    if Intent.EXPORT in turn.route.intents or (ready and (turn.route.highlight or first)):
        return Step.EXPORT
    await voice.close("status.done")
    if ready:
        export = Button(label=voice.text("button.export"), prompt=voice.order("button.export_prompt"))
        await voice.say("edit.offer_export", buttons=(export, *next_steps(voice, suggestions)))
    return Step.DONE


def next_steps(voice: Voice, suggestions: tuple[Button, ...] = ()) -> tuple[Button, ...]:
    """What people do next: the agent's own suggestions first, then the usual ones."""
    usual = (offer(voice, "steps.shorter"), offer(voice, "steps.music"), offer(voice, "steps.vertical"))
    return (*suggestions, *usual)[:NEXT_STEPS]


def offer(voice: Voice, key: str) -> Button:
    """A button of one of `catalog.OFFERED`: its label is the user's to read, its words are the agent's."""
    return Button(label=voice.text(key)[:LABEL], prompt=voice.order(key))


def suggested(prompt: str) -> Button:
    """A button that says the agent's own words to it."""
    return Button(label=prompt[:LABEL], prompt=prompt)
