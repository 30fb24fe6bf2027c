"""The names of settings: those that exist, and those in the environment that only look as if."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource

from bot.doctor.finding import Finding, note
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PART = "settings"
_PREFIXES = ("HIGHLIGHT_", "TELEGRAM_", "DISCORD_", "NEMO_")
_LIKENESS = 0.8


def setting_names(settings: type[BaseSettings] = Settings) -> Iterator[str]:
    """The environment variable of every field, of groups within groups too."""
    for name, field in settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseSettings):
            yield from setting_names(field.annotation)
        else:
            yield str(field.validation_alias or f"{settings.model_config.get('env_prefix', '')}{name}".upper())


def unknown_names() -> list[str]:
    """Variables with one of our prefixes, in the environment or the `.env` file, that nothing reads."""
    found = {name.upper() for source in (EnvSettingsSource, DotEnvSettingsSource) for name in source(Settings).env_vars}
    known = set(setting_names())
    return sorted(
        name
        for name in found
        if name.startswith(_PREFIXES) and name not in known and not name.startswith("HIGHLIGHT_POLICY__")
    )


def look_at_names(unknown: Collection[str]) -> Iterator[Finding]:
    """A note per unknown name: a misspelt one would otherwise be passed over in silence."""
    known = list(setting_names())
    for name in unknown:
        like = difflib.get_close_matches(name, known, n=1, cutoff=_LIKENESS)
        fix = f"Write {like[0]}." if like else "Remove it; docs/operations.md lists all settings."
        yield note(PART, f"{name} is set, and no such setting exists.", fix=fix)
