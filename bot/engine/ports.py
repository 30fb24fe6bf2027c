"""The doors of the engine. Everything behind them can be replaced; the contract is in the docstrings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.core.chat import Arrival, ChatRef, Inbound, Signed
    from bot.core.events import AgentEvent
    from bot.core.media import MediaRef, Skill
    from bot.core.session import Balance, Draft, ProjectState, RenderStatus, Session, Uploaded


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A JPEG on disk with the words that belong to it."""

    path: Path
    name: str
    caption: str
    description: str
    """What can be seen, for those who cannot."""


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

    async def whisper(self, chat: ChatRef, text: str, *, key: str, passing: bool = False) -> bool:
        """Tell only whoever caused the event that begins `key`; False, and nothing said, where that cannot be.

        `passing`: only where it is no message that stays (what answers a press).
        """

    async def picture(
        self,
        chat: ChatRef,
        picture: Picture,
        *,
        key: str,
        body_sent: Callable[[], Awaitable[None]],
        buttons: tuple[Button, ...] = (),
    ) -> None:
        """Post a picture with its words as one message. `key` as in `say`; everybody may press its buttons.

        `body_sent` as in `video`; not awaited where sending the same again changes nothing.
        """

    async def poll(self, chat: ChatRef, question: str, options: Sequence[tuple[str, str]], *, key: str) -> None:
        """Let people vote where their reactions are not told to the bot; nothing where they are.

        `options` are words, each with the value that `core.chat.Voted` names it by. `key` as in `say`.
        """

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

    async def run(self, accept: Callable[[Arrival], Awaitable[None]]) -> None:
        """Receive until cancelled, or until a script ends. Each event is confirmed after `accept` returns."""

    async def decides(self, chat: ChatRef, person: str) -> bool:
        """Whether a person (the platform's id) may decide for everybody in a chat: an admin, or its only member."""

    async def signs(self, chat: ChatRef, messages: Collection[str]) -> Sequence[Signed] | None:
        """The signs on those of a chat's messages that are still there; None where a platform cannot be asked."""

    async def present(self, chat: ChatRef, person: str) -> bool | None:
        """Whether a person (the platform's id) is still in a chat; None where that cannot be known."""

    def open_media(self, ref: MediaRef) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Stream a file's bytes. Raises MediaError when it can no longer be had."""


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
