"""File names from outside: made safe, and told apart."""

from __future__ import annotations

import re

LENGTH = 80
_UNSAFE = re.compile(r"[^\w.()+ -]", re.UNICODE)


def safe_name(name: str, *, fallback: str = "file") -> str:
    """One path component without controls, separators or leading dots; at most 80 characters, extension kept."""
    base = re.split(r"[\\/]", name)[-1]
    clean = " ".join(_UNSAFE.sub("_", base).split()).strip(". ")
    if not clean.strip("_"):
        return fallback
    stem, dot, extension = clean.rpartition(".")
    if not dot or len(extension) > 8:
        return clean[:LENGTH]
    return f"{stem[: LENGTH - len(extension) - 1]}.{extension}"


def unique_names(names: list[str]) -> list[str]:
    """Safe names, told apart by their stems: `a.jpg`, `a-2.jpg`. The same list always gives the same names."""
    seen: set[str] = set()
    result = []
    for name in names:
        clean = safe_name(name)
        stem, dot, extension = clean.rpartition(".")
        stem = stem if dot else clean
        candidate, number = stem, 1
        while candidate.casefold() in seen:
            number += 1
            candidate = f"{stem}-{number}"
        seen.add(candidate.casefold())
        result.append(f"{candidate}.{extension}" if dot else candidate)
    return result
