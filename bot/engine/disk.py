"""This machine's disk: which errors are its own, and whether a file is still what was written."""

from __future__ import annotations

import asyncio
import errno
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DISK = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EROFS,
        errno.EIO,
        errno.EACCES,
        errno.EPERM,
        errno.EMFILE,
        errno.ENFILE,
    }
)


def of_disk(error: OSError) -> bool:
    """Whether this machine's files are at fault: connections and time-outs are OSErrors too."""
    return error.errno in _DISK


async def digest(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal; empty when there is no such file. Raises OSError."""
    return await asyncio.to_thread(_digest, file)


def _digest(file: Path) -> str:
    if not file.exists():
        return ""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
