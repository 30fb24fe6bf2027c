"""The door to what must be done with files: checking, converting, looking, measuring, making fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from bot.core.event.collection import Look
    from bot.core.event.sheet import Tile
    from bot.core.media import MediaKind
    from bot.engine.ports import Video


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

    async def sheet(self, tiles: Sequence[tuple[Tile, Path]], *, target: Path) -> None:
        """Draw a numbered contact sheet of small pictures as a JPEG; a picture that is gone leaves its place empty."""

    async def film(self, path: Path, *, name: str, caption: str, description: str, folder: Path) -> Video:
        """Check and measure a finished film and make its poster and cover in `folder`."""

    async def fit(
        self, path: Path, *, target: Path, limit: int, progress: Callable[[int], Awaitable[None]]
    ) -> Fitted | None:
        """Encode a film anew as `target` so that it has at most `limit` bytes; None when nothing worth watching does.

        `progress` is awaited now and then with the number of bytes so far; what it raises ends the work.
        """
