"""Files on this disk as media."""

from __future__ import annotations

import asyncio
import mimetypes
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.core.errors import MediaError
from bot.core.media import MediaRef, kind_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PLATFORM = "console"
CHUNK = 1 << 18


def media_ref(path: Path) -> MediaRef:
    """A file by its absolute path; its size where it exists."""
    mime = mimetypes.guess_type(path.name)[0] or ""
    return MediaRef(
        platform=PLATFORM,
        locator=str(path.absolute()),
        name=path.name,
        kind=kind_of(path.name, mime),
        mime=mime,
        size=path.stat().st_size if path.exists() else None,
    )


@asynccontextmanager
async def opened(ref: MediaRef) -> AsyncIterator[AsyncIterator[bytes]]:
    """Read a file in pieces. Raises MediaError when it is gone."""
    try:
        file = await asyncio.to_thread(open, ref.locator, "rb")
    except OSError:
        raise MediaError("media.vanished", name=ref.name) from None

    async def chunks() -> AsyncIterator[bytes]:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk

    with file:
        yield chunks()
