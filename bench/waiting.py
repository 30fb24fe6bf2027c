"""Many chats that wait for a silent run, in one real process of the bot."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bench.beside import counterpart, memory_of, progress
from bench.counterpart import TOKEN

CHATS = 2_000
SECONDS = 20.0
"""How long the processor is watched."""
LONGEST = 240.0
"""After so many seconds it is said how many of the chats had come to wait by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A process over a while: MB, share of a core, threads."""

    memory: float
    share: float
    threads: int
    waiting: int
    """Chats in the middle of a run."""
    took: float
    """Seconds until they were, since the bot listened ..."""
    spent: float
    """... and of processor time."""


def section(rounds: int, cache: Path) -> str:
    """Look at one process before the chats come and when all of them wait; Markdown. One round: it takes minutes."""
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        idle = _look(0, Path(folder) / "idle")
        full = _look(CHATS, Path(folder) / "full")
    coming = "" if full.waiting >= CHATS else "The others were still coming, which is in the share of a core. "
    each = (full.memory - idle.memory) * 1024 / max(1, full.waiting)
    return f"""### Waiting chats

One process, {CHATS:,} chats, each in the middle of a run of the agent that only sends heartbeats, every ten seconds
(`HIGHLIGHT_POLICY__TURNS_AT_ONCE={CHATS}`). The shares of a core are over {SECONDS:.0f} s.

| what | memory MB | share of a core | threads |
| --- | --- | --- | --- |
| nobody there | {idle.memory:.0f} | {idle.share:.1%} | {idle.threads} |
| **{full.waiting:,} chats waiting** | {full.memory:.0f} | {full.share:.1%} | {full.threads} |

{each:.0f} kB a chat, its connection included. They were waiting {full.took:.0f} s after the bot had begun to listen:
{full.spent / max(1, full.waiting) * 1000:.0f} ms of processor time from a message to a run of the agent.
{coming}Much of what is left is the durable engine's: it looks for work five times a second and names every busy chat.
"""


def _look(chats: int, folder: Path) -> Look:
    folder.mkdir(parents=True)
    with counterpart(chats) as urls:
        settings = {
            "HIGHLIGHT_DATA_DIR": str(folder / "data"),
            "NEMO_API_URL": urls["nemo"],
            "HIGHLIGHT_POLICY__TURNS_AT_ONCE": str(CHATS),
            "HIGHLIGHT_POLICY__CONVERSE_LIMIT": "3600",
        }
        environment = {name: os.environ[name] for name in ("PATH", "HOME")} | settings  # noqa: TID251
        command = ["sh", "-c", 'ulimit -n "$(ulimit -H -n)" && exec "$@"', "sh", sys.executable]
        bot = subprocess.Popen([*command, "-m", "tests.chaos.bot_process", urls["chat"]], env=environment)
        try:
            while not _asked(urls["nemo"])["listening"]:
                _still_runs(bot)
            began, before, shown = time.monotonic(), _processor_seconds(bot.pid), 0
            while (waiting := _asked(urls["nemo"])["waiting"]) < chats and time.monotonic() < began + LONGEST:
                _still_runs(bot)
                if waiting >= shown + chats // 10:
                    shown = waiting
                    progress(f"waiting: {waiting:,} of {chats:,} chats")
            took, spent = time.monotonic() - began, _processor_seconds(bot.pid) - before
            time.sleep(5.0)  # until what led there is over
            return _watched(bot.pid, waiting=waiting, took=took, spent=spent)
        finally:
            bot.kill()
            bot.wait()


def _still_runs(bot: subprocess.Popen[bytes]) -> None:
    time.sleep(1.0)
    if bot.poll() is not None:
        raise RuntimeError("the bot ended")


def _asked(url: str) -> dict[str, int]:
    request = urllib.request.Request(f"{url}/waiting", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
        return dict(json.load(reply))


def _watched(process: int, *, waiting: int, took: float, spent: float) -> Look:
    before = _processor_seconds(process)
    time.sleep(SECONDS)
    share = (_processor_seconds(process) - before) / SECONDS
    threads = len(list(Path(f"/proc/{process}/task").iterdir()))
    memory = memory_of(process)
    return Look(memory=memory, share=share, threads=threads, waiting=waiting, took=took, spent=spent)


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
