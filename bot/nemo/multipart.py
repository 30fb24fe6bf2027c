"""A file as one multipart body of known length, read as it is sent: memory stays the same whatever the size."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

CHUNK = 1 << 19
"""Bytes per read; each is a hop to a thread and back."""

_NAME_CHARS = 150
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/:\u0085\u2028\u2029]')
_MIME = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")


def safe_name(name: str) -> str:
    """A file name that no server can misread: no path, no quotes, no line breaks; its extension survives cutting."""
    name = _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2]).encode("utf-8", "replace").decode("utf-8")
    stem, dot, extension = name.rpartition(".")
    if len(name) > _NAME_CHARS:
        name = f"{stem[: _NAME_CHARS - 20]}{dot}{extension[:16]}" if dot else name[:_NAME_CHARS]
    return name if name.strip(". ") else "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """One file in the form field `files`."""

    file: Path
    size: int
    """Bytes; exactly so many are sent."""
    head: bytes
    tail: bytes
    boundary: str

    @property
    def headers(self) -> dict[str, str]:
        """The length is said, so that the body is not sent in chunks."""
        length = len(self.head) + self.size + len(self.tail)
        return {"Content-Type": f"multipart/form-data; boundary={self.boundary}", "Content-Length": str(length)}

    async def chunks(self, progress: Callable[[int], None]) -> AsyncIterator[bytes]:
        """The body; `progress` gets the number of file bytes handed over so far. Raises OSError."""
        yield self.head
        with await asyncio.to_thread(self.file.open, "rb") as source:
            sent = 0
            while sent < self.size:
                chunk = await asyncio.to_thread(source.read, min(CHUNK, self.size - sent))
                if not chunk:
                    raise OSError(f"{self.file.name} became shorter while it was sent")
                yield chunk
                sent += len(chunk)
                progress(sent)
        yield self.tail


async def file_part(file: Path, *, name: str, mime: str) -> FilePart:
    """Measure a file and frame it. Raises OSError when it cannot be read."""
    boundary = secrets.token_hex(16)
    mime = mime if _MIME.fullmatch(mime) else "application/octet-stream"
    disposition = f'form-data; name="files"; filename="{safe_name(name)}"'
    return FilePart(
        file=file,
        size=(await asyncio.to_thread(file.stat)).st_size,
        head=f"--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: {mime}\r\n\r\n".encode(),
        tail=f"\r\n--{boundary}--\r\n".encode(),
        boundary=boundary,
    )
