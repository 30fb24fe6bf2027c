"""The tools: encoding, probing and lettering, tried in processes of their own, so that a crash is only a finding."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding, fault
from bot.media.trial import TrialFailed, trial
from bot.settings import child_environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

AGAIN = "Set the environment up again: make clean, then make demo."


async def look_at_tools(scratch: Path) -> AsyncIterator[Finding]:
    """Make and read something small in `scratch`, and letter something."""
    try:
        yield Finding(part="media tools", text=f"made and read a trial film: {await trial(scratch)}")
    except TrialFailed as error:
        yield fault("media tools", f"a trial film cannot be made: {error}", fix=AGAIN)
    yield await _fonts()


async def _fonts() -> Finding:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.studio.film.check_fonts"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=child_environment(),
    )
    said = (await process.communicate())[0].decode("utf-8", "replace").strip()
    if process.returncode != 0:
        return fault("fonts", f"a bundled font cannot be used: {said}", fix=AGAIN)
    return Finding(part="fonts", text=said)
