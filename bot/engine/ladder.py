"""What of a film fits its chat: the film, else a smaller one, else an address, else a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import VideoTooLarge
from bot.core.intents import Intent
from bot.core.media import MEGABYTE
from bot.engine.disk import digest
from bot.engine.ports_media import Fitted
from bot.engine.turn import Desk, StopAsked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.core.turn import Turn
    from bot.engine.turn import Voice

SENDS = 2
"""Films that are offered to a chat: one by the limit that is known, one by what its refusal taught."""
FITS = 2
"""A film that could not be made smaller in so many starts, since the process died, is not tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is sent."""

    film: Path | None
    """None: words have to do."""
    notes: tuple[str, ...] = ()
    """Lines that say why, and where the whole film is."""
    full_later: bool = False
    """Whether the whole film can be asked for."""


def refusals(marks: Mapping[str, str]) -> list[int]:
    """The limits that the chat's refusals of this turn taught, in bytes."""
    return [int(marks[name]) for number in range(1, SENDS + 1) if (name := f"refused-{number}") in marks]


def lowered(sent: int, *believed: int) -> int:
    """The limit after a film of `sent` bytes was refused: what is believed now, if that is below it."""
    return least if (least := min(believed)) < sent else sent * 3 // 4


@dataclass(frozen=True, slots=True)
class Ladder:
    """One turn's way down."""

    desk: Desk
    turn: Turn
    voice: Voice

    async def choose(self, film: Path) -> Choice:
        """The best that the chat takes. Raises VideoTooLarge when there is nothing, and StopAsked."""
        marks = await self.desk.store.marks(self.turn.id)
        size, refused = _size(film), refusals(marks)
        limit = min([self.voice.outbox.limits(self.turn.chat).video_bytes, *refused])
        may_send = len(refused) < SENDS
        if may_send and size <= limit:
            return Choice(film=film)
        full = self._full_version(film, size, marks)
        as_it_is = Intent.ORIGINAL in self.turn.route.intents
        if may_send and not as_it_is and (smaller := await self._smaller(film, limit, marks)):
            return Choice(film=smaller.path, notes=(self._reason(smaller, limit), *full), full_later=bool(full))
        if full:
            over = self.voice.text("delivery.over", size=size / MEGABYTE, limit=limit / MEGABYTE)
            return Choice(film=None, notes=(over, *full))
        raise VideoTooLarge(size=size, limit=limit)

    async def _smaller(self, film: Path, limit: int, marks: Mapping[str, str]) -> Fitted | None:
        """The film made to fit, or the one that an earlier try left: what was made once is not made again."""
        store, turn = self.desk.store, self.turn
        written, _, lines = marks.get("fit", "").partition(" ")
        kept = small_of(film)
        if written and _size(kept) <= limit and await digest(kept) == written:
            return Fitted(path=kept, lines=int(lines))
        starts = f"fitting-{len(refusals(marks))}"
        if (started := int(marks.get(starts, "0"))) >= FITS:
            return None
        await store.mark(turn.id, starts, str(started + 1))

        async def progress(written: int) -> None:
            if await self.desk.stops.asked(turn.id):
                raise StopAsked
            await self.voice.show("status.fitting", limit=limit / MEGABYTE, percent=min(99, written * 100 // limit))

        await progress(0)
        made = await self.desk.media.fit(film, target=kept, limit=limit, progress=progress)
        if made is not None:
            await store.mark(turn.id, "fit", f"{await digest(kept)} {made.lines}")
            self.desk.reached("film-fitted")
        return made

    def _reason(self, smaller: Fitted, limit: int) -> str:
        if smaller.lines:
            return self.voice.text("delivery.smaller", lines=str(smaller.lines), limit=limit / MEGABYTE)
        return self.voice.text("delivery.fewer_bits", limit=limit / MEGABYTE)

    def _full_version(self, film: Path, size: int, marks: Mapping[str, str]) -> tuple[str, ...]:
        """Where the whole film is: at this bot's own address, else at the service's."""
        shelf = self.desk.shelf
        if shelf is not None:
            link = shelf.offer(film)
            return (self.voice.text("delivery.full_until", size=size / MEGABYTE, count=shelf.days, link=link),)
        if "address" in marks:
            return (self.voice.text("delivery.full_there", size=size / MEGABYTE, link=marks["address"]),)
        return ()


def small_of(film: Path) -> Path:
    """Where a film's smaller version lies."""
    return film.with_suffix(".small.mp4")


def _size(file: Path) -> int:
    """Bytes; none for a file that is not there, whose digest is empty."""
    return file.stat().st_size if file.exists() else 0
