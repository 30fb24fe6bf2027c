"""One run of the quick tests in a process of its own: with a fault in a module, or watched to see what runs a line."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import coverage
import hypothesis
import pytest

from mutants.operators import mutated

if TYPE_CHECKING:
    from collections.abc import Collection, Generator
    from importlib.machinery import ModuleSpec
    from types import CodeType

    from mutants.operators import Mutant

TESTS = "tests/core"
UNSEEING = ("--deselect", "tests/core/test_explain.py::test_the_command")
"""Tests in processes of their own, where no fault is put in."""
MEMORY = 3 << 30
"""Bytes of address space for a trial: a fault may well be an endless list."""
QUIET = (
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:randomly",
    "--noconftest",
    "--override-ini=addopts=",
    "-W",
    "ignore",
    *UNSEEING,
)


class Loader(SourceFileLoader):
    """Loads one module with its fault."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.file.with_suffix("").parts
        super().__init__(".".join(parts[:-1] if parts[-1] == "__init__" else parts), str(mutant.file.absolute()))
        self._tree = mutated(mutant)

    def get_code(self, fullname: str) -> CodeType:
        """Compiled from the tree; never from or into a cache."""
        return compile(self._tree, self.path, "exec")


@dataclass
class Finder:
    """Sends imports of that module to its loader."""

    loader: Loader

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """The module's own place, but this loader."""
        if fullname != self.loader.name:
            return None
        return spec_from_file_location(fullname, self.loader.path, loader=self.loader)


@dataclass
class Chosen:
    """Leaves of the collected tests the wanted ones, the quickest first."""

    seconds: dict[str, float]
    wanted: Collection[str]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Runs after everybody else's ordering."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self.wanted), key=lambda item: self.seconds[item.nodeid]
        )


@dataclass
class Watched:
    """Notes what each test takes, and the lines it runs; what runs at import belongs to the test called ''."""

    watch: coverage.Coverage
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Around set-up, call and tear-down."""
        self.watch.switch_context(item.nodeid)
        began = time.monotonic()
        result = yield
        self.seconds[item.nodeid] = time.monotonic() - began
        self.watch.switch_context("")
        return result


def watch(root: str, answer: Path) -> None:
    """Run all tests and write `{"seconds": {test: s}, "lines": {file: {line: [tests]}}}`. Ends with pytest's code."""
    _settle()
    watching = coverage.Coverage(data_file=None, config_file=False, source=[root])
    watching.start()
    notes = Watched(watching)
    code = pytest.main([TESTS, *QUIET], plugins=[notes])
    watching.stop()
    data = watching.get_data()
    lines = {str(Path(file).relative_to(Path.cwd())): data.contexts_by_lineno(file) for file in data.measured_files()}
    answer.write_text(json.dumps({"seconds": notes.seconds, "lines": lines}), encoding="utf-8")
    os._exit(code)


def attempt(mutant: Mutant, chosen: Chosen) -> None:
    """Run the chosen tests on a fault until one fails. Ends with pytest's code: 0 means that nobody noticed."""
    _settle()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.meta_path.insert(0, Finder(Loader(mutant)))
    files = sorted({test.partition("::")[0] for test in chosen.wanted})
    os._exit(pytest.main([*files, *QUIET, "-x"], plugins=[chosen]))


def _settle() -> None:
    """The same examples every time, fewer of them, and no noise."""
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, max_examples=25, deadline=None)
    hypothesis.settings.load_profile("mutants")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
