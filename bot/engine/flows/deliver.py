"""Hand the film over: intent, body, sent. Never twice, and never silently not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import DeliveryUnclear, DiskTrouble, UserError, VideoTooLarge
from bot.core.intents import Intent
from bot.core.names import safe_name
from bot.core.spoken import spoken
from bot.core.timeline import read
from bot.core.turn import TurnId
from bot.core.versions import version_in
from bot.engine.card import under_film
from bot.engine.disk import digest
from bot.engine.ladder import Choice, Ladder, lowered, refusals, small_of
from bot.engine.outcome import next_steps, session_of
from bot.engine.ports import Button
from bot.engine.turn import Desk, Step

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.turn import Turn
    from bot.engine.ports import Video
    from bot.engine.turn import Voice


@dataclass(frozen=True, slots=True)
class Deliver:
    """Entered again at `body` it does not send: whether the film arrived cannot be known from here."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises DeliveryError, and EditorError when the film must be fetched again and cannot."""
        path = self.desk.film_path(turn.id)
        marks = await self.desk.store.marks(turn.id)
        if "delivered" in marks:
            return await self._finish(turn, voice, resumed=True)
        if _body(refusals(marks)) in marks:
            raise DeliveryUnclear
        if not await self._intact(turn, path, marks.get("film", "")):
            return Step.EXPORT
        choice = await Ladder(self.desk, turn, voice).choose(path)
        await voice.show("status.delivering")
        summary, ways = await under_film(self.desk, turn)
        notes = (*filter(None, [summary]), *choice.notes)
        steps = () if "source" in marks else next_steps(voice)  # what is said elsewhere is about other films
        buttons = (*_full_quality(voice, choice), *ways, *steps)
        if choice.film is None:
            await voice.say_text("\n".join(notes), key="film-address", buttons=buttons)
        else:
            film = await self._video(turn, voice, choice.film, notes)
            try:
                await self._send(turn, voice, film, buttons, body=_body(refusals(marks)))
            except VideoTooLarge as error:
                return await self._refused(turn, voice, film, error)
        self.desk.reached("film-sent")
        await self.desk.store.count_delivery(turn.id)
        self.desk.reached("film-recorded")
        return await self._finish(turn, voice)

    async def _video(self, turn: Turn, voice: Voice, path: Path, notes: tuple[str, ...]) -> Video:
        source = (await self.desk.store.marks(turn.id)).get("source")
        maker = await self.desk.store.turn(TurnId(source)) if source else turn
        timeline = read((await self.desk.editor.state(await session_of(self.desk, maker))).draft)
        return await self.desk.media.film(
            path,
            name=f"{safe_name(timeline.title, fallback='highlight')}.mp4",
            caption="\n".join(line for line in (timeline.title, *notes) if line),
            description=" ".join(voice.text(key, **params) for key, params in spoken(timeline)),
            folder=path.parent,
        )

    async def _send(self, turn: Turn, voice: Voice, film: Video, buttons: tuple[Button, ...], *, body: str) -> None:
        async def body_sent() -> None:
            await self.desk.store.mark(turn.id, body)
            self.desk.reached("film-body-sent")

        await voice.outbox.video(
            turn.chat,
            film,
            key=f"{turn.id}:film",
            body_sent=body_sent,
            buttons=voice.bound(buttons),
            as_file=Intent.ORIGINAL in turn.route.intents,
        )

    async def _refused(self, turn: Turn, voice: Voice, film: Video, error: VideoTooLarge) -> Step:
        """The chat takes less than it said, so nothing arrived: what it taught goes on record, and down the ladder."""
        number = len(refusals(await self.desk.store.marks(turn.id))) + 1
        limits = (voice.outbox.limits(turn.chat).video_bytes, int(error.params.get("limit", film.size)))
        await self.desk.store.mark(turn.id, f"refused-{number}", str(lowered(film.size, *limits)))
        return Step.DELIVER

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

    async def _finish(self, turn: Turn, voice: Voice, *, resumed: bool = False) -> Step:
        """The newest film of a project stays on disk, under each name that it was sent by; older ones go.

        Of an event every version stays for its time, to be had again; and other groups may wait for it. A live line of
        the process before still says that the film is being sent.
        """
        if await self.desk.store.collection_of(turn.chat, turn.project):
            await voice.close("status.done", even_unopened=resumed)
            return Step.SHARE
        newest = (await self.desk.store.marks(turn.id)).get("film")
        for older in await self.desk.store.film_turns(turn.chat, turn.project):
            if (await self.desk.store.marks(older))["film"] != newest:
                _remove(self.desk.film_path(older))
        await voice.close("status.done", even_unopened=resumed)
        return Step.DONE


@dataclass(frozen=True, slots=True)
class Resend:
    """The project's last film once more, or in full quality, without a render where the file is still here."""

    desk: Desk

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises UserError when no film was made yet."""
        if self.desk.film_path(turn.id).exists():
            return Step.DELIVER
        wanted = await self._wanted(turn)
        if wanted is None:
            raise UserError("export.not_kept" if version_in(turn.route.text) else "export.nothing")
        last = self.desk.film_path(wanted)
        if not last.exists():
            if wanted in await self._earlier(turn):
                raise UserError("export.not_kept")  # a render would make the newest one
            return Step.EXPORT
        marks = await self.desk.store.marks(wanted)
        with suppress(FileNotFoundError, FileExistsError):  # only what was too large has a smaller version
            os.link(small_of(last), small_of(self.desk.film_path(turn.id)))
        for name in {"fit", "address", "film"} & marks.keys():
            await self.desk.store.mark(turn.id, name, marks[name])
        os.link(last, self.desk.film_path(turn.id))  # last: from here on nothing is missing
        return Step.DELIVER

    async def _earlier(self, turn: Turn) -> frozenset[TurnId]:
        """The turns that made versions before the newest one."""
        versions = await self._versions(turn)
        return frozenset(versions[:-1])

    async def _versions(self, turn: Turn) -> list[TurnId]:
        """The turns that made each version, oldest first; a film that was sent again is the same version."""
        films = [other for other in await self.desk.store.film_turns(turn.chat, turn.project) if other != turn.id]
        made: dict[str, TurnId] = {}
        for film in reversed(films):
            made.setdefault((await self.desk.store.marks(film))["film"], film)
        return [*made.values()]

    async def _wanted(self, turn: Turn) -> TurnId | None:
        """The turn that made it: the version that was named, else the last one; another chat's where it was shared."""
        store = self.desk.store
        if source := (await store.marks(turn.id)).get("source"):
            return TurnId(source)
        films = [other for other in await store.film_turns(turn.chat, turn.project) if other != turn.id]
        if not (number := version_in(turn.route.text)):
            return films[0] if films else None
        return dict(enumerate(await self._versions(turn), 1)).get(number)


def _body(refused: list[int]) -> str:
    """The mark that a film has left whole: a refusal is an answer, so what follows it has a mark of its own."""
    return f"body-{len(refused)}" if refused else "body"


def _full_quality(voice: Voice, choice: Choice) -> tuple[Button, ...]:
    return (Button(label=voice.text("button.full_quality"), command="original"),) if choice.full_later else ()


def _remove(film: Path) -> None:
    for file in film.parent.glob(f"{film.stem}.*"):
        file.unlink(missing_ok=True)
