"""Logs: one line per record, with its turn, and never a secret."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SECRETS = re.compile(
    r"nmv_usr_[\w-]+"  # Nemo
    r"|clm_[\w-]+"
    r"|(?<!\d)\d{3,12}:[\w-]{30,}"  # Telegram, also inside its URLs, behind "bot"
    r"|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # Discord
    r"|(?<=Bearer )[^\s'\"]+"
    r"|(?<=/webhooks/)\d+/[\w.-]+"  # tokens of Discord's interactions, inside addresses
    r"|(?<=/interactions/)\d+/[\w.-]+",
    re.ASCII,
)
HIDDEN = "[hidden]"


def redact(text: str) -> str:
    """Replace everything that looks like a token."""
    return _SECRETS.sub(HIDDEN, text)


class Redacted(logging.Formatter):
    """Formats first, so that arguments and tracebacks are redacted as well."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, or a line and a traceback."""
        return redact(super().format(record))


def set_up(level: str, *, file: Path | None = None) -> None:
    """Send logs to stderr, or to a file where the terminal belongs to the chat."""
    handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.raiseExceptions = False  # a log that finds no room on the disk is lost, not a traceback in a terminal
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "sqlalchemy", "aiosqlite", "asyncio"):  # httpx logs whole URLs at INFO
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))
