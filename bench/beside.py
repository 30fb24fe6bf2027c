"""Starting the other side, and a client of it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import bot.nemo
from bench.counterpart import SESSION, TOKEN
from bot.core.policy import Policy
from bot.core.session import Session
from bot.nemo import Identity, NemoClient, load_skills

PROJECT = Session(session_id=SESSION, skill="highlight-editor-photo")


@contextmanager
def counterpart(chats: int = 0) -> Iterator[dict[str, str]]:
    """The addresses of a fresh counterpart, `nemo` and `chat`."""
    command = [sys.executable, "-m", "bench.counterpart", str(chats)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


def client(url: str, folder: Path) -> NemoClient:
    """Our client with a token of its own."""
    return NemoClient(
        url,
        policy=Policy(),
        skills=load_skills(Path(bot.nemo.__file__).parent / "skills"),
        identity=Identity(folder / "identity", scope="bench", token=TOKEN, client_id=""),
        platform="unknown",
        web_url="https://web.example",
        name="nemo",
    )


def spread(values: list[float], digits: int = 0) -> str:
    """The median, and the lowest and highest."""
    return f"{median(values):,.{digits}f} [{min(values):,.{digits}f} to {max(values):,.{digits}f}]"


def resident() -> float:
    """Memory of this process now, in MB."""
    return memory_of("self")


def memory_of(process: int | str, what: str = "VmRSS") -> float:
    """Resident memory of a process, in MB: now, or with `VmHWM` the most that it was."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


def progress(words: str) -> None:
    """Show on the error stream how far the measuring has come."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
