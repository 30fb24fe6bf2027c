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

from bench.beside import counterpart, memory_of
from bench.counterpart import TOKEN

CHATS = 2_000
SECONDS = 20.0
"""How long the processor is watched."""
LONGEST = 1_200.0
"""Seconds in which all chats must have come to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A process over a while: MB, share of a core, threads."""

    memory: float
    share: float
    threads: int


def section(rounds: int, cache: Path) -> str:
    """Look at one process before the chats come and when all of them wait; Markdown. One round: it takes minutes."""
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        idle, _ = _look(0, Path(folder) / "idle")
        full, took = _look(CHATS, Path(folder) / "full")
    each = (full.memory - idle.memory) * 1024 / CHATS
    return f"""### Waiting chats

One process, {CHATS:,} chats, each in the middle of a run of the agent that only sends heartbeats, every ten seconds
(`HIGHLIGHT_POLICY__TURNS_AT_ONCE={CHATS}`). The shares of a core are over {SECONDS:.0f} s.

| what | memory MB | share of a core | threads |
| --- | --- | --- | --- |
| nobody there | {idle.memory:.0f} | {idle.share:.1%} | {idle.threads} |
| **{CHATS:,} chats waiting** | {full.memory:.0f} | {full.share:.1%} | {full.threads} |

{each:.0f} kB a chat, its connection included; all of them were waiting {took:.0f} s after the first message arrived.
"""


def _look(chats: int, folder: Path) -> tuple[Look, float]:
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
            began = time.monotonic()
            while not _all_wait(urls["nemo"], chats):
                if bot.poll() is not None or time.monotonic() - began > LONGEST:
                    raise RuntimeError(f"{chats} chats did not come to wait")
                time.sleep(0.5)
            took = time.monotonic() - began
            time.sleep(5.0)  # until what led there is over
            return _watched(bot.pid), took
        finally:
            bot.kill()
            bot.wait()


def _all_wait(url: str, chats: int) -> bool:
    request = urllib.request.Request(f"{url}/waiting", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
        found = json.load(reply)
    return bool(found["listening"]) and int(found["waiting"]) >= chats


def _watched(process: int) -> Look:
    before = _processor_seconds(process)
    time.sleep(SECONDS)
    share = (_processor_seconds(process) - before) / SECONDS
    threads = len(list(Path(f"/proc/{process}/task").iterdir()))
    return Look(memory=memory_of(process), share=share, threads=threads)


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
