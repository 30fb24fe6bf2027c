"""Addresses in a message, and addresses for one."""

from __future__ import annotations

import re

LINKS_MOST = 10
LINK_LENGTH = 500

_LINK = re.compile(r"https?://[^\s<>\"'，。、；）】》]+", re.IGNORECASE)

_OPEN = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[\w.~%+@=-]+)+", re.ASCII | re.IGNORECASE
)
"""A name and a path; no user, port, query or fragment: signatures and tokens live there."""
_CLOSED = ("/api/", "nmv_", "token")
"""An address with these is for programs that log in."""


def links_in(text: str) -> tuple[str, ...]:
    """The http(s) addresses in a text, in order, each once, without the punctuation of the sentence around them."""
    found = (match.rstrip(".,;:!?)]}") for match in _LINK.findall(text))
    return tuple(dict.fromkeys(link for link in found if len(link) > len("https://")))[:LINKS_MOST]


def shareable(url: str) -> bool:
    """Whether a service's address of a film may be shown to people: public, encrypted, and without any secret in it."""
    return (
        len(url) <= LINK_LENGTH
        and _OPEN.fullmatch(url) is not None
        and not any(part in url.lower() for part in _CLOSED)
    )
