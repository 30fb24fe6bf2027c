"""Addresses in a message."""

from __future__ import annotations

import re

LINKS_MOST = 10

_LINK = re.compile(r"https?://[^\s<>\"'，。、；）】》]+", re.IGNORECASE)


def links_in(text: str) -> tuple[str, ...]:
    """The http(s) addresses in a text, in order, each once, without the punctuation of the sentence around them."""
    found = (match.rstrip(".,;:!?)]}") for match in _LINK.findall(text))
    return tuple(dict.fromkeys(link for link in found if len(link) > len("https://")))[:LINKS_MOST]
