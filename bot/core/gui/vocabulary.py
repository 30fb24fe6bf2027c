"""How an interface is talked about, by language: the tables of `gui.toml`, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.core.gui.shadow import QUOTED, unquoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAME = re.compile(r"<(\w+)>")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]{2,}")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_SIGNS_IN_A_WORD = 2
"""How many signs of Chinese say as much as a word with letters."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_WORDS = 400
"""How many words decide the language of a text."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
    closing: re.Pattern[str]
    optional: re.Pattern[str]
    depicted: re.Pattern[str]
    scene: re.Pattern[str]
    narrator: re.Pattern[str]
    goes_on: re.Pattern[str]
    kept: re.Pattern[str]
    label: re.Pattern[str]
    told: re.Pattern[str]
    purpose: tuple[re.Pattern[str], ...]
    actions: tuple[tuple[str, re.Pattern[str]], ...]
    verb_last: bool
    """Whether what is pressed stands before the pressing."""
    simplified: Mapping[int, str]
    """Signs that are read as others, one by one: the traditional script of Chinese."""


class Vocabulary:
    """All languages, each compiled when a text in it is met first: English takes a fifth of a second."""

    def __init__(self, tables: Mapping[str, Any], *, traditional: Mapping[int, str]) -> None:
        """From the parsed file, and the signs of the traditional script with their simplified ones."""
        self.languages = tuple(tables)
        self._tables = tables
        self._common = {language: frozenset(table.get("common", ())) for language, table in tables.items()}
        """Frequent words that tell a language from others of its script."""
        self._signs = {"zh": traditional}
        self._compiled: dict[str, Grammar] = {}

    def of(self, text: str) -> Callable[[str], Grammar]:
        """What finds the grammar for a sentence of this text: by its script, quotations apart.

        Among Latin scripts the text's frequent words decide, English in doubt; where there are no words at all, what
        most of the text is written in.
        """
        latin = self._latin_of(text)
        mostly = _scripted(text, latin) or latin

        def grammar(sentence: str) -> Grammar:
            return self.grammar(_scripted(sentence, latin) or mostly)

        return grammar

    def grammar(self, language: str) -> Grammar:
        """One language's. Raises KeyError for an unknown <name>, re.error for a pattern that is none."""
        if language not in self._compiled:
            self._compiled[language] = _grammar(self._tables[language], self._signs.get(language, {}))
        return self._compiled[language]

    def _latin_of(self, text: str) -> str:
        words = [match[0].casefold() for match, _ in zip(_WORD.finditer(text), range(_FIRST_WORDS), strict=False)]
        return max(self._common, key=lambda language: sum(word in self._common[language] for word in words))


def _scripted(text: str, latin: str) -> str:
    """The language of a text by the script of most of its words, quotations apart; empty when it has none."""
    words = unquoted(text)
    counts = {
        "ja": len(_KANA.findall(words)),
        "zh": len(_HAN.findall(words)),
        "ru": _SIGNS_IN_A_WORD * len(_CYRILLIC.findall(words)),
        latin: _SIGNS_IN_A_WORD * len(_LATIN.findall(words)),
    }
    if counts["ja"]:
        counts["ja"] += counts.pop("zh")
    most = max(counts, key=counts.__getitem__)
    return most if counts[most] else ""


def _grammar(table: Mapping[str, Any], simplified: Mapping[int, str]) -> Grammar:
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
        closing=any_of("closing"),
        optional=any_of("optional"),
        depicted=any_of("depicted"),
        scene=any_of("scene"),
        narrator=any_of("narrator"),
        goes_on=any_of("goes_on"),
        kept=any_of("kept"),
        label=any_of("label"),
        told=any_of("told"),
        purpose=each_of("purpose"),
        actions=tuple((kind, re.compile(expanded(one), re.IGNORECASE)) for kind, one in table["actions"].items()),
        verb_last=table.get("verb_last", False),
        simplified=simplified,
    )
