"""Which earlier version of a film is wanted: behind `/last`, or in plain words such as "use v1" and "用第一版"."""

from __future__ import annotations

import re

_ORDINALS = {word: place for place, word in enumerate(["first", "second", "third", "fourth", "fifth", "sixth"], 1)}
_HAN = "一二三四五六七八九"
_NAME = rf"(?:v|version|版本|第)?\s*(?:(\d{{1,3}})|([{_HAN}]))\s*(?:个|個)?(?:版本?)?"
_BEHIND_LAST = re.compile(rf"\s*{_NAME}\s*", re.IGNORECASE)
_ASK = (
    r"(?:use|take|keep|restore|go back to|back to|return to|revert to|switch to|bring back|send(?: me)?|show(?: me)?|"
    r"give (?:me|us)|(?:i|we) (?:want|prefer|like))"
)
_SPOKEN = re.compile(
    rf"(?:please |let's |can we |can you )?{_ASK} (?:the )?(?:v\.? ?|version )(\d{{1,3}})"
    r"(?: (?:again|back|instead|better|please))*",
)
_SPOKEN_ORDINAL = re.compile(
    rf"(?:please |let's |can we |can you )?{_ASK} (?:the )?({'|'.join(_ORDINALS)}) (?:version|cut|film)"
    r"(?: (?:again|back|instead|better|please))*",
)
_CHINESE = re.compile(
    r"(?:请|請|还是|還是|我们|我們|就|再)*"
    r"(?:用回?|使用|采用|採用|换回|換回|改回|恢复到?|恢復到?|回到|退回到?|选|選|要|发|發|发送|發送|给我|給我)"
    rf"(?:第|v|版本)(?:(\d{{1,3}})|([{_HAN}]))(?:个|個)?(?:版本?)?(?:吧|了|给我|給我)*"
)
_EDGES = " .!。！?？"


def version_in(words: str) -> int:
    """Which version the words behind `/last` name, from 1; 0 for none."""
    return _number(_BEHIND_LAST.fullmatch(words))


def version_wanted(words: str) -> int:
    """Which version a sentence asks to have back, from 1; 0 when it asks for anything else besides, or for none."""
    said = " ".join(words.lower().replace("’", "'").split()).strip(_EDGES)
    if match := _SPOKEN_ORDINAL.fullmatch(said):
        return _ORDINALS[match[1]]
    return _number(_SPOKEN.fullmatch(said)) or _number(_CHINESE.fullmatch(said.replace(" ", "")))


def _number(match: re.Match[str] | None) -> int:
    if match is None:
        return 0
    digits, *han = match.groups()
    return int(digits) if digits else _HAN.index(han[0]) + 1
