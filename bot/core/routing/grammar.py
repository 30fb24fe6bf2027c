"""Rows: what a clause looks like. Patterns over classes become expressions over one letter per class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ITEM = re.compile(r"(?P<not>!?)(?P<names>[a-z_|]+)(?P<times>[?*+]?)")
_FIRST_LETTER = 0x80  # letters without a meaning in expressions; sets of those below 0x100 compile quickest


class TableError(ValueError):
    """The table of keywords cannot be read: says where."""


class Alphabet:
    """One letter per class, and groups of classes by name."""

    def __init__(self, kinds: Iterable[str], groups: Mapping[str, str]) -> None:
        self._letters = {kind: chr(_FIRST_LETTER + number) for number, kind in enumerate(dict.fromkeys(kinds))}
        self._groups: dict[str, str] = {}
        for name, members in groups.items():  # in the order of the file, so that groups may use earlier ones
            self._groups[name] = "".join(self._set(member, where=f"group {name}") for member in members.split())

    def spell(self, kinds: Iterable[str]) -> str:
        """A clause as letters."""
        return "".join(map(self._letters.__getitem__, kinds))

    def compile(self, pattern: str, *, where: str) -> re.Pattern[str]:
        """A pattern of the table as an expression. Raises TableError."""
        items = pattern.split()
        absent = [item for item in items if item.startswith("-")]
        present = "".join(self._item(item, where) for item in items if item not in absent)
        if not absent:
            return re.compile(present)
        none_of = "".join(f"(?!.*{self._item(item[1:], where)})" for item in absent)
        return re.compile(f"^{none_of}" + (present if present.startswith("^") else f".*{present}"))

    def _item(self, item: str, where: str) -> str:
        if item in {"^", "$"}:
            return item
        if item == "...":
            return ".*"
        found = _ITEM.fullmatch(item)
        if found is None:
            raise TableError(f"{where}: cannot read {item!r}")
        letters = "".join(self._set(name, where=where) for name in found["names"].split("|"))
        return f"(?![{letters}])" if found["not"] else f"[{letters}]{found['times']}"

    def _set(self, name: str, *, where: str) -> str:
        if name in self._groups:
            return self._groups[name]
        if name in self._letters:
            return self._letters[name]
        raise TableError(f"{where}: there is no class or group {name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the table."""

    name: str
    means: str
    """An intent's value, or what the clause does to its neighbours: see `decide`."""
    why: str
    patterns: tuple[re.Pattern[str], ...]

    def fits(self, letters: str) -> bool:
        """Whether a clause looks like this."""
        return any(pattern.search(letters) for pattern in self.patterns)


def first_fit(rows: Sequence[Row], letters: str) -> Row | None:
    """The first row that fits, if any."""
    return next((row for row in rows if row.fits(letters)), None)
