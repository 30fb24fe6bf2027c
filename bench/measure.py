"""Run a command and say what it cost, children included."""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of wall and processor time, and the largest process's peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def run(command: list[str], folder: Path) -> tuple[Cost, str]:
    """Run to the end; the cost, and what it printed.

    Raises:
        RuntimeError: it failed; with the end of its errors.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile(dir=folder) as out, tempfile.TemporaryFile(dir=folder) as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.stdin is not None:
            process.stdin.close()
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            raise RuntimeError(f"{command[:3]} failed: {errors.read().decode(errors='replace')[-2000:]}")
        said = out.read().decode()
    return Cost(wall=wall, cpu=used.ru_utime + used.ru_stime, memory=used.ru_maxrss / 1024), said


def middle(costs: list[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        wall=median(cost.wall for cost in costs),
        cpu=median(cost.cpu for cost in costs),
        memory=median(cost.memory for cost in costs),
    )
