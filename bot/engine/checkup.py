"""What the engine knows of its own health, for whoever asks in a chat: can files be read, does the service answer."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import EditorError
from bot.core.language import language_of
from bot.core.media import PHOTO_SKILL
from bot.core.session import Session

if TYPE_CHECKING:
    from bot.core.chat import Checkup
    from bot.engine.turn import Desk

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that the service has to say what the balance is."""
_SAMPLE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000100000001008000000003a98a0bd000000114944415478da636c6040054c0c"
    "235a0000999000a050c842b00000000049454e44ae426082"
)
"""A grey square as a PNG."""


async def check_up(desk: Desk, asked: Checkup) -> None:
    """Add a line for each finding, with what mends it."""

    language = language_of("", hint=asked.language, known=desk.catalog.languages)

    def line(good: bool, key: str) -> str:
        return f"{'✅' if good else '⚠️'} {desk.catalog.text(language, key)}"

    reads, answers = await _reads_files(desk), await _answers(desk)
    asked.lines.append(line(reads, "doctor.files") if reads else line(reads, "doctor.no_files"))
    asked.lines.append(line(answers, "doctor.backend") if answers else line(answers, "doctor.no_backend"))


async def _reads_files(desk: Desk) -> bool:
    """Whether a worker process looks at a picture."""
    try:
        with tempfile.TemporaryDirectory(dir=desk.spool) as folder:
            source = Path(folder) / "sample.png"
            await asyncio.to_thread(source.write_bytes, _SAMPLE)
            look = await desk.media.look(source, picture=Path(folder) / "seen.jpg")
    except OSError:
        log.exception("no room for a sample")
        return False
    return not look.error


async def _answers(desk: Desk) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await desk.editor.balance(Session(session_id="", skill=PHOTO_SKILL))
    except (EditorError, TimeoutError):
        return False
    return True
