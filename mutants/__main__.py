"""`python -m mutants`: a sample of the faults, or all; what the tests noticed, by module; and what they did not."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

from mutants.operators import mutants_of
from mutants.trial import Chosen, attempt, watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.context import ForkProcess

    from mutants.operators import Mutant

ROOT = "bot/core"
DATA = {Path("bot/core/policy.py"), Path("bot/core/failpoints.py")}
"""Figures and names, no decisions; tests/test_docs.py holds them to what the manual says."""
FORK = multiprocessing.get_context("fork")
PATIENCE = 30.0
"""Seconds for a fault's tests beyond four times what they take without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What the tests do without a fault."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, list[str]]]

    def tests_for(self, mutant: Mutant) -> list[str]:
        """The tests that run its statement; for what runs at import those that run its file or import it, if any do."""
        lines = self.lines.get(str(mutant.file), {})
        tests = {test for line in range(mutant.first, mutant.line + 1) for test in lines.get(str(line), [])}
        if "" in tests:
            places = _shown_by(mutant.file)
            files = {_file(test) for test in self.seconds}
            users = {file for file in files if any(_imports(Path(file), place) for place in places)}
            tests = {test for there in lines.values() for test in there} - {""}
            tests = tests | {test for test in self.seconds if _file(test) in users} or set(self.seconds)
        return sorted(tests)


def _file(test: str) -> str:
    return test.partition("::")[0]


@cache
def _imports(user: Path, module: Path) -> bool:
    """Whether a file names a module in an import: it may read what the module says without running a line of it."""
    name = module.parent if module.stem == "__init__" else module.with_suffix("")
    parent, dotted = ".".join(name.parts[:-1]), ".".join(name.parts)
    pattern = rf"^(?:from {dotted} import|import {dotted}\b|from {parent} import .*\b{name.name}\b)"
    return re.search(pattern, user.read_text(encoding="utf-8"), re.MULTILINE) is not None


@cache
def _shown_by(module: Path) -> list[Path]:
    """The module, and those that import it: its names may be read there."""
    return [module, *(other for other in sorted(Path(ROOT).rglob("*.py")) if _imports(other, module))]


def main() -> int:
    """0 when enough was noticed, 1 when not, 2 when the tests fail by themselves."""
    wishes = _wishes()
    files = sorted(file for file in Path(ROOT).rglob("*.py") if wishes.only in str(file) and file not in DATA)
    every = [mutant for file in files for mutant in mutants_of(file)]
    sample = every if wishes.all else random.Random(wishes.seed).sample(every, min(wishes.sample, len(every)))
    knowledge = _watched()
    if knowledge is None:
        print("The tests fail without any fault: run pytest tests/core first.", file=sys.stderr)
        return 2
    began = time.monotonic()
    noticed: Counter[str] = Counter()
    print("Nobody noticed:")
    for mutant, survived in _tried(sample, knowledge, wishes.jobs):
        if survived:
            print(f"  {mutant}    {_source(mutant)}", flush=True)
        else:
            noticed[str(mutant.file)] += 1
    print("\nnoticed  survived  file")
    for file, count in sorted(Counter(str(mutant.file) for mutant in sample).items()):
        print(f"{noticed[file]:7}  {count - noticed[file]:8}  {file}")
    share, took = noticed.total() / max(1, len(sample)), time.monotonic() - began
    print(f"\n{noticed.total()} of {len(sample)} noticed ({share:.1%}), of {len(every)} possible, in {took:.0f} s")
    return 0 if share * 100 >= wishes.least else 1


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every fault, not a sample")
    parser.add_argument("--sample", type=int, default=150, help="how many faults (150)")
    parser.add_argument("--seed", type=int, default=1, help="which sample (1)")
    parser.add_argument("--only", default="", help="files whose path contains this")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="trials at a time (2)")
    parser.add_argument("--least", type=float, default=85, help="per cent that must be noticed (85)")
    return parser.parse_args()


def _watched() -> Knowledge | None:
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        process = FORK.Process(target=watch, args=(ROOT, answer))
        process.start()
        process.join()
        return None if process.exitcode else Knowledge(**json.loads(answer.read_text(encoding="utf-8")))


def _tried(sample: Iterable[Mutant], knowledge: Knowledge, jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Each fault and whether it survived, as the trials end."""
    left = list(sample)
    running: dict[ForkProcess, tuple[Mutant, float]] = {}
    while left or running:
        while left and len(running) < jobs:
            mutant = left.pop(0)
            tests = knowledge.tests_for(mutant)
            if not tests:
                yield mutant, True
                continue
            process = FORK.Process(target=attempt, args=(mutant, Chosen(knowledge.seconds, frozenset(tests))))
            process.start()
            running[process] = mutant, time.monotonic() + PATIENCE + 4 * sum(knowledge.seconds[test] for test in tests)
        wait([process.sentinel for process in running], timeout=1)
        for process, (mutant, deadline) in list(running.items()):
            if process.is_alive() and time.monotonic() > deadline:
                process.kill()
            if process.exitcode is not None:
                del running[process]
                process.join()
                yield mutant, process.exitcode == 0


def _source(mutant: Mutant) -> str:
    return mutant.file.read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()[:100]


if __name__ == "__main__":
    sys.exit(main())
