"""Where one order ends and the next begins, and what is the film's text and no order at all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.routing.lexicon import Token

MAX_TOKENS = 80
"""Of a longer clause only the beginning counts, so that no message costs more than its length."""
MAX_CLAUSES = 60
"""Of more clauses the first and the last count."""
_STRONG = frozenset({"full", "question"})
_BORDERS = frozenset({"full", "comma", "colon", "then", "again", "join", "but", "although"})
_STRONGER = frozenset({"then", "again", "but", "although"})
"""What says more about how two orders belong together than the comma before it."""
_LINKS = frozenset({"media", "link"})
_NO_ORDER = frozenset({"edit", "look", "ui", "says", "word", "sign"})
"""What makes a colon open a text instead of an order: "title: Export", but "please: export"."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a message with at most one order in it."""

    tokens: tuple[Token, ...]
    joint: str
    """The class of what stands before it; empty for the first."""
    strong: bool
    """Whether a new sentence begins here."""


def split(tokens: Iterable[Token]) -> list[Clause]:
    """The clauses of a message, without the film's own text."""
    found = list(_clauses(_without_text(list(tokens))))
    return found if len(found) <= MAX_CLAUSES else found[: MAX_CLAUSES // 2] + found[-MAX_CLAUSES // 2 :]


def _clauses(tokens: Iterable[Token]) -> Iterator[Clause]:
    part: list[Token] = []
    joint, strong, any_yet = "", True, False
    for token in tokens:
        if token.kind in _BORDERS:
            if part:
                yield Clause(tuple(part[:MAX_TOKENS]), joint, strong)
                part, joint, strong = [], "", False
            joint = token.kind if not joint or token.kind in _STRONGER else joint
            strong = strong or token.kind in _STRONG
            continue
        asked = token.kind == "question"
        if asked and not part and any_yet:
            continue  # "export???" asks once
        part.append(token)
        any_yet = True
        if asked:
            yield Clause(tuple(part[:MAX_TOKENS]), joint, strong)
            part, joint, strong = [], "", True
    if part:
        yield Clause(tuple(part[:MAX_TOKENS]), joint, strong)


def _without_text(tokens: list[Token]) -> list[Token]:
    """Drop what follows "that says", a colon after parts of a film, and the like, up to the next order or sentence."""
    kept: list[Token] = []
    text = False
    no_order = False
    for token, following in pairwise([*tokens, None]):
        assert token is not None
        if text and token.kind not in _STRONG | _LINKS | {"then", "again"}:
            continue
        text = False
        kept.append(token)
        no_order = (no_order or token.kind in _NO_ORDER) and token.kind not in _STRONG
        opens = token.kind == "says" or (token.kind == "colon" and no_order)
        text = opens and following is not None and following.kind != "quote"
    return kept
