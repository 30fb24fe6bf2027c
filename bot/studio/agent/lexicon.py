"""The tables of lexicon.toml as compiled patterns."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

Table = dict[str, re.Pattern[str]]


def table(name: str) -> Table:
    """The rows of one table by what they mean, in the order in which they are tried."""
    parts = _data()["parts"]
    return {meaning: _compiled(row, parts) for meaning, row in _data()[name].items()}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("bot.studio.agent") / "lexicon.toml").read_text(encoding="utf-8"))


def _compiled(row: dict[str, list[str]], parts: dict[str, str]) -> re.Pattern[str]:
    pieces = [rf"(?<![a-z0-9]){piece}(?![a-z0-9])" for piece in row.get("en", ())] + row.get("zh", [])
    return re.compile("|".join(re.sub(r"<([a-z_]+)>", lambda match: parts[match[1]], piece) for piece in pieces))
