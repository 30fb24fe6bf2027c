"""`python -m tests.durable.process FILE LOG`: one turn of three steps; dies in the second, the first time.

Each line of LOG is a step that began.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.durable.turns import DurableTurns
from tests.durable.lanes import durable


async def main(file: Path, log: Path) -> None:
    over = asyncio.Event()

    async def run(turns: DurableTurns, turn_id: str) -> None:
        for step in ("one", "two", "three"):
            await turns.step(step, lambda step=step: act(step))
        over.set()

    async def act(step: str) -> str:
        died_before = "two" in log.read_text().split()
        with log.open("a") as lines:
            lines.write(f"{step}\n")
        if step == "two" and not died_before:
            os.kill(os.getpid(), signal.SIGKILL)
        return step

    async with durable(file, run) as turns:
        await turns.enqueue("t:1", lane="l", sequence=1)
        await over.wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
