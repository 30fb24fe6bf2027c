"""How long it takes to find out what happens in a recording, from ten minutes to four hours of 1080p."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.footage import SECONDS, footage
from bench.measure import Cost, run
from bot.studio.recording.choose import choose
from bot.studio.recording.measure import measure
from bot.studio.recording.model import Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

_TIMES = {"10 min": 2, "1 h": 12, "2 h": 24, "4 h": 48}
_REEL = 180_000
_TEXT = """### Finding the moments of a recording

A process that starts, measures the recording and chooses a reel of three minutes from it. The recordings are the same
five minutes of 1080p H.264 at 4 Mbit/s with AAC, copied end to end; the files were in the page cache.

| recording | file MB | wall s | CPU s | of it above starting Python | peak memory MB |
| --- | --- | --- | --- | --- | --- |
{rows}

Processor time per hour of recording, above what starting Python takes: {hours}.
What is read is the table of contents, four kilobytes of every keyframe and one in eight packets of the sound, more
of it around candidates where somebody speaks; of 16 candidates one keyframe each is decoded.
"""


def section(rounds: int, cache: Path) -> str:
    """Measure in turns and write the section."""
    start = [sys.executable, "-c", "import bot.studio.recording.measure, bot.studio.recording.choose"]
    costs: dict[str, list[Cost]] = {name: [] for name in ("start", *_TIMES)}
    paths = {name: footage(cache, times) for name, times in _TIMES.items()}
    for path in paths.values():
        run([sys.executable, "-m", "bench.listening", str(path)], cache)
    for _ in range(rounds):
        costs["start"].append(run(start, cache)[0])
        for name, path in paths.items():
            costs[name].append(run([sys.executable, "-m", "bench.listening", str(path)], cache)[0])
    bare = _middle(costs["start"], "cpu")
    rows, hours = [], []
    for name, path in paths.items():
        own = _middle(costs[name], "cpu") - bare
        hours.append(own / (_TIMES[name] * SECONDS / 3600))
        walls = [cost.wall for cost in costs[name]]
        rows.append(
            f"| {name} | {path.stat().st_size / 1e6:,.0f} | {median(walls):.2f} [{min(walls):.2f} to {max(walls):.2f}]"
            f" | {own + bare:.2f} | {own:.2f} | {_middle(costs[name], 'memory'):.0f} |"
        )
    return _TEXT.format(rows="\n".join(rows), hours=", ".join(f"{hour:.2f} s" for hour in hours))


def _middle(costs: Sequence[Cost], part: str) -> float:
    return median(getattr(cost, part) for cost in costs)


if __name__ == "__main__":
    found = measure(Path(sys.argv[1]))
    moments = choose({"": found}, Wish(length=_REEL))
    sys.stdout.write(f"{len(moments)} moments of {sum(moment.stop - moment.start for moment in moments)} ms\n")
