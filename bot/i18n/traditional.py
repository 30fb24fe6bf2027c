"""The traditional Chinese script read as the simplified one, sign by sign."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def traditional() -> dict[int, str]:
    """Each traditional sign that the tables' words are written with, and its simplified one, for `str.translate`."""
    table = tomllib.loads(files(__package__).joinpath("traditional.toml").read_text(encoding="utf-8"))
    return {ord(pair[0]): pair[1] for pair in table["signs"].split()}
