"""What a scripted conversation remembers between two starts, as a chat platform remembers its updates.

A script that was killed goes on where it was: the same events under the same ids, those already answered left out.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Journal:
    """One file per script; `run` names this playing of it."""

    file: Path
    run: str
    answered: int = 0
    resumed: bool = False

    @classmethod
    def of(cls, folder: Path, script: list[str]) -> Self:
        """The unfinished playing of this very script, or a new one."""
        file = folder / f"{hashlib.sha256(json.dumps(script).encode()).hexdigest()[:16]}.json"
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            return cls(file, str(kept["run"]), int(kept["answered"]), resumed=True)
        except (OSError, ValueError, KeyError, TypeError):
            journal = cls(file, secrets.token_hex(6))
            journal.save()
            return journal

    def save(self) -> None:
        """Write it whole or not at all."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps({"run": self.run, "answered": self.answered}), encoding="utf-8")
        os.replace(part, self.file)  # noqa: PTH105

    def finish(self) -> None:
        """The script is over: the next start plays it anew."""
        self.file.unlink(missing_ok=True)
