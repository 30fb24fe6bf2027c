"""From clauses to intents: what each asks for, and what neighbours do to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.routing.grammar import first_fit
from bot.core.routing.vocabulary import Intent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.routing.clauses import Clause
    from bot.core.routing.grammar import Row
    from bot.core.routing.table import Keywords

_KEYWORDS = frozenset({"export", "upload", "credits", "balance", "status", "send", "save"})
_QUIET = frozenset({Intent.SMALLTALK, Intent.OFF_TOPIC})
"""Said beside an order, these need no answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clause means: an intent's value or an effect, and the row that said so."""

    means: str
    rule: str
    clause: Clause


def read(clauses: Sequence[Clause], table: Keywords, *, has_media: bool) -> list[Reading]:
    """Every clause on its own, then in its sentence."""
    rows = (*table.captions, *table.rows) if has_media else table.rows
    return list(_in_sentences([_alone(clause, rows, table) for clause in clauses]))


def intents(readings: Sequence[Reading]) -> tuple[Intent, ...]:
    """The orders of a message, each once, in the order in which they are carried out."""
    found: list[Intent] = []
    for reading in readings:
        if reading.means in {"retract", "postponed"}:
            found = [intent for intent in found if intent is not Intent.EXPORT]
        elif reading.means in list(Intent):
            found.append(Intent(reading.means))
    orders = [intent for intent in dict.fromkeys(found) if intent not in _QUIET]
    if orders:
        return tuple(orders)
    if found and not any(reading.means in {"held", "condition", "retract", "postponed"} for reading in readings):
        return (found[-1],) if _only_talk(readings) else (Intent.EDIT,)
    return (Intent.EDIT,)


def _only_talk(readings: Sequence[Reading]) -> bool:
    """A joke asked for stays a joke whatever stands beside it; thanks do not excuse an unclear request."""
    means = {reading.means for reading in readings}
    return "unclear" not in means or Intent.OFF_TOPIC in means


def _alone(clause: Clause, rows: Sequence[Row], table: Keywords) -> Reading:
    row = first_fit(rows, table.alphabet.spell(token.kind for token in clause.tokens))
    return Reading("unclear", "nothing known", clause) if row is None else Reading(row.means, row.name, clause)


def _in_sentences(readings: Sequence[Reading]) -> Iterator[Reading]:
    """A condition holds what follows; a refusal reaches over "and"; "but first" goes first; "then" makes an edit."""
    later: list[Reading] = []
    waiting = False
    before: Reading | None = None
    for number, reading in enumerate(readings):
        clause = reading.clause
        waiting = waiting and not clause.strong
        if reading.means == Intent.EXPORT and (waiting or _refused(before, clause) or _listed(before, clause)):
            reading = Reading("held", "held by what stands before it", clause)
        elif reading.means == "unclear" and _in_sequence(readings, number):
            reading = Reading(Intent.EDIT, "a step before or after another", clause)
        waiting = waiting or reading.means in {"condition", "postponed"}
        before = reading
        if reading.means == Intent.EXPORT and _but_first(readings, number):
            later.append(reading)
        else:
            yield reading
    yield from later


def _refused(before: Reading | None, clause: Clause) -> bool:
    """ "Don't render and export": one refusal for both."""
    return before is not None and before.means == "held" and clause.joint == "join" and not clause.strong


def _listed(before: Reading | None, clause: Clause) -> bool:
    """ "Icons for upload and download": two nouns, no order."""
    if before is None or before.means != Intent.EDIT or clause.joint != "join" or clause.strong:
        return False
    return len(clause.tokens) == 1 and before.clause.tokens[-1].kind in _KEYWORDS


def _in_sequence(readings: Sequence[Reading], number: int) -> bool:
    after = readings[number + 1] if number + 1 < len(readings) else None
    return readings[number].clause.joint == "then" or (after is not None and after.clause.joint == "then")


def _but_first(readings: Sequence[Reading], number: int) -> bool:
    after = readings[number + 1] if number + 1 < len(readings) else None
    return after is not None and after.clause.joint == "but" and after.clause.tokens[0].kind in {"first", "now"}
