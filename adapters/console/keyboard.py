"""Lines from standard input, without blocking the loop and without keeping the program from ending."""

from __future__ import annotations

import asyncio
import codecs
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


async def typed_lines(descriptor: int) -> AsyncIterator[str]:
    """Each line as it is completed, until end of file."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def hand_over(line: str | None) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, line)

    def read() -> None:
        # Raw reads: a thread inside sys.stdin would hold its lock while the interpreter wants to leave.
        decoder, rest = codecs.getincrementaldecoder("utf-8")("replace"), ""
        while chunk := os.read(descriptor, 65536):
            *lines, rest = (rest + decoder.decode(chunk)).split("\n")
            for line in lines:
                hand_over(line)
        if rest:
            hand_over(rest)
        hand_over(None)

    threading.Thread(target=read, daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
