"""The catalogue: message keys to sentences."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.core.language import DEFAULT
from bot.core.routing.table import keywords
from bot.i18n.likeness import load_likeness
from bot.i18n.plurals import OTHER, category, rule
from bot.i18n.traditional import traditional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.intents import Keywords
    from bot.i18n.plurals import Rule

UNDERSTOOD = ("en", "zh")
"""What the editor's agent understands for sure."""
OFFERED = (
    "button.export_prompt",
    "edit.default_prompt",
    "prompts.highlight",
    "prompts.file",
    "steps.shorter",
    "steps.music",
    "steps.vertical",
)
"""What buttons say for people: the label in their language, the words in one that the agent understands."""
CHOSEN = ("discord.with_length", "discord.with_aspect", "discord.with_music", "discord.without_music")
"""What the options of a command add to people's words, in the same way."""

_PARAMETER = re.compile(r"\{\w+\}")

GROUPED_FROM = 10_000
"""Smaller numbers stay together: years, pixels, four-digit balances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a language writes numbers and which forms of a sentence it has: the section `language` of its file."""

    name: str
    """What the language calls itself."""
    decimal: str
    group: str
    plurals: Mapping[str, Rule]

    def shown(self, value: str | float) -> str:
        """A parameter in the text: words as they are, numbers with at most one decimal."""
        if isinstance(value, str):
            return value
        digits = (f"{value:,.1f}" if abs(value) >= GROUPED_FROM else f"{value:.1f}").removesuffix(".0")
        return digits.translate({ord(","): self.group, ord("."): self.decimal})


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All languages, read once at start."""

    languages: Mapping[str, Mapping[str, str | Mapping[str, str]]]
    manners: Mapping[str, Manner]
    """Of the same languages."""

    def text(self, language: str, key: str, /, **params: str | float) -> str:
        """The sentence for a key, in the language or else in English. KeyError for a key that no language has.

        A sentence with plural forms is chosen by the number in the parameter that its `by` names, else in `count`.
        """
        spoken = language if key in self.languages.get(language, {}) else DEFAULT
        entry, manner = self.languages[spoken][key], self.manners[spoken]
        if not isinstance(entry, str):
            number = params.get(entry.get("by", "count"))
            form = category(manner.plurals, number) if isinstance(number, int | float) else OTHER
            entry = entry.get(form, entry[OTHER])
        return entry.format_map({name: manner.shown(value) for name, value in params.items()})

    def order(self, language: str, key: str, /, **params: str | float) -> str:
        """The same for the editor's agent: in the language if it understands that one, else in English."""
        return self.text(language if language in UNDERSTOOD else DEFAULT, key, **params)

    def said_for_people(self) -> re.Pattern[str]:
        """Finds what buttons and options said: it shows nothing of the language of whoever presses and chooses them."""
        keys = [(language, key) for language in UNDERSTOOD for key in (*OFFERED, *CHOSEN)]
        sentences = (self.languages[language][key] for language, key in keys)
        said = "|".join(_any_value(sentence) for sentence in sentences if isinstance(sentence, str))
        return re.compile(rf"(?:^|, )(?:{said})(?=, |$)")


VOCABULARIES = frozenset({"keywords.toml", "gui.toml", "traditional.toml"})
"""What the bot listens for; every other `*.toml` beside this file is a language it speaks."""


@cache
def load() -> Catalog:
    """Read every language, once."""
    tables = {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in files(__package__).iterdir()
        if file.name.endswith(".toml") and file.name not in VOCABULARIES
    }
    manners = {language: _manner(table.pop("language")) for language, table in tables.items()}
    return Catalog(languages={language: _flat(table) for language, table in tables.items()}, manners=manners)


@cache
def load_keywords() -> Keywords:
    """Read `keywords.toml`, once: the keyword table as data. Raises TableError when it cannot be understood."""
    table = tomllib.loads(files(__package__).joinpath("keywords.toml").read_text(encoding="utf-8"))
    return keywords(table, traditional=traditional(), likeness=lambda masked: load_likeness().of(masked))


def _any_value(sentence: str) -> str:
    return r"[^\s,]{1,20}".join(map(re.escape, _PARAMETER.split(sentence)))


def _manner(table: Mapping[str, Any]) -> Manner:
    plurals = {form: rule(text) for form, text in table.get("plurals", {}).items()}
    return Manner(name=table["name"], decimal=table["decimal"], group=table["group"], plurals=plurals)


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str | Mapping[str, str]]:
    flat: dict[str, str | Mapping[str, str]] = {}
    for name, value in table.items():
        if isinstance(value, str) or OTHER in value:
            flat[prefix + name] = value
        else:
            flat |= _flat(value, f"{prefix}{name}.")
    return flat
