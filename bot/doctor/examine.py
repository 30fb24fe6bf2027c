"""The examination: all parts in order, each reported as soon as it is known."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import DATABASE
from bot.doctor.finding import Finding, State
from bot.doctor.machine import look_at_folder, look_at_python
from bot.doctor.names import look_at_names, unknown_names
from bot.doctor.platforms import look_at_platforms
from bot.doctor.service import look_at_service, look_at_skills
from bot.doctor.tools import look_at_tools
from bot.logs import redact

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at every part. Nothing in the data directory is changed, and a running bot is not disturbed."""
    for finding in look_at_python():
        yield finding
    backend = settings.effective_backend
    yield Finding(part="settings", text=f"editing service: {backend}; {len(settings.owners)} owners")
    for finding in look_at_names(unknown_names()):
        yield finding
    for finding in look_at_folder(settings.data_dir, DATABASE):
        yield finding
    for finding in look_at_skills():
        yield finding
    with tempfile.TemporaryDirectory(prefix="highlight-bot-") as scratch:
        async for finding in look_at_tools(Path(scratch)):
            yield finding
        async for finding in look_at_service(settings, Path(scratch)):
            yield finding
    async for finding in look_at_platforms(settings):
        yield finding


async def report(settings: Settings) -> int:
    """Print the findings; how many of them are faults."""
    faults = 0
    async for finding in examine(settings):
        print(redact(str(finding)), flush=True)
        faults += finding.state is State.FAULT
    print("Everything works." if not faults else f"{faults} fault{'s' if faults > 1 else ''} to mend.")
    return faults
