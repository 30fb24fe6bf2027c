"""Bytes from outside into a file, in constant memory."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.studio import ids
from bot.studio.media.formats import too_large

_WRITE_BYTES = 1024 * 1024
_MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file in the incoming directory; `filename` is for display only."""

    path: Path
    filename: str
    size: int
    sha256: str


async def receive(chunks: AsyncIterator[bytes], *, filename: str, folder: Path, limit: int) -> Received:
    """Write `chunks` to a new file in `folder`. Raises FileTooLarge after `limit` bytes; then nothing is left."""
    filename = safe_name(filename)
    path = folder / ids.key()
    digest = hashlib.sha256()
    size = 0
    file = await asyncio.to_thread(path.open, "xb")
    try:
        async for block in _blocks(chunks):
            size += len(block)
            if size > limit:
                raise too_large(filename, limit)
            await asyncio.to_thread(_write, file, digest, block)
    except BaseException:
        path.unlink()
        raise
    finally:
        file.close()
    return Received(path=path, filename=filename, size=size, sha256=digest.hexdigest())


def safe_name(name: str) -> str:
    """The last part of a path from outside, without control characters, of bearable length; never empty."""
    last = re.split(r"[/\\]", name)[-1].encode("utf-8", "replace").decode()
    plain = "".join(character for character in last if character.isprintable()).strip().strip(".")
    stem, dot, suffix = plain.rpartition(".")
    if len(plain) > _MAX_NAME:
        plain = (stem or suffix)[: _MAX_NAME - 10] + (dot + suffix[:8] if stem else "")
    return plain or "file"


async def _blocks(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in pieces worth a trip to a thread."""
    gathered = bytearray()
    async for chunk in chunks:
        gathered += chunk
        if len(gathered) >= _WRITE_BYTES:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def _write(file: BinaryIO, digest: "hashlib._Hash", block: bytes) -> None:
    digest.update(block)
    file.write(block)
