"""How an interface is talked about: the table that the agent's replies are translated by."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from bot.core.gui import Vocabulary


def load_gui() -> Vocabulary:
    """Read `gui.toml` and compile it: some 20 ms, so once at start."""
    return Vocabulary.compiled(tomllib.loads(files(__package__).joinpath("gui.toml").read_text(encoding="utf-8")))
