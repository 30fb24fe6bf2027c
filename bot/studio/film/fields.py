"""Checked reading of decoded JSON: each value with its type and bounds, or `FilmError("draft", where=...)`.

`at` is the path of the table that a value is in, or of the value itself where no key is given.
"""

from __future__ import annotations

from bot.studio.film.errors import FilmError

Table = dict[str, object]

_LONGEST_NAME, _LONGEST_WORDS = 200, 400
_KEPT = "\n\u200d"  # lines, and what joins several emoji to one


def table(value: object, at: str) -> Table:
    """A JSON object."""
    if not isinstance(value, dict):
        raise FilmError("draft", where=at)
    return value


def items(value: object, at: str, longest: int) -> list[object]:
    """A JSON array of at most so many items."""
    if not isinstance(value, list) or len(value) > longest:
        raise FilmError("draft", where=at)
    return value


def whole(holder: Table, key: str, at: str, least: int, most: int, default: int | None = None) -> int:
    """A whole number within both bounds; `None` as default makes the key required."""
    value = holder.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise FilmError("draft", where=f"{at}.{key}")
    return value


def number(holder: Table, key: str, at: str, least: float, most: float, default: float = 1.0) -> float:
    """Any number within both bounds."""
    value = holder.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise FilmError("draft", where=f"{at}.{key}")
    return float(value)


def numbers(holder: Table, key: str, at: str, least: tuple[int, ...], most: tuple[int, ...]) -> tuple[int, ...]:
    """As many whole numbers as there are bounds."""
    values = items(holder[key], f"{at}.{key}", len(most))
    if len(values) != len(most):
        raise FilmError("draft", where=f"{at}.{key}")
    found = []
    for value, low, high in zip(values, least, most, strict=True):
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise FilmError("draft", where=f"{at}.{key}")
        found.append(value)
    return tuple(found)


def choice(holder: Table, key: str, at: str, allowed: tuple[str, ...], default: str) -> str:
    """One of the allowed words."""
    value = holder.get(key, default)
    if not isinstance(value, str) or value not in allowed:
        raise FilmError("draft", where=f"{at}.{key}")
    return value


def name(holder: Table, key: str, at: str) -> str:
    """The id of something."""
    value = holder.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_NAME:
        raise FilmError("draft", where=f"{at}.{key}")
    return value


def words(holder: Table, key: str, at: str, default: str | None = None) -> str:
    """What is to be drawn or written as metadata, cut where it is too long for either."""
    value = holder.get(key, default)
    if not isinstance(value, str):
        raise FilmError("draft", where=f"{at}.{key}")
    # Lone surrogates cannot be drawn or written as metadata; control characters mean nothing on a screen.
    told = (c for c in value if not 0xD800 <= ord(c) <= 0xDFFF)
    clean = "".join(c if c.isprintable() or c in _KEPT else " " for c in told)
    return clean[:_LONGEST_WORDS].strip()
