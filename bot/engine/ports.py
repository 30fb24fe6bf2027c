"""The doors of the engine. Everything behind them can be replaced; the contract is in the docstrings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.engine.ports_event import Collecting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.core.chat import ChatMoved, ChatRef, EventId, Inbound
    from bot.core.event.collection import Look
    from bot.core.events import AgentEvent
    from bot.core.media import MediaKind, MediaRef, Skill
    from bot.core.session import Balance, Draft, ProjectState, RenderStatus, Session, Uploaded
    from bot.core.turn import Item, ItemState, Project, Turn, TurnId, TurnState


class Editor(Protocol):
    """An editing service. Every method raises `core.errors.EditorError` subclasses and nothing else.

    The exception is OSError: this machine's own disk failed.

    Calls carry the attribution of `session.skill` (or of `skill`). Tokens stay inside. `progress` is called with
    the number of bytes that have passed so far.
    """

    skills: Mapping[str, Skill]
    name: str
    """`studio` or `nemo`."""

    async def open(self, *, language: str, skill: str) -> Session:
        """Create a project. Makes a second one if called twice: the caller stores the answer."""

    async def upload(
        self, session: Session, file: Path, *, name: str, mime: str, progress: Callable[[int], None]
    ) -> Uploaded:
        """Send one file, streamed. Raises UnsupportedMedia or MediaTooLarge about this file."""

    async def upload_urls(self, session: Session, urls: Sequence[str]) -> tuple[Uploaded, ...]:
        """Let the service fetch files by itself. It sees the addresses: never pass a secret one."""

    def converse(self, session: Session, text: str) -> AbstractAsyncContextManager[AsyncIterator[AgentEvent]]:
        """Post one prompt and stream what the run means until it ends.

        Entering posts exactly once and never again: what fails before the service can have accepted the prompt raises
        BackendDown (or a coded error); anything later raises StreamLost out of the iterator. A clean end just ends it.
        """

    async def state(self, session: Session) -> ProjectState:
        """The draft and media as they are now. Safe to repeat."""

    async def balance(self, session: Session) -> Balance:
        """The account's credits."""

    async def render(self, session: Session, *, render_id: str, draft: Draft) -> None:
        """Submit a render under an id of ours. Raises RenderExists when that id was submitted before."""

    async def rendered(self, session: Session, *, render_id: str) -> RenderStatus:
        """Where a render is, asked with the token that submitted it. Safe to repeat."""

    async def fetch(
        self, session: Session, *, render_id: str, status: RenderStatus, target: Path, progress: Callable[[int], None]
    ) -> None:
        """Stream the finished film to `target` (replaced when complete, never half-written)."""

    async def project_link(self, session: Session) -> str:
        """An address that opens the project in a browser, without a token of ours in it. For owners."""

    async def registration_link(self, session: Session) -> str:
        """Where an anonymous account is made one's own. For its owner's eyes only."""

    async def cancel(self, session: Session, *, render_id: str) -> bool:
        """Ask for a render to be dropped; whether the service said that it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a platform takes in this chat."""

    video_bytes: int
    text_units: int
    """UTF-16 code units of one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An offered next step: pressing it says `prompt`, or gives a command with it."""

    label: str
    prompt: str = ""
    command: str = ""
    """One of `core.commands.COMMANDS`, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A finished film on disk, probed."""

    path: Path
    name: str
    width: int
    height: int
    duration: float
    """Seconds."""
    size: int
    poster: Path | None
    """JPEG of at most 320 px and 200 kB."""
    caption: str
    cover: Path | None = None
    """JPEG of at most 1,920 px and 1 MB."""
    description: str = ""
    """What can be seen and heard, in a few plain sentences, for those who cannot."""


class Outbox(Protocol):
    """How one platform speaks. Raises `core.errors.DeliveryError` subclasses only. Escaping is its own business."""

    def limits(self, chat: ChatRef) -> Limits:
        """What may be sent to this chat."""

    def invitation(self, code: str) -> str:
        """An address that opens a private chat with the bot and joins there by a code; empty where there is none."""

    async def acknowledge(self, inbound: Inbound) -> None:
        """Show that something was received, without a message where the platform can."""

    async def say(self, chat: ChatRef, text: str, *, key: str, buttons: tuple[Button, ...] = ()) -> None:
        """Post a message. `key` is the same when the engine cannot know whether an earlier try arrived."""

    async def status(self, chat: ChatRef, text: str, *, key: str, done: bool = False) -> None:
        """Show the job's one live line: created by the first call of a `key`, edited in place by the next, silent.

        `done` closes the line. Losing an intermediate text is allowed, losing the last is not.
        """

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
        """Deliver the film and return the platform's id of the message.

        `as_file` sends it as a document, where the platform tells that from a video: nothing may change its bytes.
        Awaits `body_sent` when the last byte leaves and before the answer is read: a crash in between is known as one.
        Raises DeliveryUnclear when the answer was lost, VideoTooLarge before sending anything too large.
        """


class Platform(Protocol):
    """A chat platform: its way out, its way in, and its files."""

    name: str

    @property
    def outbox(self) -> Outbox:
        """The way out."""

    async def run(self, accept: Callable[[Inbound | ChatMoved], Awaitable[None]]) -> None:
        """Receive until cancelled, or until a script ends. Each event is confirmed after `accept` returns."""

    async def decides(self, chat: ChatRef, person: str) -> bool:
        """Whether a person (the platform's id) may decide for everybody in a chat: an admin, or its only member."""

    def open_media(self, ref: MediaRef) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Stream a file's bytes. Raises MediaError when it can no longer be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file that the backend will take."""

    path: Path
    name: str
    mime: str
    kind: MediaKind
    converted_from: str = ""
    """The former format, when it was converted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A film that was made smaller."""

    path: Path
    lines: int
    """The short side in pixels, 0 where it stayed."""


class MediaTools(Protocol):
    """What must be done to files, in processes that may die. Raises `core.errors.MediaError` and nothing else."""

    async def prepare(self, source: Path, *, name: str, folder: Path) -> Prepared:
        """Identify by content, refuse what is broken or too large, convert what backends' lists lack.

        HEIC, HIF, AVIF, TIFF and ultra-HDR become an upright JPEG with its EXIF.
        New files go into `folder`; `source` stays.
        """

    async def look(self, source: Path, *, picture: Path) -> Look:
        """See what a file is and write a small JPEG of it to `picture`; what is wrong with it is part of the answer."""

    async def film(self, path: Path, *, name: str, caption: str, description: str, folder: Path) -> Video:
        """Check and measure a finished film and make its poster and cover in `folder`."""

    async def fit(
        self, path: Path, *, target: Path, limit: int, progress: Callable[[int], Awaitable[None]]
    ) -> Fitted | None:
        """Encode a film anew as `target` so that it has at most `limit` bytes; None when nothing worth watching does.

        `progress` is awaited now and then with the number of bytes so far; what it raises ends the work.
        """


class Shelf(Protocol):
    """Hands out addresses of films that are kept on this machine."""

    days: float
    """How long an address holds."""

    def offer(self, film: Path) -> str:
        """An address at which a file can be fetched. It cannot be guessed; whoever has it has the film."""


class Durable(Protocol):
    """Order, resumption and ownership. One turn at a time per lane, in sequence; survives kill -9."""

    async def enqueue(self, turn_id: str, *, lane: str, sequence: int) -> None:
        """Run a turn on a lane after its predecessors. The same id twice runs once."""

    async def enqueue_aside(self, turn_id: str) -> None:
        """Run a turn at once, beside the lanes. The same id twice runs once."""

    async def step(self, name: str, act: Callable[[], Awaitable[str]]) -> str:
        """Inside a running turn: run `act` and journal its answer. After a crash a journaled step is not run again,
        an unfinished one is: at least once."""

    async def prune(self, *, before: float) -> int:
        """Delete the journals of turns that were over before a time (seconds since 1970); how many."""


class Store(Collecting, Protocol):
    """What must survive. Every method is one transaction: committed when it returns. Raises StoreFailed alone."""

    async def add_event(self, inbound: Inbound) -> bool:
        """Keep an event, its place in its chat and its files. False when it is known already."""

    async def unhandled(self) -> list[tuple[int, Inbound]]:
        """Events without a turn, each with its place in its chat, oldest first."""

    async def event(self, event_id: EventId | TurnId) -> Inbound:
        """The event behind a turn."""

    async def album(self, event_id: EventId) -> list[tuple[str, str]]:
        """The events of the same album that have words, in their order, each with its words; empty for no album."""

    async def add_part(self, turn: Turn, *, item: int, label: str) -> None:
        """A part of a batch, with a project of its own that holds one file; `label` begins its live line."""

    async def handle(self, event_id: EventId, *turns_of_it: Turn) -> None:
        """The event needs no more attention, and its turns exist if it has any."""

    async def turn(self, turn_id: TurnId) -> Turn:
        """One turn."""

    async def earlier_phases(self, turn: Turn) -> list[Turn]:
        """The turns of the same message before this one, in order; parts of batches are none."""

    async def batch_turns(self, chat: ChatRef, project: int) -> list[Turn]:
        """The parts of the newest batch that a project became, and the later turns of their films, in lane order."""

    async def readdress(self, turn_id: TurnId, *, project: int, text: str) -> None:
        """A turn is for another project, with these words."""

    async def move_chat(self, moved: ChatMoved) -> None:
        """A chat has another id now: everything of the old one belongs to the new one, its lane included."""

    async def lane(self, chat: ChatRef) -> str:
        """The name of a chat's lane; it stays when the chat gets another id."""

    async def open_turns(self, chat: ChatRef | None = None) -> list[Turn]:
        """Turns that wait or run, of one chat or of all, in lane order."""

    async def begin_turn(self, turn_id: TurnId) -> int:
        """The turn runs now; how often it has been begun since it last got on, this time included."""

    async def stopped(self) -> frozenset[TurnId]:
        """The open turns that somebody said stop to: marked `stop`."""

    async def arrived(self) -> Mapping[tuple[ChatRef, int], int]:
        """By chat and project, how many files wait to be sent."""

    async def begun(self, turn_id: TurnId) -> int:
        """How often the turn has been begun since it last got on."""

    async def recount_turn(self, turn_id: TurnId, begun: int) -> None:
        """The turn got on (1), or was interrupted on purpose (0): earlier beginnings no longer count against it."""

    async def end_turn(self, turn_id: TurnId, state: TurnState) -> None:
        """The turn is over. The first end counts."""

    async def mark(self, turn_id: TurnId, name: str, value: str = "1") -> None:
        """Remember a fact of a turn, before or after the effect it speaks of."""

    async def marks(self, turn_id: TurnId) -> dict[str, str]:
        """All marks of a turn."""

    async def project(self, chat: ChatRef) -> Project:
        """What the chat is working on."""

    async def new_project(self, chat: ChatRef, *, after: int) -> None:
        """Begin the project that follows number `after`; the same call twice begins one."""

    async def set_language(self, chat: ChatRef, language: str) -> None:
        """Answer this chat in this language from now on."""

    async def session(self, chat: ChatRef, project: int) -> Session | None:
        """The backend's session of a project, if it has one."""

    async def set_session(self, chat: ChatRef, project: int, session: Session | None) -> None:
        """Remember a project's session; None also puts its files back to be sent again."""

    async def count_delivery(self, turn_id: TurnId) -> None:
        """The turn's film reached the chat: marked `delivered` and counted, once."""

    async def remember_owner(self, chat: ChatRef) -> None:
        """An owner speaks here in private: what the operator must know can be said here."""

    async def owner_chats(self) -> list[ChatRef]:
        """Where owners were last heard in private."""

    async def film_turns(self, chat: ChatRef, project: int) -> list[TurnId]:
        """The turns of a project that made a film (marked `film`), newest first."""

    async def last_edit(self, chat: ChatRef, project: int) -> Turn | None:
        """The newest turn of a project that is or was meant for the agent."""

    async def forget(self, chat: ChatRef) -> int:
        """Delete everything of a chat but the ids of its events; how many files were known."""

    async def items(self, chat: ChatRef, project: int) -> list[Item]:
        """A project's files in the order in which they are sent: as arranged, else as they arrived."""

    async def set_item(self, item_id: int, state: ItemState, reason: str = "") -> None:
        """Where a file is now, and why if it was refused."""

    async def prune(self, *, events_before: float, events_least: int, turns_before: float) -> int:
        """Delete what is over and older than given times; the newest ids of events stay. How many rows went."""


class Notebook(Protocol):
    """A platform's own durable memory: ids of its messages, what its buttons mean, what a chat has chosen."""

    async def read(self, key: str) -> str | None:
        """What was written, or None."""

    async def write(self, key: str, value: str) -> None:
        """Remember; committed on return."""

    async def erase(self, prefix: str) -> int:
        """Forget every key that begins so; how many there were."""

    async def keys(self, prefix: str) -> list[str]:
        """Every key that begins so, in order."""
