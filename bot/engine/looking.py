"""A look at one file of a collection: download it, keep what was seen and a small picture, let the file go."""

from __future__ import annotations

import asyncio
import logging
import shutil
from typing import TYPE_CHECKING

from bot.core.errors import MediaError
from bot.core.event.collection import Look
from bot.engine.download import download

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.event.collection import Share
    from bot.engine.turn import Desk

log = logging.getLogger(__name__)


async def look_at(desk: Desk, share: Share) -> bool:
    """Look, and remember; False where the disk fails."""
    folder = desk.spool / f"look-{share.id}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / "file"
        await download(desk, share.ref, source)
        look = await desk.media.look(source, picture=picture_of(desk, share.id))
    except MediaError as error:
        look = Look(error=error.key)
    except OSError:
        log.exception("no room to look at file %d", share.id)
        return False
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    await desk.store.set_look(share.id, look)
    return True


def picture_of(desk: Desk, item: int) -> Path:
    """Where the small picture of a file lies; it goes when the films of its time do."""
    return desk.spool / "films" / f"seen-{item}.jpg"
