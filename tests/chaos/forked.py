"""Bots forked from one process that has loaded what a bot needs: loading takes longer than most of these tests.

Run as a module it is that process. Each connection to its socket begins one bot: a line of JSON with `arguments`,
`environment` and the file for `stderr` goes in; the bot's process id and, when it has ended, its exit code come back.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NoReturn


class Bot:
    """A bot's process, with what `asyncio.subprocess.Process` has."""

    def __init__(self, pid: int, answers: asyncio.StreamReader, lifeline: asyncio.StreamWriter) -> None:
        self.pid = pid
        self._answers, self._lifeline = answers, lifeline

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Its exit code; negative for the signal that ended it."""
        code = int(await self._answers.readline())
        self._lifeline.close()
        return code


async def begin(arguments: list[str], environment: dict[str, str], stderr: Path) -> Bot:
    """Begin a bot; what it says on stderr is added to a file."""
    answers, asked = await asyncio.open_unix_connection(_nursery())
    order = {"arguments": arguments, "environment": environment, "stderr": str(stderr)}
    asked.write(json.dumps(order).encode() + b"\n")
    return Bot(int(await answers.readline()), answers, asked)


@cache
def _nursery() -> str:
    """The address of the process that forks; it ends with this one, which holds the other end of its stdin."""
    address = str(Path(tempfile.mkdtemp(prefix="bots-")) / "socket")
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, address],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    _kept.append(process)
    return address


_kept: list[subprocess.Popen[bytes]] = []


def main(address: str) -> None:
    """Fork a bot for each connection, until stdin ends."""
    from tests.chaos import bot_process  # with it comes all that is to be shared

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who look after a bot
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen()
        print("ready", flush=True)
        while sys.stdin not in (ready := select.select([door, sys.stdin], [], [])[0]) and ready:
            asked, _ = door.accept()
            if os.fork() == 0:
                door.close()
                _look_after(asked, bot_process.run)
            asked.close()


def _look_after(asked: socket.socket, run: Callable[[list[str]], int]) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    order = json.loads(asked.makefile().readline())
    if (pid := os.fork()) == 0:
        asked.close()
        _live(order, run)
    asked.sendall(b"%d\n" % pid)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    asked.sendall(b"%d\n" % code)
    os._exit(0)


def _live(order: dict[str, Any], run: Callable[[list[str]], int]) -> NoReturn:
    errors = os.open(order["stderr"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for place, file in enumerate((os.open(os.devnull, os.O_RDONLY), errors, errors)):
        os.dup2(file, place)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # who began the tests in the background had it ignored
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.exit(run(order["arguments"]))


if __name__ == "__main__":
    main(sys.argv[1])
