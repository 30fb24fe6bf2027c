"""A typed line as a message: a command, files dragged into the terminal, words."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a person at a terminal."""

    text: str = ""
    media: tuple[Path, ...] = ()
    command: str = ""


def read_line(line: str) -> Message:
    """`/export`, `/highlight calm`, `a.jpg "b c.jpg" make a reel`: what exists as a file is one, the rest is words.

    Terminals quote or escape a dragged path, file managers paste a `file://` address; both are understood.
    """
    line = line.strip()
    if line.startswith("/") and not Path(line.split()[0]).exists():
        command, _, rest = line[1:].partition(" ")
        inner = read_line(rest)
        return Message(command=command.lower(), text=inner.text, media=inner.media)
    try:
        words = shlex.split(line)
    except ValueError:  # an apostrophe is no quotation
        words = line.split()
    files = [path for word in words if (path := _file(word)) is not None]
    if not files:
        return Message(text=line)
    return Message(text=" ".join(word for word in words if _file(word) is None), media=tuple(files))


def _file(word: str) -> Path | None:
    if word.startswith("file://"):
        word = unquote(urlsplit(word).path)
    try:
        path = Path(word).expanduser()
        return path if path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # too long, no such user, a null byte
        return None
