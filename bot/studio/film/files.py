"""Clips that are open: reading the index of a long recording takes far longer than the stretch that is wanted of it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import av

from bot.codec.probe import Probe, probe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.container import InputContainer

_MOST_IDLE = 4


class Files:
    """Open files that are lent to one user at a time and kept for the next; a few at most, for each is an index."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[Path, InputContainer]] = []
        self._facts: dict[Path, Probe] = {}

    def facts(self, path: Path) -> Probe:
        """What a file is; looked at once. Raises Unreadable."""
        with self._lock:
            known = self._facts.get(path)
        if known is None:
            known = probe(path)
            with self._lock:
                self._facts[path] = known
        return known

    @contextmanager
    def lent(self, path: Path) -> Iterator[InputContainer]:
        """A container to seek in first, for it stands where its last user left it.

        One in which something went wrong is not lent again. Raises what libav raises.
        """
        container = self._taken(path) or av.open(path)
        try:
            yield container
        except GeneratorExit:  # a user that plays frames has had enough of them
            self._returned(path, container)
            raise
        except BaseException:
            container.close()
            raise
        self._returned(path, container)

    def close(self) -> None:
        """Let go of all files that are not lent."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, container in idle:
            container.close()

    def _taken(self, path: Path) -> InputContainer | None:
        with self._lock:
            for number, (name, container) in enumerate(self._idle):
                if name == path:
                    del self._idle[number]
                    return container
        return None

    def _returned(self, path: Path, container: InputContainer) -> None:
        with self._lock:
            self._idle.append((path, container))
            dropped = self._idle.pop(0)[1] if len(self._idle) > _MOST_IDLE else None
        if dropped is not None:
            dropped.close()
