"""A chat drawn on a terminal: who said what, and live lines that change in place where the terminal can."""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from dataclasses import dataclass, field
from typing import TextIO

INDENT = 6
PRINT_EVERY = 3.0
"""Seconds between two lines of the same phase where lines cannot change in place."""


@dataclass(slots=True)
class Terminal:
    """Writes to one stream. Where lines cannot change in place, one is printed per phase, and now and then."""

    stream: TextIO = field(default_factory=lambda: sys.stdout)
    _live: str = ""
    _phase: str = ""
    _written: float = 0.0

    def said(self, who: str, text: str) -> None:
        """A message, wrapped to the window and indented under its speaker."""
        self._clear()
        for number, line in enumerate(_wrapped(_printable(text), self._width() - INDENT - 2)):
            self._write(f"{who if number == 0 else '':<{INDENT}}{line}\n")
        self._redraw()

    def live(self, text: str) -> None:
        """Change the live line."""
        line = _printable(text).replace("\n", " ")
        if self.stream.isatty():
            self._live = line
            self._clear()
            self._redraw()
            return
        phase, now = "".join(char for char in line if not char.isdigit()), time.monotonic()
        if phase != self._phase or now - self._written >= PRINT_EVERY:
            self._phase, self._written = phase, now
            self._write(f"{'Bot':<{INDENT}}{line}\n")

    def close_live(self, text: str) -> None:
        """The live line's last words stay."""
        self._clear()
        self._live = self._phase = ""
        self._write(f"{'Bot':<{INDENT}}{_printable(text)}\n")

    def _redraw(self) -> None:
        if self._live:
            self._write(f"{'Bot':<{INDENT}}{_cut(self._live, self._width() - INDENT - 1)}")

    def _clear(self) -> None:
        if self.stream.isatty():
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()

    def _width(self) -> int:
        return shutil.get_terminal_size((100, 24)).columns if self.stream.isatty() else 100


def _printable(text: str) -> str:
    """Words from outside must not move the cursor."""
    return "".join(char if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"} else " " for char in text)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _cut(text: str, width: int) -> str:
    while _columns(text) > width:
        text = text[:-1]
    return text


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            candidate = f"{line} {word}" if line else word
            if line and _columns(candidate) > width:
                lines.append(line)
                candidate = word
            while _columns(candidate) > width:  # Chinese has no spaces to break at
                head = _cut(candidate, width)
                lines.append(head)
                candidate = candidate[len(head) :]
            line = candidate
        lines.append(line)
    return lines
