"""What the steps of a turn share: the doors, the voice, and the names of the steps."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.core.errors import BotError, VideoTooLarge
from bot.core.films import pinned, unpinned
from bot.core.media import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bot.core.films import Film
    from bot.core.gui import Vocabulary
    from bot.core.intents import Keywords
    from bot.core.policy import Policy
    from bot.core.turn import Turn, TurnId
    from bot.engine.ports import Button, Durable, Editor, Outbox, Platform, Shelf
    from bot.engine.ports_media import MediaTools
    from bot.engine.ports_store import Store
    from bot.engine.stops import Stops
    from bot.i18n.catalog import Catalog


class Step(StrEnum):
    """The steps of a turn. Each is journaled; each answers with the next."""

    LINKS = "links"
    GATHER = "gather"
    BATCH = "batch"
    FETCH = "fetch"
    AMEND = "amend"
    UPLOAD = "upload"
    EDIT = "edit"
    FOLLOW = "follow"
    RECOVER = "recover"
    EXPORT = "export"
    DELIVER = "deliver"
    REPORT = "report"
    RENEW = "renew"
    RESEND = "resend"
    FORGET = "forget"
    LEAVE = "leave"
    EVENT = "event"
    SIFT = "sift"
    CHECK = "check"
    SHARE = "share"
    WHICH = "which"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


def _nothing(point: str) -> None:
    """No failpoint is set."""


ENDS = frozenset({Step.DONE, Step.FAILED, Step.STOPPED})


class StopAsked(BotError):
    """Somebody said stop. Raised by the step that noticed."""

    key = "stop.stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything outside, by its door. One per process."""

    editor: Editor
    store: Store
    media: MediaTools
    durable: Durable
    platforms: Mapping[str, Platform]
    catalog: Catalog
    keywords: Keywords
    gui: Vocabulary
    """What the agent's talk of an interface is known by."""
    policy: Policy
    spool: Path
    """Folder for files on their way; what is in it may be lost without loss."""
    repeats: Repeats
    bell: Bell
    stops: Stops
    owners: frozenset[str]
    """Who runs this bot, as `platform:user id`."""
    shelf: Shelf | None = None
    """Hands out films by address, where this bot can be reached from outside."""
    reached: Callable[[str], None] = _nothing
    """Told about each of `core.failpoints.POINTS` as it is passed. Tests end the process there."""

    async def stop_asked(self, turn: Turn) -> bool:
        """Whether somebody said stop to this turn."""
        return "stop" in await self.store.marks(turn.id)

    async def heed_stop(self, turn: Turn) -> None:
        """Raise StopAsked if somebody said stop to this turn."""
        if await self.stop_asked(turn):
            raise StopAsked

    async def count_arrivals(self, turn: Turn, voice: Voice) -> None:
        """Files that come during a run join the next version; the live line counts them."""
        voice.arrivals = await self.stops.arrived(turn.chat, turn.project)

    async def wait(self, turn: Turn, seconds: float) -> None:
        """Sleep, but raise StopAsked as soon as somebody says stop."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while (left := deadline - loop.time()) > 0:
            if await self.stops.asked(turn.id):
                raise StopAsked
            await asyncio.sleep(min(self.policy.pulse, left))

    def film_path(self, turn_id: TurnId) -> Path:
        """Where a turn's finished film lies; the newest of a project stays there to be sent again."""
        return self.spool / "films" / f"{file_stem(turn_id)}.mp4"

    def voice(self, turn: Turn) -> Voice:
        """Speak in the turn's chat and language."""
        return Voice(
            turn=turn, outbox=self.platforms[turn.chat.platform].outbox, catalog=self.catalog, policy=self.policy
        )


class Bell:
    """Calls the intake: something new is on record."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self._waiting: list[asyncio.Future[None]] = []

    async def ring(self) -> None:
        """Come back when the intake has put every open turn in line. A step cannot do that itself."""
        answered = asyncio.get_running_loop().create_future()
        self._waiting.append(answered)
        self.rung.set()
        await answered

    def take(self) -> list[asyncio.Future[None]]:
        """For the intake: who waits for an answer. Rings from now on count anew."""
        self.rung.clear()
        waiting, self._waiting = self._waiting, []
        return waiting


@dataclass(slots=True)
class Repeats:
    """Failures that were told a moment ago, so that they are counted and not told again."""

    seconds: float
    _told: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)

    def count(self, chat: str, key: str, now: float) -> int:
        """How often this failure has come in a row, this time included; 1 means: tell it."""
        self._told = {name: told for name, told in self._told.items() if now - told[0] < self.seconds}
        times = self._told.get((chat, key), (now, 0))[1] + 1
        self._told[chat, key] = now, times
        return times


@dataclass(slots=True, kw_only=True)
class Voice:
    """How a turn speaks: messages, and the one live line that is edited in place."""

    turn: Turn
    outbox: Outbox
    catalog: Catalog
    policy: Policy
    arrivals: int = 0
    """Files that came too late for this version."""
    label: str = ""
    """What the live line begins with: which part of a batch this is."""
    film: Film | None = None
    """The film of a batch that this is about."""
    _line: str = ""
    _phase: str = ""
    _shown_at: float = field(default=float("-inf"))

    def text(self, key: str, /, **params: str | float) -> str:
        """A sentence of the catalogue in the turn's language."""
        return self.catalog.text(self.turn.language, key, **params)

    def order(self, key: str, /, **params: str | float) -> str:
        """The same for the editor's agent, in a language that it understands."""
        return self.catalog.order(self.turn.language, key, **params)

    async def say(self, key: str, /, *, buttons: tuple[Button, ...] = (), **params: str | float) -> None:
        """Post a sentence of the catalogue."""
        await self.say_text(self.text(key, **params), key=key, buttons=buttons)

    async def say_text(self, text: str, *, key: str, buttons: tuple[Button, ...] = ()) -> None:
        """Post words that come from elsewhere."""
        await self.outbox.say(self.turn.chat, text, key=f"{self.turn.id}:{key}", buttons=self.bound(buttons))

    async def confide(self, key: str, /, **params: str | float) -> None:
        """Say a sentence of the catalogue that concerns nobody but whoever asked."""
        await self.confide_text(self.text(key, **params), key=key)

    async def confide_text(self, text: str, *, key: str) -> None:
        """The same with words made elsewhere: to one person where the platform can do that, else in the chat."""
        if not await self.outbox.whisper(self.turn.chat, text, key=f"{self.turn.id}:{key}"):
            await self.say_text(text, key=key)

    def bound(self, buttons: tuple[Button, ...]) -> tuple[Button, ...]:
        """Buttons that stay about this film of a batch, whatever is said or delivered before they are pressed."""
        film = self.film
        return buttons if film is None else tuple(_bound(button, film, self.turn.route.text) for button in buttons)

    async def show(self, key: str, /, **params: str | float) -> None:
        """Change the live line. A new phase always shows; inside one, changes come no faster than the policy allows."""
        line = self._labelled(self.text(key, **params))
        now = asyncio.get_running_loop().time()
        if line == self._line or (key == self._phase and now - self._shown_at < self.policy.status_every):
            return
        self._line, self._phase, self._shown_at = line, key, now
        await self.outbox.status(self.turn.chat, line, key=self.turn.id)

    async def close(self, key: str, /, *, even_unopened: bool = False, **params: str | float) -> None:
        """Show the live line's last words, if there is a line or there must be one."""
        if self._line or even_unopened:
            line = self._labelled(self.text(key, **params))
            await self.outbox.status(self.turn.chat, line, key=self.turn.id, done=True)
            self._line = ""

    def _labelled(self, line: str) -> str:
        more = [self.text("status.for_next", count=self.arrivals)] if self.arrivals else []
        return " · ".join([*([self.label] if self.label else []), line, *more])

    def reason(self, error: BotError) -> str:
        """What an error means, in a sentence of the catalogue."""
        return self.text(error.key, **explained(error))


def _bound(button: Button, film: Film, said: str) -> Button:
    if button.command == "retry":  # it would look for the last order of the chat's own project
        return replace(button, command="highlight", prompt=pinned(film, said))
    return replace(button, prompt=pinned(film, unpinned(button.prompt)))


def explained(error: BotError) -> dict[str, str | float]:
    """An error's parameters as a reader wants them: bytes as megabytes."""
    params = dict(error.params)
    if isinstance(error, VideoTooLarge):
        for name in ("size", "limit"):
            if isinstance(value := params.get(name), int | float):
                params[name] = value / MEGABYTE
    return params


def file_stem(turn_id: str) -> str:
    """A turn's id as a file name: platforms choose ids, so their characters are not ours to trust."""
    return hashlib.sha256(turn_id.encode()).hexdigest()[:24]


class Flow(Protocol):
    """One step: does its part of the turn and names the next. Entered again after a crash, its marks tell it."""

    async def __call__(self, turn: Turn, voice: Voice) -> Step:
        """Raises `core.errors.BotError` for what the fence puts into words."""
