"""Plural forms, chosen by the rules of the Unicode CLDR in the syntax in which it publishes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER = "other"
"""The form that every language has and that no rule describes."""

_RELATION = re.compile(r"([nivf])(?: % (\d+))? (!?=) (\d+(?:\.\.\d+)?(?:,\d+(?:\.\.\d+)?)*)")


class PluralError(ValueError):
    """A rule that cannot be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`i % 10 = 2..4`: an operand, perhaps its remainder, inside or outside of ranges of whole numbers."""

    operand: str
    modulo: int | None
    inside: bool
    ranges: tuple[tuple[int, int], ...]

    def holds(self, operands: Mapping[str, float]) -> bool:
        """Whether it is true of a number."""
        value = operands[self.operand] if self.modulo is None else operands[self.operand] % self.modulo
        return self.inside == any(low <= value <= high and value == int(value) for low, high in self.ranges)


Rule = tuple[tuple[Relation, ...], ...]
"""Alternatives, each of relations that must hold together."""


def rule(text: str) -> Rule:
    """Read a rule such as `v = 0 and i % 10 = 1 and i % 100 != 11`. Raises PluralError."""
    return tuple(tuple(_relation(part) for part in choice.split(" and ")) for choice in text.split(" or "))


def category(rules: Mapping[str, Rule], number: float) -> str:
    """The form of a number as it is shown, with at most one decimal: the first whose rule holds, else `other`."""
    whole, _, fraction = f"{abs(number):.1f}".removesuffix(".0").partition(".")
    if not whole.isdigit():
        return OTHER
    operands = {"n": float(f"{whole}.{fraction or 0}"), "i": int(whole), "v": len(fraction), "f": int(fraction or 0)}
    holding = (
        name for name, choices in rules.items() if any(all(one.holds(operands) for one in each) for each in choices)
    )
    return next(holding, OTHER)


def _relation(text: str) -> Relation:
    found = _RELATION.fullmatch(text.strip())
    if found is None:
        raise PluralError(text)
    operand, modulo, sign, listed = found.groups()
    pairs = (part.partition("..") for part in listed.split(","))
    return Relation(
        operand=operand,
        modulo=int(modulo) if modulo else None,
        inside=sign == "=",
        ranges=tuple((int(low), int(high or low)) for low, _, high in pairs),
    )
