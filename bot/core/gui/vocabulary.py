"""How an interface is talked about, by language: the tables of `gui.toml`, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.core.gui.shadow import QUOTED

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = re.compile(r"<(\w+)>")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_WORDS = 400
"""How many words decide the language of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """One language's patterns; `gui.toml` says what each is for. They match a `Shadow`, never the text itself."""

    joint: re.Pattern[str]
    innocent: re.Pattern[str]
    drop: tuple[tuple[str, re.Pattern[str]], ...]
    manner: re.Pattern[str]
    place: re.Pattern[str]
    command: re.Pattern[str]
    bare: re.Pattern[str]
    support: re.Pattern[str]
    tail: re.Pattern[str]
    weak: re.Pattern[str]
    optional: re.Pattern[str]
    depicted: re.Pattern[str]
    narrator: re.Pattern[str]
    label: re.Pattern[str]
    told: re.Pattern[str]
    purpose: tuple[re.Pattern[str], ...]
    actions: tuple[tuple[str, re.Pattern[str]], ...]
    common: frozenset[str]
    """Frequent words that tell the language from others of its script."""
    verb_last: bool
    """Whether what is pressed stands before the pressing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All languages."""

    languages: Mapping[str, Grammar]

    @classmethod
    def compiled(cls, tables: Mapping[str, Any]) -> Vocabulary:
        """From the parsed file. Raises KeyError for an unknown <name>, re.error for a pattern that is none."""
        return cls(languages={language: _grammar(table) for language, table in tables.items()})

    def of(self, text: str) -> Grammar:
        """The grammar for a text: by its script, among Latin ones by its frequent words, English in doubt."""
        if _KANA.search(text):
            return self.languages["ja"]
        if _HAN.search(text):
            return self.languages["zh"]
        if _CYRILLIC.search(text):
            return self.languages["ru"]
        words = [match[0].casefold() for match, _ in zip(_WORD.finditer(text), range(_FIRST_WORDS), strict=False)]
        return max(self.languages.values(), key=lambda grammar: sum(word in grammar.common for word in words))


def _grammar(table: Mapping[str, Any]) -> Grammar:
    words: Mapping[str, str] = table["words"]

    def expanded(pattern: str) -> str:
        return _NAME.sub(
            lambda name: f"(?:{QUOTED}+)" if name[1] == "quoted" else f"(?:{expanded(words[name[1]])})", pattern
        )

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{expanded(one)})" for one in table.get(name, ())) or "(?!)", re.IGNORECASE)

    def each_of(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(expanded(one), re.IGNORECASE) for one in table.get(name, ()))

    return Grammar(
        joint=any_of("joint"),
        innocent=any_of("innocent"),
        drop=tuple((rule["as"], re.compile(expanded(rule["when"]), re.IGNORECASE)) for rule in table["drop"]),
        manner=any_of("manner"),
        place=any_of("place"),
        command=any_of("command"),
        bare=any_of("bare"),
        support=any_of("support"),
        tail=any_of("tail"),
        weak=any_of("weak"),
        optional=any_of("optional"),
        depicted=any_of("depicted"),
        narrator=any_of("narrator"),
        label=any_of("label"),
        told=any_of("told"),
        purpose=each_of("purpose"),
        actions=tuple((kind, re.compile(expanded(one), re.IGNORECASE)) for kind, one in table["actions"].items()),
        common=frozenset(table.get("common", ())),
        verb_last=table.get("verb_last", False),
    )
