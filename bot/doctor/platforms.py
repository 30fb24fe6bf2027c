"""The chat platforms: which are set up, and whether their tokens have the form of one. No token is shown or sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding, fault, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import SecretStr

    from bot.settings import Settings

FORMS = {
    "telegram": (re.compile(r"\d{6,12}:[\w-]{30,}", re.ASCII), "Copy the whole token from BotFather: digits:letters."),
    "discord": (
        re.compile(r"[\w-]{18,30}\.[\w-]{6,7}\.[\w-]{27,}", re.ASCII),
        "Copy the whole token from the developer portal: three parts with dots between.",
    ),
}


def look_at_platforms(settings: Settings) -> Iterator[Finding]:
    """A line per platform that has a token; a note when none has."""
    tokens: dict[str, SecretStr | None] = {
        "telegram": settings.telegram.token,
        "discord": settings.discord.token,
    }
    for name, token in tokens.items():
        form, fix = FORMS[name]
        if token is None:
            continue
        if form.fullmatch(token.get_secret_value()):
            yield Finding(part=name, text="the token has the form of one")
        else:
            yield fault(name, f"{name.upper()}_TOKEN does not have the form of a token.", fix=fix)
    if not any(tokens.values()):
        yield note("platforms", "no chat platform is set up", fix="Set TELEGRAM_TOKEN or DISCORD_TOKEN to serve one.")
