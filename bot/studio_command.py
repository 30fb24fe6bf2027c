"""`highlight-bot studio`: the embedded editing service alone on a port, for any client of its wire format."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

from bot.settings import child_environment
from bot.studio.supervise import Studio, StudioUnavailable

if TYPE_CHECKING:
    from pathlib import Path


async def serve_alone(data_dir: Path, *, port: int) -> int:
    """Serve on loopback until told to stop; 0 then, 1 when the studio cannot start, with the reason on stderr."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        # Given last, the port holds for the first start too; restarts keep it anyway.
        async with Studio(data_dir, options=("--port", str(port)), environment=child_environment()) as studio:
            print(f"The studio serves at {studio.url}, its API is described at {studio.url}/openapi.json", flush=True)
            await stop.wait()
    except StudioUnavailable as error:
        print(error, file=sys.stderr)
        return 1
    return 0
