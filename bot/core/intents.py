"""What somebody wants: words to intents, by the keyword table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.routing.clauses import split
from bot.core.routing.decide import UNKNOWN, intents, read
from bot.core.routing.grammar import first_fit
from bot.core.routing.table import Keywords
from bot.core.routing.text import fold, mask
from bot.core.routing.vocabulary import INSTANT, Intent, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.routing.decide import Reading

__all__ = ["INSTANT", "LIKENESS", "Intent", "Keywords", "Route", "readings", "route"]

LIKENESS = "a likeness"
"""The rule of a message that no row knows and that is much like labelled ones."""
_COMMAND = re.compile(r"/([a-z_]+)(?:@\w+)?(?=\s|$)")


def route(text: str, keywords: Keywords, *, has_media: bool) -> Route:
    """Decide what a message asks for. Never raises, whatever the text.

    Files alone fill the tray; files with words are an upload, then what the words ask for. Neither asks for nothing.
    """
    words = text.strip()
    if not words:
        return Route(intents=(Intent.UPLOAD,) if has_media else (), rule="files" if has_media else "")
    parts = readings(words, keywords, has_media=has_media)
    found = intents(parts) if parts else (Intent.SMALLTALK,)  # signs without a meaning
    if parts and not has_media and all(part.rule == UNKNOWN for part in parts):
        alike = keywords.likeness(_masked(words, keywords))
        if alike is not None:
            return Route(intents=(alike,), text=words, rule=LIKENESS)
    if has_media or any(token.kind == "media" for part in parts for token in part.clause.tokens):
        found = (Intent.UPLOAD, *(intent for intent in found if intent not in {Intent.UPLOAD, Intent.SMALLTALK}))
    rules = " > ".join(dict.fromkeys(part.rule for part in parts)) or "signs"
    highlight = Intent.EDIT in found and _asks_for_highlight(parts, keywords)
    return Route(intents=found, text=words, highlight=highlight, rule=rules)


def readings(text: str, keywords: Keywords, *, has_media: bool) -> Sequence[Reading]:
    """What each part of a message means, and the row that says so."""
    return read(split(keywords.lexicon.tokens(_masked(text, keywords))), keywords, has_media=has_media)


def _masked(text: str, keywords: Keywords) -> str:
    folded = fold(text.strip(), keywords.lexicon.traditional)
    return mask(_COMMAND.sub(r"\1. ", folded, count=1) if folded.startswith("/") else folded)


def _asks_for_highlight(parts: Sequence[Reading], keywords: Keywords) -> bool:
    clauses = (keywords.alphabet.spell(token.kind for token in part.clause.tokens) for part in parts)
    return any(first_fit(keywords.highlight, clause) for clause in clauses)
