"""From clauses to intents: what each asks for, and what neighbours do to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.routing.grammar import first_fit
from bot.core.routing.table import CLAUSE_EFFECTS
from bot.core.routing.vocabulary import Intent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.routing.clauses import Clause
    from bot.core.routing.grammar import Row
    from bot.core.routing.table import Keywords

STEP, HELD = "a step before or after another", "held by what stands before it"
LISTED, GRANTED = "one of several nouns", "a fault that is put up with"
UNKNOWN = "nothing known"
"""These and the ones above are rules that are no rows: what neighbours make of a clause."""
REACH = 3
"""Pieces at the beginning of a clause among which a refusal is sought."""
_INSTEAD_OF_NOUNS = frozenset({Intent.EXPORT, Intent.UPLOAD, Intent.CREDITS, Intent.STATE})
_KEYWORDS = frozenset({"export", "upload", "credits", "balance", "status", "send", "save"})
_SEQUENCE = frozenset({"then", "again"})
_QUIET = frozenset({Intent.SMALLTALK, Intent.OFF_TOPIC})
"""Said beside an order, these need no answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clause means: an intent's value or an effect, and the row that said so."""

    means: str
    rule: str
    why: str
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
        elif reading.means not in CLAUSE_EFFECTS:
            wanted = [Intent(name) for name in reading.means.split("+")]
            if Intent.STOP in wanted:
                found = [intent for intent in found if intent is not Intent.EXPORT]
            found += wanted
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
    if row is None:
        return Reading("unclear", UNKNOWN, "no row fits; alone, it is for the editor", clause)
    return Reading(row.means, row.name, row.why, clause)


def _in_sentences(readings: Sequence[Reading]) -> Iterator[Reading]:
    """A condition holds what follows; a refusal reaches over "and"; "but first" goes first; "then" makes an edit."""
    later: list[Reading] = []
    waiting = False
    before: Reading | None = None
    for number, reading in enumerate(readings):
        clause = reading.clause
        waiting = waiting and not clause.strong
        if before is not None and reading.means in _INSTEAD_OF_NOUNS and _listed(before, clause):
            reading = Reading(Intent.EDIT, LISTED, "is one of several nouns, no order", clause)
        elif reading.means == Intent.EXPORT and (
            waiting or _kept_from(before, clause) or _names_link(readings, number)
        ):
            reading = Reading("held", HELD, "what stands before it withholds it", clause)
        elif reading.means == Intent.EDIT and clause.joint == "although":
            reading = Reading("unclear", GRANTED, "names what may stay as it is", clause)
        elif reading.means == "unclear" and _in_sequence(readings, number):
            reading = Reading(Intent.EDIT, STEP, "stands in a sequence, so it is a step", clause)
        waiting = waiting or reading.means in {"condition", "postponed"}
        before = reading
        if reading.means == Intent.EXPORT and _but_first(readings, number):
            later.append(reading)
        else:
            yield reading
    yield from later


def _kept_from(before: Reading | None, clause: Clause) -> bool:
    return before is not None and (_refused(before, clause) or _put_off(before, clause))


def _names_link(readings: Sequence[Reading], number: int) -> bool:
    """ "Download this: https://..." is about the link."""
    after = readings[number + 1] if number + 1 < len(readings) else None
    return after is not None and after.clause.joint == "colon" and after.clause.tokens[0].kind in {"media", "link"}


def _put_off(before: Reading, clause: Clause) -> bool:
    """Chinese "X 再 export": X is a step or a time; what is not known to be a step may be a time."""
    return clause.joint == "again" and before.rule == STEP


def _refused(before: Reading, clause: Clause) -> bool:
    """ "Don't render and export", "don't add music and export": one refusal for both, unless a comma parts them."""
    if clause.joint != "join" or clause.strong:
        return False
    return before.means == "held" or any(token.kind == "neg" for token in before.clause.tokens[:REACH])


def _listed(before: Reading, clause: Clause) -> bool:
    """ "Icons for upload and download": two nouns, no order."""
    named = before.means == "unclear" and any(token.kind == "word" for token in before.clause.tokens)
    if not (named or before.means == Intent.EDIT) or clause.joint != "join" or clause.strong:
        return False
    return len(clause.tokens) == 1 and before.clause.tokens[-1].kind in _KEYWORDS


def _in_sequence(readings: Sequence[Reading], number: int) -> bool:
    after = readings[number + 1] if number + 1 < len(readings) else None
    return readings[number].clause.joint in _SEQUENCE or (after is not None and after.clause.joint in _SEQUENCE)


def _but_first(readings: Sequence[Reading], number: int) -> bool:
    after = readings[number + 1] if number + 1 < len(readings) else None
    return after is not None and after.clause.joint == "but" and after.clause.tokens[0].kind in {"first", "now"}
