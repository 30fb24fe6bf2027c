"""How an interface is talked about: the table that the agent's replies are translated by."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from bot.core.gui import Vocabulary
from bot.i18n.traditional import traditional


@cache
def load_gui() -> Vocabulary:
    """Read `gui.toml`, once; its patterns are compiled as they are needed."""
    table = tomllib.loads(files(__package__).joinpath("gui.toml").read_text(encoding="utf-8"))
    return Vocabulary(table, traditional=traditional())
