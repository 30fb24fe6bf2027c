"""Sentences of the catalogue in the language of a Discord locale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.language import language_of

if TYPE_CHECKING:
    from bot.i18n.catalog import Catalog

LOCALES = {
    "zh-CN": "zh",
    "zh-TW": "zh",
    "es-ES": "es",
    "es-419": "es",
    "de": "de",
    "fr": "fr",
    "pt-BR": "pt",
    "ja": "ja",
    "ru": "ru",
}
"""Discord's locales under which names of commands are kept, with the catalogue's language. English is the default."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the adapter says by itself."""

    catalog: Catalog

    def text(self, locale: str, key: str, /, **params: str | float) -> str:
        """A sentence. `locale` is Discord's or one of the catalogue's languages."""
        language = language_of("", hint=locale, known=self.catalog.languages)
        return self.catalog.text(language, key, **params)

    def order(self, locale: str, key: str, /, **params: str | float) -> str:
        """The same for the editor's agent, in a language that it understands."""
        language = language_of("", hint=locale, known=self.catalog.languages)
        return self.catalog.order(language, key, **params)

    def names(self, key: str) -> tuple[str, dict[str, str]]:
        """The English form of a name, and the others by Discord's locales."""
        others = {
            locale: self.catalog.text(language, key)
            for locale, language in LOCALES.items()
            if language in self.catalog.languages
        }
        return self.catalog.text("en", key), others
