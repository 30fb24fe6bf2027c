"""Turn the draft into a file: submit once, poll, fetch."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core import timeline
from bot.core.errors import BackendDown, EditorError, RenderExists, RenderFailed, UserError
from bot.core.links import shareable
from bot.core.session import RenderState
from bot.engine.disk import digest
from bot.engine.outcome import session_of
from bot.engine.turn import Desk, Step, StopAsked

if TYPE_CHECKING:
    from bot.core.session import RenderStatus, Session
    from bot.core.turn import Turn, TurnId
    from bot.engine.turn import Voice


class StillRendering(EditorError):
    """More polls than the policy allows: the render may yet finish."""

    key = "export.still_rendering"


def render_id(turn_id: TurnId, attempt: int) -> str:
    """Derived, not drawn: after a crash the same turn asks for the same render."""
    return "render_" + hashlib.sha256(f"{turn_id}#{attempt}".encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Export:
    """Entered again, it polls the derived id before it thinks of submitting."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises RenderFailed after the last attempt, UserError when there is nothing to export."""
        session = await session_of(self.desk, turn)
        await voice.show("status.rendering", percent=0)
        for attempt in range(self.desk.policy.render_attempts):
            marks = await self.desk.store.marks(turn.id)
            if f"failed-{attempt}" in marks:
                continue
            name = render_id(turn.id, attempt)
            if f"submitting-{attempt}" not in marks or await self._unknown(session, name):
                await self._submit(turn, session, attempt)
            status = await self._poll(turn, voice, session, name)
            if status.state is RenderState.COMPLETED:
                await voice.show("status.fetching")
                target = self.desk.film_path(turn.id)
                self.desk.reached("render-completed")
                await self.desk.editor.fetch(
                    session, render_id=name, status=status, target=target, progress=lambda _: None
                )
                if shareable(status.url):
                    await self.desk.store.mark(turn.id, "address", status.url)
                await self.desk.store.mark(turn.id, "film", await digest(target))
                self.desk.reached("film-fetched")
                return Step.DELIVER
            await self.desk.store.mark(turn.id, f"failed-{attempt}", status.reason)
        raise RenderFailed

    async def _unknown(self, session: Session, name: str) -> bool:
        return (await self.desk.editor.rendered(session, render_id=name)).state is RenderState.UNKNOWN_ID

    async def _submit(self, turn: Turn, session: Session, attempt: int) -> None:
        draft = (await self.desk.editor.state(session)).draft
        if draft is None or not timeline.read(draft).ready:
            raise UserError("export.nothing")
        await self.desk.store.mark(turn.id, f"submitting-{attempt}")
        self.desk.reached("render-intended")
        with suppress(RenderExists):  # an earlier try got through: poll it
            await self.desk.editor.render(session, render_id=render_id(turn.id, attempt), draft=draft)
        self.desk.reached("render-submitted")

    async def _poll(self, turn: Turn, voice: Voice, session: Session, name: str) -> RenderStatus:
        """Poll until it is over. A backend that is briefly away is waited for, within the number of polls."""
        for _ in range(self.desk.policy.render_polls):
            try:
                status = await self.desk.editor.rendered(session, render_id=name)
            except BackendDown:
                await voice.show("status.reconnecting")
            else:
                if status.state in {RenderState.COMPLETED, RenderState.FAILED}:
                    return status
                await self.desk.count_arrivals(turn, voice)
                if status.progress is not None:
                    await voice.show("status.rendering", percent=int(status.progress))
            try:
                await self.desk.wait(turn, self.desk.policy.render_poll)
            except StopAsked:
                stopped = await self.desk.editor.cancel(session, render_id=name)
                raise StopAsked("stop.stopped" if stopped else "stop.render_continues") from None
        raise StillRendering
