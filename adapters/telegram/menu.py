"""The command menu in every language, and the keyboard of a group's choices."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from adapters.telegram.choices import Activation, Choices, Projects
from adapters.telegram.translate import OWN
from bot.core.commands import COMMANDS
from bot.core.language import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.telegram.bot import Api
    from bot.engine.ports import Notebook
    from bot.i18n.catalog import Catalog

PREFIX = "set:"
NOTE = "menu"

DESCRIPTIONS = {
    "highlight": "command.highlight",
    "export": "command.export",
    "status": "command.status",
    "event": "command.event",
    "who": "command.who",
    "remove": "command.remove",
    "optout": "command.optout",
    "optin": "command.optin",
    "join": "command.join",
    "link": "command.link",
    "last": "command.last",
    "original": "command.original",
    "retry": "command.retry",
    "stop": "command.stop",
    "new": "command.new",
    "credits": "command.credits",
    "settings": "command.settings",
    "forget": "command.forget",
    "doctor": "command.doctor",
    "help": "command.help",
    "start": "command.start",
}
"""In the order in which clients show them: what is wanted most first."""


async def publish(bot: Api, catalog: Catalog, notebook: Notebook) -> None:
    """Tell Telegram the commands, when they are others than last time. Raises telegram.error.TelegramError."""
    menus = {language: _menu(catalog, language) for language in sorted(catalog.languages)}
    print_of = hashlib.sha256(json.dumps(menus).encode()).hexdigest()
    note = f"{NOTE}/{bot.id}"
    if await notebook.read(note) == print_of:
        return
    for language, menu in menus.items():
        commands = [BotCommand(name, text) for name, text in menu]
        if language == DEFAULT:
            await bot.set_my_commands(commands)
        else:
            await bot.set_my_commands(commands, language_code=language)
    await notebook.write(note, print_of)


def _menu(catalog: Catalog, language: str) -> list[tuple[str, str]]:
    known = COMMANDS.keys() | OWN
    return [(name, catalog.text(language, key)) for name, key in DESCRIPTIONS.items() if name in known]


def settings_keyboard(choices: Choices, names: Mapping[Activation | Projects, str]) -> InlineKeyboardMarkup:
    """One row per choice; what holds now is ticked."""
    rows = [
        [
            InlineKeyboardButton(f"{'✓ ' if value is now else ''}{names[value]}", callback_data=f"{PREFIX}{value}")
            for value in kind
        ]
        for kind, now in ((Activation, choices.activation), (Projects, choices.projects))
    ]
    return InlineKeyboardMarkup(rows)


def chosen(choices: Choices, data: str) -> Choices | None:
    """The choices after a button was pressed; None for a button that nobody made."""
    value = data.removeprefix(PREFIX)
    if value in set(Activation):
        return replace(choices, activation=Activation(value))
    return replace(choices, projects=Projects(value)) if value in set(Projects) else None
