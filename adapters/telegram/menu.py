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
from bot.core.shape import SHAPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.telegram.bot import Api
    from bot.engine.ports import Notebook
    from bot.i18n.catalog import Catalog

PREFIX = "set:"
ANY_SHAPE = "any"
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


def settings_keyboard(
    choices: Choices, names: Mapping[Activation | Projects, str], *, shape: str, any_shape: str, topic: str
) -> InlineKeyboardMarkup:
    """One row per choice; what holds now is ticked. The last one, the shape of films, may differ by `topic`."""

    def button(value: str, label: str, *, holds: bool) -> InlineKeyboardButton:
        data = f"{PREFIX}{value}/{topic}" if topic else f"{PREFIX}{value}"
        return InlineKeyboardButton(f"{'✓ ' if holds else ''}{label}", callback_data=data)

    rows = [
        [button(value, names[value], holds=value is now) for value in kind]
        for kind, now in ((Activation, choices.activation), (Projects, choices.projects))
    ]
    shapes = {ANY_SHAPE: any_shape} | {name: name for name in SHAPES}
    rows.append([button(value, label, holds=value == (shape or ANY_SHAPE)) for value, label in shapes.items()])
    return InlineKeyboardMarkup(rows)


def chosen(choices: Choices, value: str) -> Choices | None:
    """The choices after a button was pressed; None for a button that nobody made."""
    if value in set(Activation):
        return replace(choices, activation=Activation(value))
    return replace(choices, projects=Projects(value)) if value in set(Projects) else None


def value_of(data: str) -> tuple[str, str]:
    """What a button of the settings stands for, and the topic in which they were asked for."""
    value, _, topic = data.removeprefix(PREFIX).partition("/")
    return value, topic if topic.isdecimal() else ""
