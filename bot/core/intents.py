"""What somebody wants: words to intents, by the keyword table."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Intent(StrEnum):
    """What a message asks for. All but EDIT stay away from the backend's agent."""

    EXPORT = "export"
    CREDITS = "credits"
    STATE = "state"
    UPLOAD = "upload"
    EDIT = "edit"
    HELP = "help"
    STOP = "stop"
    NEW = "new"
    SMALLTALK = "smalltalk"


INSTANT = frozenset({Intent.CREDITS, Intent.STATE, Intent.HELP, Intent.STOP, Intent.SMALLTALK})
"""Answered at once, beside the chat's lane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The decision about one message: intents in the order in which they are carried out."""

    intents: tuple[Intent, ...]
    text: str = ""
    """What the agent is told, if anything."""
    highlight: bool = False
    """An explicit request for a highlight video: exported and delivered without asking."""

    @property
    def instant(self) -> bool:
        """Whether nothing in it has to wait for its turn."""
        return bool(self.intents) and INSTANT.issuperset(self.intents)


@dataclass(frozen=True)
class Keywords:
    """The table, as the catalogue's `keywords.toml` holds it."""

    table: Mapping[Intent, tuple[str, ...]]
    highlight: tuple[str, ...]
    negations: tuple[str, ...]
    joints: tuple[str, ...]
    """Words that start a second order: "then", "and", 然后."""

    @cached_property
    def patterns(self) -> tuple[tuple[Intent, re.Pattern[str]], ...]:
        """One expression per intent, in the order of the table."""
        return tuple((intent, _any_of(words)) for intent, words in self.table.items())

    @cached_property
    def highlight_pattern(self) -> re.Pattern[str]:
        """What makes a request a highlight request."""
        return _any_of(self.highlight)

    @cached_property
    def negation_pattern(self) -> re.Pattern[str]:
        """A negation that reaches the keyword behind it."""
        return re.compile(rf"(?:{_any_of(self.negations).pattern})\W*(?:\w+\W+){{0,2}}$")

    @cached_property
    def joint_pattern(self) -> re.Pattern[str]:
        """Where one order ends and the next begins."""
        return _any_of(self.joints)


def route(text: str, keywords: Keywords, *, has_media: bool) -> Route:
    """Decide what a message asks for. Media alone fill the tray; media with words are an upload, then the words."""
    words = text.strip()
    intents = tuple(_intents(normalise(words), keywords)) if words else ()
    if has_media:
        intents = (Intent.UPLOAD, *(intent for intent in intents if intent is not Intent.UPLOAD))
    highlight = Intent.EDIT in intents and bool(keywords.highlight_pattern.search(normalise(words)))
    return Route(intents=intents, text=words, highlight=highlight)


def normalise(text: str) -> str:
    """Full width to half width, case folded, curly quotes straight, white space single."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(folded.split())


def _intents(text: str, keywords: Keywords) -> Iterator[Intent]:
    orders = [part for part in keywords.joint_pattern.split(text) if part and part.strip(" ,.;!?，。；！？、")]
    found = [_intent(order, keywords) for order in orders] or [Intent.EDIT]
    if len(found) > 1 and Intent.EDIT in found:  # "music and titles, then export": one edit, then the rest
        yield Intent.EDIT
        yield from dict.fromkeys(intent for intent in found if intent is not Intent.EDIT)
    else:
        yield from dict.fromkeys(found)


def _intent(order: str, keywords: Keywords) -> Intent:
    for intent, pattern in keywords.patterns:
        hit = pattern.search(order)
        if hit and not keywords.negation_pattern.search(order[: hit.start()]):
            return intent
    return Intent.EDIT


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_bounded(normalise(word)) for word in sorted(words, key=len, reverse=True)) or "(?!)")


def _bounded(word: str) -> str:
    """A word of a script with spaces needs its borders, Chinese has none. A leading ^ or trailing $ ties the word."""
    core = re.escape(word.removeprefix("^").removesuffix("$"))
    tied_start, tied_end = word.startswith("^"), word.endswith("$")
    before = r"^\W*" if tied_start else (r"(?<![a-z0-9_])" if _spaced(word[:1]) else "")
    after = r"\W*$" if tied_end else (r"(?![a-z0-9_])" if _spaced(word[-1:]) else "")
    return before + core + after


def _spaced(character: str) -> bool:
    return character.isascii() and character.isalnum()
