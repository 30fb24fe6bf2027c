"""One file from its chat platform to this machine's disk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.core.errors import MediaError
from bot.core.media import MEGABYTE, MediaKind, max_bytes
from bot.engine.disk import of_disk

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.media import MediaRef
    from bot.engine.turn import Desk


async def download(desk: Desk, ref: MediaRef, target: Path) -> None:
    """Stream a file. Raises MediaError about this file, and OSError when this machine's disk is at fault."""
    limit = max_bytes(ref.kind if ref.kind is not MediaKind.OTHER else MediaKind.VIDEO)
    too_large = MediaError("media.too_large", name=ref.name, limit=limit // MEGABYTE)
    if (ref.size or 0) > limit:
        raise too_large
    platform = desk.platforms[ref.platform]
    try:
        async with asyncio.timeout(desk.policy.download_timeout), platform.open_media(ref) as chunks:
            with target.open("wb") as file:
                async for chunk in chunks:
                    file.write(chunk)
                    if file.tell() > limit:
                        raise too_large
    except TimeoutError:
        raise MediaError("media.slow", name=ref.name) from None
    except OSError as error:
        if of_disk(error):
            raise
        raise MediaError("media.vanished", name=ref.name) from None
