"""A chat for tests: a platform of the real contract that remembers what the bot said, and a bot around it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from bot import app
from bot.core.chat import ChatKind, ChatRef, EventId, Inbound, Sender, Signed
from bot.core.errors import MediaError, VideoTooLarge
from bot.core.media import MediaRef, kind_of
from bot.engine.intake import Intake
from bot.engine.ports import Button, Limits, Picture, Shelf, Video
from bot.settings import NemoSettings, Settings

FAST = {
    "album_quiet": 0.05,
    "album_cap": 1.0,
    "pulse": 0.05,
    "status_every": 0.0,
    "recover_first": 0.1,
    "recover_next": 0.1,
    "recover_looks": 3,
    "render_poll": 0.05,
    "render_polls": 100,
    "poll_queue": 0.1,
    "sweep": 1.0,
    "event_every": 0.05,
    "token_retry": 0.05,
}


@dataclass
class Chat:
    """One private chat. `engine.ports.Platform` and `Outbox` at once."""

    name: str = "test"
    texts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    said: list[tuple[ChatRef, str]] = field(default_factory=list)
    """What was said, with where."""
    shown: dict[str, str] = field(default_factory=dict)
    """What each live line reads now."""
    open_lines: set[str] = field(default_factory=set)
    films: list[Video] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    private: bool = False
    """Whether somebody can be told something that nobody else sees."""
    whispers: list[str] = field(default_factory=list)
    polls: list[list[tuple[str, str]]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    """What came with a picture; its words are among `texts` too."""
    acknowledged: list[str] = field(default_factory=list)
    went: list[ChatRef] = field(default_factory=list)
    """Where each film went."""
    admins: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    """Who has left all groups."""
    signed: list[Signed] | None = None
    """The signs that can be read."""
    fail_video: Exception | None = None
    limit: int = 50_000_000
    """Bytes that this chat says it takes."""
    refuses_from: int = 2**62
    """Bytes that it refuses all the same, after the last of them has come."""
    files: list[Video] = field(default_factory=list)
    """What came as a document."""
    film_buttons: list[Button] = field(default_factory=list)
    _accept: Callable[[Inbound], Awaitable[None]] | None = None
    _numbers: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def outbox(self) -> Chat:
        return self

    # the way in

    async def press(self, button: Button) -> None:
        await self.send(button.prompt, command=button.command)

    async def send(
        self,
        text: str = "",
        *files: Path,
        event_id: str = "",
        kind: ChatKind = ChatKind.PRIVATE,
        command: str = "",
        group_id: str = "",
        who: str = "7",
        chat_id: str = "1",
        thread: str = "",
        reply_to: str = "",
        addressed: bool = True,
        at: datetime | None = None,
    ) -> str:
        self._numbers += 1
        media = tuple(
            MediaRef(platform=self.name, locator=str(file), name=file.name, kind=kind_of(file.name)) for file in files
        )
        assert self._accept is not None
        await self._accept(
            Inbound(
                event_id=EventId(event_id or f"test:{self._numbers:06d}"),
                chat=ChatRef(platform=self.name, chat_id=chat_id, thread_id=thread),
                chat_kind=kind,
                message_id=str(self._numbers),
                sender=Sender(id=who, name=who.title()),
                at=at or datetime.now(UTC),
                language="en",
                text=text,
                command=command,
                group_id=group_id,
                reply_to=reply_to,
                addressed=addressed,
                media=media,
            )
        )
        return str(self._numbers)

    async def run(self, accept: Callable[[Inbound], Awaitable[None]]) -> None:
        raise NotImplementedError

    async def decides(self, chat: ChatRef, person: str) -> bool:
        return person in self.admins

    async def signs(self, chat: ChatRef, messages: Collection[str]) -> Sequence[Signed] | None:
        return self.signed

    async def present(self, chat: ChatRef, person: str) -> bool | None:
        return person not in self.gone

    @asynccontextmanager
    async def open_media(self, ref: MediaRef) -> AsyncIterator[AsyncIterator[bytes]]:
        path = Path(ref.locator)
        if not path.exists():
            raise MediaError("media.vanished", name=ref.name)

        async def chunks() -> AsyncIterator[bytes]:
            yield path.read_bytes()

        yield chunks()

    # the way out

    def limits(self, chat: ChatRef) -> Limits:
        return Limits(video_bytes=self.limit, text_units=4096)

    def invitation(self, code: str) -> str:
        return f"test://join/{code}"

    async def acknowledge(self, inbound: Inbound) -> None:
        self.acknowledged.append(inbound.event_id)

    async def say(self, chat: ChatRef, text: str, *, key: str, buttons: tuple[Button, ...] = ()) -> None:
        self.texts.append(text)
        self.said.append((chat, text))
        self.buttons.extend(buttons)
        self._news.set()

    async def whisper(self, chat: ChatRef, text: str, *, key: str, passing: bool = False) -> bool:
        if self.private and not passing:
            self.whispers.append(text)
            self._news.set()
        return self.private and not passing

    async def picture(
        self,
        chat: ChatRef,
        picture: Picture,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
    ) -> None:
        with Image.open(picture.path) as drawn:
            drawn.verify()
        await body_sent()
        self.pictures.append(picture)
        await self.say(chat, picture.caption, key=key, buttons=buttons)

    async def poll(self, chat: ChatRef, question: str, options: Sequence[tuple[str, str]], *, key: str) -> None:
        self.polls.append([*options])

    async def status(self, chat: ChatRef, text: str, *, key: str, done: bool = False) -> None:
        self.lines.append(text)
        self.shown[key] = text
        (self.open_lines.discard if done else self.open_lines.add)(key)
        self._news.set()

    async def video(
        self,
        chat: ChatRef,
        video: Video,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
        as_file: bool = False,
    ) -> str:
        if self.fail_video is not None:
            raise self.fail_video
        assert video.path.stat().st_size == video.size <= self.limit, "larger than was allowed"
        await body_sent()
        if video.size >= self.refuses_from:
            raise VideoTooLarge(size=video.size, limit=self.limit)
        (self.files if as_file else self.films).append(video)
        self.went.append(chat)
        self.film_buttons.extend(buttons)
        self._news.set()
        return "m1"

    # for tests

    async def until(self, condition: Callable[[], object], seconds: float = 90.0) -> None:
        """Wait until something is true; on a time-out the failure shows the whole chat."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    self._news.clear()
                    try:
                        async with asyncio.timeout(0.05):
                            await self._news.wait()
                    except TimeoutError:
                        continue
        except TimeoutError:
            raise AssertionError(
                f"never happened; the chat: {self.lines} {self.texts} {len(self.films)} films"
            ) from None

    async def settled(self) -> None:
        """Wait until something was said and no live line is open any more."""
        await self.until(lambda: (self.texts or self.films or self.lines) and not self.open_lines)


@asynccontextmanager
async def bot_on(
    url: str, folder: Path, chat: Chat, *, owners: str = "", shelf: Shelf | None = None, **policy: float
) -> AsyncIterator[Intake]:
    """The whole bot on a service at `url`, in this process."""
    settings = Settings(
        _env_file=None,
        data_dir=folder,
        backend="nemo",
        policy=FAST | policy,
        owners=owners,
        nemo=NemoSettings(_env_file=None, api_url=url),
    )
    async with app.engine(settings, [chat], shelf) as intake, asyncio.TaskGroup() as group:
        chat._accept = intake.accept
        taking = group.create_task(intake.run())
        try:
            yield intake
        finally:
            taking.cancel()
