"""What somebody wants: words to intents, by the keyword table."""

from __future__ import annotations

import re

from bot.core.routing.clauses import split
from bot.core.routing.decide import intents, read
from bot.core.routing.grammar import first_fit
from bot.core.routing.table import Keywords
from bot.core.routing.text import fold, mask
from bot.core.routing.vocabulary import INSTANT, Intent, Route

__all__ = ["INSTANT", "Intent", "Keywords", "Route", "route"]

_COMMAND = re.compile(r"/([a-z_]+)(?:@\w+)?(?=\s|$)")


def route(text: str, keywords: Keywords, *, has_media: bool) -> Route:
    """Decide what a message asks for. Never raises, whatever the text.

    Files alone fill the tray; files with words are an upload, then what the words ask for.
    """
    words = text.strip()
    found, rule, highlight = _decide(words, keywords, has_media=has_media) if words else ((), "", False)
    if has_media:
        beside = {Intent.UPLOAD, Intent.SMALLTALK}
        found = (Intent.UPLOAD, *(intent for intent in found if intent not in beside))
        rule = rule or "files"
    return Route(intents=found, text=words, highlight=highlight and Intent.EDIT in found, rule=rule)


def _decide(words: str, keywords: Keywords, *, has_media: bool) -> tuple[tuple[Intent, ...], str, bool]:
    folded = fold(words, keywords.lexicon.traditional)
    commanded = _COMMAND.sub(r"\1. ", folded, count=1) if folded.startswith("/") else folded
    clauses = split(keywords.lexicon.tokens(mask(commanded)))
    readings = read(clauses, keywords, has_media=has_media)
    rules = " > ".join(dict.fromkeys(reading.rule for reading in readings)) or "nothing known"
    letters = [keywords.alphabet.spell(token.kind for token in clause.tokens) for clause in clauses]
    highlight = any(first_fit(keywords.highlight, clause) for clause in letters)
    found = intents(readings)
    if any(token.kind == "media" for clause in clauses for token in clause.tokens):
        found = (Intent.UPLOAD, *(intent for intent in found if intent is not Intent.UPLOAD))
    return found, rules, highlight
