"""Films by address: for a chat that takes only smaller ones.

An address names the film, its last moment, and a proof that this bot has given it out; nothing is kept for it, and it
cannot be guessed or prolonged. What is served is the file that the bot keeps to send again, and ends with it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400
KEY_BYTES = 32
PROOF = 40
"""Hexadecimal digits: 160 bits."""
_NAME = re.compile(rf"([0-9a-f]{{24}})-([0-9]{{1,12}})-([0-9a-f]{{{PROOF}}})\.mp4")
_HEADERS = {
    "Content-Type": "video/mp4",
    "Content-Disposition": 'inline; filename="highlight.mp4"',
    "Cache-Control": "private, no-transform",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


class FilmShelf:
    """`engine.ports.Shelf`, and the handler of what it hands out. `folder` holds the films, `public_url` ends at us."""

    def __init__(self, folder: Path, *, key: bytes, public_url: str, days: float) -> None:
        self.days = days
        self._folder = folder
        self._key = key
        self._root = f"{public_url.rstrip('/')}/films/"

    @property
    def route(self) -> str:
        """The path under which the handler takes requests: that of the public address goes before it."""
        return urlsplit(self._root).path + "{name}"

    def offer(self, film: Path) -> str:
        """An address for the next `days`. The file counts as new from now on, so that it is kept as long."""
        os.utime(film)
        until = int(time.time() + self.days * DAY)
        return f"{self._root}{film.stem}-{until}-{self._proof(film.stem, str(until))}.mp4"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The film or parts of it; 404 for what was never handed out, 410 for what is over."""
        read = _NAME.fullmatch(request.match_info["name"])
        if read is None or not hmac.compare_digest(self._proof(read[1], read[2]), read[3]):
            raise web.HTTPNotFound
        film = self._folder / f"{read[1]}.mp4"
        if int(read[2]) < time.time() or not film.is_file():
            raise web.HTTPGone
        return web.FileResponse(film, headers=_HEADERS)

    def _proof(self, stem: str, until: str) -> str:
        return hmac.new(self._key, f"{stem}-{until}".encode(), hashlib.sha256).hexdigest()[:PROOF]


def key_in(file: Path) -> bytes:
    """The secret behind the proofs: read, or made with the first need of it. Deleting the file ends every address."""
    if not file.exists():
        part = file.with_name(f"{file.name}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as made:
            made.write(secrets.token_bytes(KEY_BYTES))
        part.replace(file)  # a key that is half there would be half a secret
    return file.read_bytes()
