"""Hand the film over: intent, body, sent. Never twice, and never silently not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryUnclear, DiskTrouble, UserError
from bot.core.names import safe_name
from bot.core.timeline import read
from bot.engine.disk import digest
from bot.engine.outcome import next_steps, session_of
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.turn import Turn
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Deliver:
    """Entered again at `body` it does not send: whether the film arrived cannot be known from here."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises DeliveryError, and EditorError when the film must be fetched again and cannot."""
        store, path = self.desk.store, self.desk.film_path(turn.id)
        marks = await store.marks(turn.id)
        if "delivered" in marks:
            return await self._finish(turn, voice)
        if "body" in marks:
            raise DeliveryUnclear
        if not await self._intact(turn, path, marks.get("film", "")):
            return Step.EXPORT
        title = read((await self.desk.editor.state(await session_of(self.desk, turn))).draft).title
        await voice.show("status.delivering")
        name = f"{safe_name(title, fallback='highlight')}.mp4"
        film = await self.desk.media.film(path, name=name, caption=title, folder=path.parent)

        async def body_sent() -> None:
            await store.mark(turn.id, "body")
            self.desk.reached("film-body-sent")

        await voice.outbox.video(turn.chat, film, key=f"{turn.id}:film", body_sent=body_sent, buttons=next_steps(voice))
        self.desk.reached("film-sent")
        await store.count_delivery(turn.id)
        self.desk.reached("film-recorded")
        return await self._finish(turn, voice)

    async def _intact(self, turn: Turn, path: Path, written: str) -> bool:
        """Whether the film is still what was fetched. Raises DiskTrouble when it was damaged here before."""
        found = await digest(path)
        if not found:  # a spool may be cleaned, or this is another machine
            return False
        if found == written:
            return True
        if "damaged" in await self.desk.store.marks(turn.id):
            raise DiskTrouble(reason="a film was damaged twice")
        await self.desk.store.mark(turn.id, "damaged")
        return False

    async def _finish(self, turn: Turn, voice: Voice) -> Step:
        """The newest film of a project stays on disk, so that it can be sent again; older ones go."""
        for older in await self.desk.store.film_turns(turn.chat, turn.project):
            if older != turn.id:
                _remove(self.desk.film_path(older))
        await voice.close("status.done")
        return Step.DONE


@dataclass(frozen=True, slots=True)
class Resend:
    """The project's last film once more, without a render where the file is still here."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises UserError when no film was made yet."""
        if self.desk.film_path(turn.id).exists():
            return Step.DELIVER
        films = await self.desk.store.film_turns(turn.chat, turn.project)
        if not films:
            raise UserError("export.nothing")
        last = self.desk.film_path(films[0])
        if not last.exists():
            return Step.EXPORT
        os.link(last, self.desk.film_path(turn.id))
        await self.desk.store.mark(turn.id, "film", (await self.desk.store.marks(films[0]))["film"])
        return Step.DELIVER


def _remove(film: Path) -> None:
    for file in film.parent.glob(f"{film.stem}.*"):
        file.unlink(missing_ok=True)
