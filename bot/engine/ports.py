"""The doors of the engine. Everything behind them can be replaced; the contract is in the docstrings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.core.chat import ChatRef, Inbound
    from bot.core.events import AgentEvent
    from bot.core.media import MediaKind, MediaRef, Skill
    from bot.core.session import Balance, Draft, ProjectState, RenderStatus, Session, Uploaded


class Editor(Protocol):
    """An editing service. Every method raises `core.errors.EditorError` subclasses and nothing else.

    Calls carry the attribution of `session.skill` (or of `skill`). Tokens stay inside. `progress` is called with the number of
    bytes that have passed so far.
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
    """An offered next step: pressing it says `prompt`."""

    label: str
    prompt: str


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


class Outbox(Protocol):
    """How one platform speaks. Raises `core.errors.DeliveryError` subclasses only. Escaping is its own business."""

    def limits(self, chat: ChatRef) -> Limits:
        """What may be sent to this chat."""

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
    ) -> str:
        """Deliver the film and return the platform's id of the message.

        Awaits `body_sent` when the last byte leaves and before the answer is read: a crash in between is known as one.
        Raises DeliveryUnclear when the answer was lost, VideoTooLarge before sending anything too large.
        """


class Platform(Protocol):
    """A chat platform: its way out, its way in, and its files."""

    name: str
    outbox: Outbox

    async def run(self, accept: Callable[[Inbound], Awaitable[None]]) -> None:
        """Receive until cancelled, or until a script ends. Each event is confirmed after `accept` returns."""

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


class MediaTools(Protocol):
    """What must be done to files, in processes that may die. Raises `core.errors.MediaError` and nothing else."""

    async def prepare(self, source: Path, *, name: str, folder: Path) -> Prepared:
        """Identify by content, refuse what is broken or too large, convert what backends' lists lack.

        HEIC, HIF, AVIF, TIFF and ultra-HDR become an upright JPEG with its EXIF. New files go into `folder`; `source` stays.
        """

    async def film(self, path: Path, *, name: str, caption: str, folder: Path) -> Video:
        """Check and measure a finished film and make its poster."""


class Durable(Protocol):
    """Order, resumption and ownership. One turn at a time per lane, in sequence; survives kill -9."""

    async def enqueue(self, turn_id: str, *, lane: str, sequence: int) -> None:
        """Run a turn on a lane after its predecessors. The same id twice runs once."""

    async def enqueue_aside(self, turn_id: str) -> None:
        """Run a turn at once, beside the lanes. The same id twice runs once."""

    async def step(self, name: str, act: Callable[[], Awaitable[str]]) -> str:
        """Inside a running turn: run `act` and journal its answer. After a crash a journaled step is not run again,
        an unfinished one is: at least once."""
