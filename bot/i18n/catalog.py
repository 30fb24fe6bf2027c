"""The catalogue: message keys to sentences."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.core.language import DEFAULT
from bot.core.routing.table import keywords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.intents import Keywords


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All languages, read once at start."""

    languages: Mapping[str, Mapping[str, str | Mapping[str, str]]]

    def text(self, language: str, key: str, /, **params: str | float) -> str:
        """The sentence for a key, in the language or else in English. KeyError for a key that no language has.

        A sentence with `one` and `other` forms is chosen by the parameter `count`.
        """
        entry = self.languages.get(language, {}).get(key) or self.languages[DEFAULT][key]
        if not isinstance(entry, str):
            entry = entry.get("one" if params.get("count") == 1 else "other", entry["other"])
        return entry.format_map({name: _shown(value) for name, value in params.items()})


def _shown(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return (f"{value:,.1f}" if abs(value) >= 10_000 else f"{value:.1f}").removesuffix(".0")


VOCABULARIES = frozenset({"keywords.toml", "gui.toml"})
"""What the bot listens for; every other `*.toml` beside this file is a language it speaks."""


def load() -> Catalog:
    """Read every language."""
    folder = files(__package__)
    languages = {
        file.name.removesuffix(".toml"): _flat(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in folder.iterdir()
        if file.name.endswith(".toml") and file.name not in VOCABULARIES
    }
    return Catalog(languages=languages)


def load_keywords() -> Keywords:
    """Read `keywords.toml`: the keyword table as data. Raises TableError when it cannot be understood."""
    return keywords(tomllib.loads(files(__package__).joinpath("keywords.toml").read_text(encoding="utf-8")))


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str | Mapping[str, str]]:
    flat: dict[str, str | Mapping[str, str]] = {}
    for name, value in table.items():
        if isinstance(value, str) or "other" in value:
            flat[prefix + name] = value
        else:
            flat |= _flat(value, f"{prefix}{name}.")
    return flat
