"""What a look at one part came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Only a fault keeps the bot from working."""

    OK = "ok"
    NOTE = "note"
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report. `fix` is the one thing to do; every fault has one."""

    part: str
    text: str
    state: State = State.OK
    fix: str = ""

    def __str__(self) -> str:
        line = f"{self.state:<6}{self.part:<15}{self.text}"
        return f"{line}\n{'':<21}→ {self.fix}" if self.fix else line


def fault(part: str, text: str, *, fix: str) -> Finding:
    """Something that keeps the bot from working."""
    return Finding(part=part, text=text, state=State.FAULT, fix=fix)


def note(part: str, text: str, *, fix: str = "") -> Finding:
    """Something worth knowing."""
    return Finding(part=part, text=text, state=State.NOTE, fix=fix)
