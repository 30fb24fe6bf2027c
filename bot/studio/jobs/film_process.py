"""One run of the renderer in a child process: its progress, its result, its death."""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LINE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The film is at the job's target."""

    duration_ms: int
    size: int
    notes: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The renderer refuses the draft or a file; trying again would not help."""

    reason: str
    params: dict[str, Any]


class Died(RuntimeError):
    """The renderer ended without a last word, or was quiet for too long."""


async def render(job: Path, *, silence: float, on_progress: Callable[[float], None]) -> Done | Failed:
    """Run `python -m bot.studio.film` on `job`. Cancelling kills it. Raises Died after `silence` seconds of nothing."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.studio.film", str(job)),
        # Held open and never written: its end tells the renderer that this process is gone.
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LINE_BYTES,
    )
    try:
        return await _listen(process, silence, on_progress)
    finally:
        if process.returncode is None:
            process.kill()
        await _reaped(process)


async def _reaped(process: asyncio.subprocess.Process) -> None:
    """Wait for the end of a killed process and of its pipes, also when cancelled once more: it takes no time."""
    again: asyncio.CancelledError | None = None
    while True:
        try:
            await process.communicate()
        except asyncio.CancelledError as error:
            again = error
        else:
            break
    if again is not None:
        raise again


async def _listen(
    process: asyncio.subprocess.Process, silence: float, on_progress: Callable[[float], None]
) -> Done | Failed:
    assert process.stdout is not None
    try:
        while True:
            async with asyncio.timeout(silence):
                line = await process.stdout.readline()
            if not line:
                raise Died("The renderer ended without a result.")
            message = json.loads(line)
            if "progress" in message:
                on_progress(float(message["progress"]))
            elif "done" in message:
                return _done(message["done"])
            elif "error" in message:
                return Failed(reason=str(message["error"]["reason"]), params=dict(message["error"].get("params") or {}))
    except TimeoutError:
        raise Died("The renderer made no progress.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise Died(f"The renderer said something that cannot be read: {error}") from error


def _done(body: dict[str, Any]) -> Done:
    return Done(duration_ms=int(body["duration_ms"]), size=int(body["size"]), notes=list(body.get("notes") or []))
