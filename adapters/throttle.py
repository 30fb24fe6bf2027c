"""One live line per job: posted once, changed in place, no faster than its chat bears, its last words never lost."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.core.chat import ChatRef
from bot.core.errors import DeliveryError, DeliveryUnclear

if TYPE_CHECKING:
    from bot.engine.ports import Notebook

log = logging.getLogger(__name__)

MINUTE = 60.0
NOTE = "line/"
KEEP_SECONDS = 30 * 86_400.0
"""A line that was not touched for so long belongs to a job that nobody will end."""
FAILURES = 6
"""A line that fails this often in a row is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What one chat bears."""

    every: float
    """Least seconds between two changes."""
    per_minute: int
    """Most changes within a minute. Last words may exceed it: a platform has room for them beyond this."""


class Paused(Exception):
    """The platform wants silence in this chat."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class LineGone(Exception):
    """The message cannot be posted or changed any more, now or later: deleted, or the bot was shut out."""


class Canvas(Protocol):
    """How a platform posts and changes a message. Both raise Paused, LineGone and DeliveryError."""

    @property
    def decorated(self) -> bool:
        """Whether an open line carries more than its text (a button), which its last words have to take away."""

    def pace(self, chat: ChatRef) -> Pace:
        """What this chat bears."""

    async def draw(self, chat: ChatRef, text: str, *, key: str) -> str:
        """Post a silent message; its id."""

    async def redraw(self, chat: ChatRef, message: str, text: str, *, key: str) -> str:
        """Change a message in place; its id from now on. Nothing happens when the text is shown already."""


@dataclass(slots=True)
class Meter:
    """When the next change may be. Times are seconds of one monotonic clock that the caller reads."""

    pace: Pace
    paused_until: float = float("-inf")
    changes: deque[float] = field(default_factory=deque)

    def wait(self, now: float, *, last_words: bool = False) -> float:
        """Seconds until a change may be shown; 0 when it may now."""
        while self.changes and self.changes[0] <= now - MINUTE:
            self.changes.popleft()
        waits = [self.paused_until - now]
        if not last_words and self.changes:
            waits.append(self.changes[-1] + self.pace.every - now)
            if len(self.changes) >= self.pace.per_minute:
                waits.append(self.changes[-self.pace.per_minute] + MINUTE - now)
        return max(0.0, *waits)

    def changed(self, now: float) -> None:
        """A change was tried."""
        self.changes.append(now)

    def pause(self, now: float, seconds: float) -> None:
        """Nothing for so long. A longer pause that is under way stays."""
        self.paused_until = max(self.paused_until, now + seconds)


@dataclass(slots=True)
class _Line:
    chat: ChatRef
    wanted: str = ""
    shown: str = ""
    message: str = ""
    done: bool = False
    dead: bool = False
    """Its message is gone: the job goes on without a line."""
    failures: int = 0
    heard: float = 0.0
    """When the job last had something to show."""

    @property
    def due(self) -> bool:
        return self.done or (self.wanted != self.shown and not self.dead)


class LiveLines:
    """`show` says what a line should read and returns at once; `run` brings the chats there."""

    def __init__(self, canvas: Canvas, notebook: Notebook) -> None:
        self._canvas = canvas
        self._notebook = notebook
        self._lines: dict[str, _Line] = {}
        self._meters: dict[ChatRef, Meter] = {}
        self._served: dict[ChatRef, asyncio.Event] = {}
        self._news = asyncio.Event()
        self._writing = asyncio.Lock()

    async def show(self, chat: ChatRef, text: str, *, key: str, done: bool = False) -> None:
        """Change the line of a job. `done` are its last words: on disk when this returns, in the chat soon after."""
        line = self._lines.get(key) or await self._recall(chat, key)
        line.chat, line.wanted, line.done, line.failures = chat, text, done, 0
        line.heard = asyncio.get_running_loop().time()
        if done:
            await self._note(key, line)
        self._news.set()
        if event := self._served.get(chat):
            event.set()

    def working(self, *, within: float) -> set[ChatRef]:
        """Chats with a running job that had something to show in the last `within` seconds.

        Keys of jobs begin with their platform's name; a line with another one is a card, which nobody works on.
        """
        since = asyncio.get_running_loop().time() - within
        return {
            line.chat
            for key, line in self._lines.items()
            if not line.done and line.heard >= since and key.startswith(f"{line.chat.platform}:")
        }

    def ending(self, key: str) -> bool:
        """Whether what a line reads from now on are its job's last words."""
        return key not in self._lines or self._lines[key].done

    async def run(self) -> None:
        """Paint until cancelled, beginning with the last words that an earlier process owed."""
        for note in await self._notebook.keys(NOTE):
            if await self._is_old(note):
                await self._notebook.erase(note)
            elif line := await self._owed(note):
                self._lines.setdefault(note.removeprefix(NOTE).removesuffix("/"), line)
        async with asyncio.TaskGroup() as group:
            while True:
                self._news.clear()
                for chat in {line.chat for line in self._lines.values() if line.due} - self._served.keys():
                    self._served[chat] = asyncio.Event()
                    group.create_task(self._serve(chat))
                await self._news.wait()

    async def _serve(self, chat: ChatRef) -> None:
        """One chat, until nothing is due in it."""
        try:
            while due := [(key, line) for key, line in self._lines.items() if line.chat == chat and line.due]:
                key, line = min(due, key=lambda item: not item[1].done)
                event = self._served[chat]
                event.clear()
                wait = self._meter(chat).wait(asyncio.get_running_loop().time(), last_words=line.done)
                if not wait:
                    await self._paint(key, line)
                    continue
                with suppress(TimeoutError):  # last words that come meanwhile need not wait as long
                    async with asyncio.timeout(wait):
                        await event.wait()
        finally:
            del self._served[chat]

    async def _paint(self, key: str, line: _Line) -> None:
        text, done, before = line.wanted, line.done, line.message
        meter, now = self._meter(line.chat), asyncio.get_running_loop().time
        meter.changed(now())
        try:
            if line.dead:
                pass
            elif not before:
                line.message = await self._canvas.draw(line.chat, text, key=key)
            elif text != line.shown or (done and self._canvas.decorated):
                line.message = await self._canvas.redraw(line.chat, before, text, key=key)
        except Paused as paused:
            meter.pause(now(), paused.seconds)
            return
        except LineGone:
            line.dead = True
        except DeliveryUnclear:
            pass  # it may be there: this text is not posted a second time
        except DeliveryError as error:
            line.failures += 1
            if line.failures < FAILURES:
                meter.pause(now(), 2.0 ** (line.failures - 1))
                return
            log.warning("gave up a text of the live line %s: %s", key, error)
        line.shown, line.failures = text, 0
        if done and line.done and line.wanted == text:
            await self._drop(key)
        elif line.message != before:
            await self._note(key, line)

    def _meter(self, chat: ChatRef) -> Meter:
        return self._meters.setdefault(chat, Meter(self._canvas.pace(chat)))

    async def _recall(self, chat: ChatRef, key: str) -> _Line:
        """The line as it was left by a process before this one, or a new one."""
        kept = await self._notebook.read(_note_of(key))
        message = json.loads(kept)["message"] if kept else ""
        return self._lines.setdefault(key, _Line(chat=chat, message=message))

    async def _is_old(self, note: str) -> bool:
        kept = json.loads(await self._notebook.read(note) or "{}")
        return float(kept.get("at", time.time())) < time.time() - KEEP_SECONDS

    async def _owed(self, note: str) -> _Line | None:
        kept = json.loads(await self._notebook.read(note) or "{}")
        if not kept.get("last_words"):
            return None
        return _Line(chat=ChatRef.from_key(kept["chat"]), wanted=kept["last_words"], message=kept["message"], done=True)

    async def _note(self, key: str, line: _Line) -> None:
        async with self._writing:  # whoever writes last writes the newest, and never after the line was dropped
            if self._lines.get(key) is line:
                last_words = line.wanted if line.done else ""
                kept = {"chat": line.chat.key, "message": line.message, "last_words": last_words, "at": time.time()}
                await self._notebook.write(_note_of(key), json.dumps(kept))

    async def _drop(self, key: str) -> None:
        async with self._writing:
            self._lines.pop(key, None)
            await self._notebook.erase(_note_of(key))


def _note_of(key: str) -> str:
    return f"{NOTE}{key}/"  # closed by a slash, since the notebook erases by prefix
