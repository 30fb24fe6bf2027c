"""Sentences of the catalogue in the language of a Discord locale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.language import language_of

if TYPE_CHECKING:
    from bot.i18n.catalog import Catalog

CHINESE = "zh-CN"
"""The locale under which Discord keeps the Chinese names of commands."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the adapter says by itself."""

    catalog: Catalog

    def text(self, locale: str, key: str, /, **params: str | float) -> str:
        """A sentence. `locale` is Discord's or one of the catalogue's languages."""
        language = language_of("", hint=locale, known=self.catalog.languages)
        return self.catalog.text(language, key, **params)

    def both(self, key: str) -> tuple[str, str]:
        """The English and the Chinese form of a name."""
        return self.catalog.text("en", key), self.catalog.text("zh", key)
