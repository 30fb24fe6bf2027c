"""`python -m bot.studio.film JOB.json`: render in a process of its own, which may be killed at any time.

Reads `{"draft": ..., "assets": {id: path}, "target": path}`, for pieces that are
kept between films also `"cache": path, "cache_bytes": n`; prints a JSON line per step of progress and a last line
`{"done": {...}}` or `{"error": {"reason": ..., "params": {...}}}`; exits with 0 or 1. Stdin is a leash: when it ends,
the parent is gone and so is this process.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from bot.studio.film.errors import FilmError
from bot.studio.film.render import render
from bot.studio.film.segments import Segments

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE, _SPARE = 4 * 1024 * 1024, 16 * 1024 * 1024


def main(arguments: list[str]) -> int:
    """Render the job that the one argument names."""
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    _tune_allocator()
    job = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    try:
        rendered = render(
            job["draft"],
            {asset: Path(path) for asset, path in job["assets"].items()},
            Path(job["target"]),
            segments=Segments(folder=Path(job["cache"]), most_bytes=job["cache_bytes"]) if "cache" in job else None,
            on_progress=lambda share: _say({"progress": round(share, 4)}),
        )
    except FilmError as error:
        _say({"error": {"reason": error.reason, "params": error.params}})
        return 1
    _say({"done": asdict(rendered)})
    return 0


def _tune_allocator() -> None:
    """Have glibc give pictures back to the system, keep what is needed again at once, and do both in one place.

    By default it keeps pictures per thread, and hands back and faults in anew every block that music is mixed in.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)
        libc.mallopt(_M_TRIM_THRESHOLD, _SPARE)
        libc.mallopt(_M_ARENA_MAX, 1)


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _exit_with_parent() -> None:
    # Not through sys.stdin, whose lock a waiting thread would hold when the interpreter ends.
    while os.read(0, 4096):
        pass
    os._exit(1)  # no worker thread may hold this up


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
