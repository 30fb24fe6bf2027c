"""The table of keywords, checked and compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.core.routing.grammar import Alphabet, Row, TableError
from bot.core.routing.lexicon import BUILT_IN, Lexicon
from bot.core.routing.vocabulary import Intent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CLAUSE_EFFECTS = frozenset({"held", "condition", "retract", "postponed", "unclear"})
"""What a row can mean besides an intent. `held`: names an order without giving it; `condition`: holds what follows in
the sentence; `retract`: takes back an export before it; `postponed`: both; `unclear`: says nothing."""


@dataclass(frozen=True, slots=True)
class Keywords:
    """The table, as `keywords.toml` of the catalogue holds it."""

    lexicon: Lexicon
    alphabet: Alphabet
    rows: tuple[Row, ...]
    captions: tuple[Row, ...]
    """Tried before `rows` when files come with the words."""
    highlight: tuple[Row, ...]
    likeness: Callable[[str], Intent | None]
    """What a folded and masked message is most like; asked only when no row knows any of it."""


def keywords(
    raw: Mapping[str, Any], *, traditional: dict[int, str], likeness: Callable[[str], Intent | None]
) -> Keywords:
    """Compile the parsed table. Raises TableError for a row that names an unknown class or meaning.

    `traditional`: signs of the traditional Chinese script and the simplified ones that the table is written in.
    `likeness`: the second opinion, see `Keywords`.
    """
    classes = {
        kind: [phrase for phrases in languages.values() for phrase in phrases]
        for kind, languages in raw["class"].items()
    }
    alphabet = Alphabet([*sorted(BUILT_IN), *classes], raw["groups"])
    return Keywords(
        lexicon=Lexicon(classes, typos=raw["typos"]["correct"], right=raw["typos"]["right"], traditional=traditional),
        alphabet=alphabet,
        rows=_rows(raw["row"], alphabet),
        captions=_rows(raw["caption"], alphabet),
        highlight=_rows(raw["highlight"], alphabet),
        likeness=likeness,
    )


def _rows(raw: list[dict[str, Any]], alphabet: Alphabet) -> tuple[Row, ...]:
    return tuple(_row(entry, alphabet) for entry in raw)


def _row(entry: dict[str, Any], alphabet: Alphabet) -> Row:
    name, means = entry["name"], entry["means"]
    if means not in CLAUSE_EFFECTS and not set(means.split("+")) <= set(Intent):
        raise TableError(f"row {name!r}: {means!r} is neither an intent nor one of {sorted(CLAUSE_EFFECTS)}")
    patterns = tuple(alphabet.compile(pattern, where=f"row {name!r}") for pattern in entry["like"])
    return Row(name=name, means=means, why=entry["why"], patterns=patterns)
