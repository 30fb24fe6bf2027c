"""Words that ring nobody: Telegram makes a mention of every @name in a text, whoever wrote it.

A mark that nobody sees behind the @ keeps the name readable and the person undisturbed. Entities cannot do that: the
server looks for mentions beside those that it is given. Pure.
"""

from __future__ import annotations

import re

JOINER = "\u200d"
"""No part of a name, kept by Telegram, and never the place where a text is cut."""
_ADDRESS = r"https?://[a-z0-9.-]+\.[a-z0-9-]+(?::\d+)?/[\w./~:?#&+,;=%@-]*"
_MENTION = r"(?<![A-Za-z0-9_])@(?P<name>[A-Za-z0-9_]+)"
_FOUND = re.compile(f"{_ADDRESS}|{_MENTION}", re.ASCII | re.IGNORECASE)


def quiet(text: str, *, but: str = "") -> str:
    """The text without mentions of anybody `but` one, by user name. Addresses stay whole; they mention nobody."""

    def marked(found: re.Match[str]) -> str:
        name: str | None = found["name"]
        rings = name is not None and name.lower() != but.lower()
        return f"@{JOINER}{name}" if rings else found[0]

    return _FOUND.sub(marked, text)
