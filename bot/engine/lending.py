"""Files that the cloud service fetches by itself, where platform and operator allow it."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from urllib.parse import unquote, urlsplit

from bot.core.errors import BackendDown, EditorError, SessionGone
from bot.core.media import extension, max_bytes

if TYPE_CHECKING:
    from bot.core.media import MediaRef
    from bot.core.session import Session
    from bot.engine.turn import Desk

log = logging.getLogger(__name__)

CLOUD = "nemo"
"""The backend that can reach addresses outside of this machine."""
TAKEN = frozenset(("mp4", "mov", "avi", "webm", "mkv", "jpg", "jpeg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac"))
"""What it takes as it is; everything else has to be converted here first."""


@runtime_checkable
class Lending(Protocol):
    """A platform whose files can be had at a public address for a while."""

    async def address(self, ref: MediaRef) -> str | None:
        """Where a file can be fetched, or None. Whoever has it has the file: never logged, kept or shown."""


async def address_of(desk: Desk, ref: MediaRef, *, name: str) -> str | None:
    """Where the service may fetch a file by itself; None when its bytes have to be sent.

    The address must end in `name`, by which the file is recognised after a crash.
    """
    platform = desk.platforms[ref.platform]
    if desk.editor.name != CLOUD or not isinstance(platform, Lending):
        return None
    if extension(name) not in TAKEN or ref.size is None or ref.size > max_bytes(ref.kind):
        return None
    address = await platform.address(ref)
    return address if address and PurePosixPath(unquote(urlsplit(address).path)).name == name else None


async def fetched(desk: Desk, session: Session, address: str) -> bool:
    """Whether the service took a file from an address. Raises BackendDown and SessionGone.

    An answer that does not say so may mean either: what the project holds decides, so that no clip is in it twice.
    """
    try:
        if await desk.editor.upload_urls(session, (address,)):
            return True
    except (BackendDown, SessionGone):
        raise
    except EditorError as error:
        log.info("a file was not said to be fetched: %s", type(error).__name__)
    stem = PurePosixPath(unquote(urlsplit(address).path)).stem
    return any(PurePosixPath(media.name).stem == stem for media in (await desk.editor.state(session)).media)
